import { canonicalJson } from '../../core/hash.ts'
import type { ScoredRun } from './table-model.ts'

/**
 * Runs that are one row: the same checkpoint with other benchmarks (another judge needs another run), or with other
 * seeds. Decoding seeds (`--seed`) and training seeds (`--tag seed=`) are never pooled; runs that differ in anything else
 * stay rows of their own.
 */
export function combineRuns<Run extends ScoredRun>(runs: readonly Run[]): readonly (readonly Run[])[] {
  const rows: Run[][] = []
  for (const run of runs) {
    const row = rows.find((members) => members.every((member) => belongsTo(member, run)))
    if (row) row.push(run)
    else rows.push([run])
  }
  return rows
}

function belongsTo(member: ScoredRun, run: ScoredRun): boolean {
  if (checkpointKey(member) !== checkpointKey(run)) return false
  const [decodingA, trainingA] = seedsOf(member)
  const [decodingB, trainingB] = seedsOf(run)
  const isSameModel = member.manifest.identity.model === run.manifest.identity.model
  if (decodingA === decodingB && trainingA === trainingB) return isSameModel && sharesNoBenchmark(member, run)
  if (decodingA !== decodingB && trainingA !== trainingB) return false
  return decodingA === decodingB || isSameModel
}

function checkpointKey({ name, manifest: { identity, tags } }: ScoredRun): string {
  const { seed: _decoding, ...sampling } = identity.sampling
  const { seed: _training, ...others } = tags
  return canonicalJson([name, sampling, others, identity.systemPrompt, identity.samples])
}

function seedsOf({ manifest: { identity, tags } }: ScoredRun): readonly [number | undefined, string | undefined] {
  return [identity.sampling.seed, tags.seed]
}

function sharesNoBenchmark(one: ScoredRun, other: ScoredRun): boolean {
  const ids = new Set(one.scores.benchmarks.map(({ benchmark }) => benchmark))
  return other.scores.benchmarks.every(({ benchmark }) => !ids.has(benchmark))
}
