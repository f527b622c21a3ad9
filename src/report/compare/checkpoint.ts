import type { CallFacts } from '../../runners/read-call-facts.ts'
import type { FinishedRun } from '../../runners/read-run.ts'
import type { BenchmarkScores } from '../../runners/scores.ts'

/** A finished run with what its call log says. */
export interface ReadRun {
  readonly run: FinishedRun
  readonly facts: CallFacts
}

/** One checkpoint of a comparison: one run, or several seeds of it. */
export interface Checkpoint {
  readonly name: string
  readonly runs: readonly ReadRun[]
}

/**
 * Puts runs of one name that differ in their seed (`--seed` or `--tag seed=`) together as one checkpoint, in the order of
 * first occurrence. Other runs of one name stay apart and get numbered names. Decoding and training seeds are never
 * pooled: runs that differ in both stay apart.
 */
export function toCheckpoints(runs: readonly ReadRun[]): readonly Checkpoint[] {
  const groups = new Map<string, ReadRun[]>()
  for (const read of runs) {
    const key = seedlessKey(read)
    const group = groups.get(key)
    if (group && isOtherSeed(group, read)) group.push(read)
    else groups.set(group ? `${key}\u0000${groups.size}` : key, [read])
  }
  // Two seeds of one checkpoint alone are compared with each other: there is nothing else to compare.
  const checkpoints = groups.size === 1 ? runs.map((read) => [read]) : [...groups.values()]
  return withDistinctNames(checkpoints.map((group) => ({ name: group[0]!.run.name, runs: group })))
}

/** The scores of one benchmark; undefined where the run has none. */
export function scoresOf({ run }: ReadRun, benchmark: string): BenchmarkScores | undefined {
  return run.scores.benchmarks.find((scores) => scores.benchmark === benchmark)
}

function seedlessKey({ run }: ReadRun): string {
  const { seed: _decoding, ...sampling } = run.manifest.identity.sampling
  const { seed: _training, ...tags } = run.manifest.tags
  return JSON.stringify([run.name, sampling, Object.entries(tags).sort()])
}

function seedsOf({ run }: ReadRun): { decoding: number | undefined; training: string | undefined } {
  return { decoding: run.manifest.identity.sampling.seed, training: run.manifest.tags.seed }
}

function isOtherSeed(group: readonly ReadRun[], read: ReadRun): boolean {
  const asked = seedsOf(read)
  return group.every((member) => {
    const { decoding, training } = seedsOf(member)
    return (decoding !== asked.decoding) !== (training !== asked.training)
  })
}

function withDistinctNames(checkpoints: readonly Checkpoint[]): readonly Checkpoint[] {
  const counts = new Map<string, number>()
  return checkpoints.map((checkpoint) => {
    const count = (counts.get(checkpoint.name) ?? 0) + 1
    counts.set(checkpoint.name, count)
    return count === 1 ? checkpoint : { ...checkpoint, name: `${checkpoint.name} (${count})` }
  })
}
