import { loadBenchmark } from '../../benchmarks/registry.ts'
import { HeedError } from '../../core/errors.ts'
import type { Protocol } from '../../core/verdict.ts'
import type { SignificanceMark } from '../../stats/compare-family.ts'
import { type Checkpoint, type ReadRun, scoresOf } from '../compare/checkpoint.ts'
import { obstacles } from '../compare/comparable.ts'
import {
  type CheckpointComparison,
  type CompareSettings,
  compareCheckpoints,
  ResultShelf,
} from '../compare/compare-checkpoints.ts'
import { hasDecision } from '../describe-scorers.ts'

/** One run compared with the baseline on the benchmarks on which they compare. */
export interface RunComparison {
  readonly read: ReadRun
  readonly comparison: CheckpointComparison
}

/** Every run of a report against one of them. */
export interface BaselineComparisons {
  readonly baseline: ReadRun
  readonly comparisons: readonly RunComparison[]
  /** What was not tested and why, one line each. */
  readonly refusals: readonly string[]
}

/**
 * Compares every run with the baseline. What does not compare (another judge, other data, data that is not installed) is
 * left out and said: a page comes out of any set of runs.
 */
export async function compareToBaseline(
  runs: readonly ReadRun[],
  baseline: ReadRun,
  settings: Omit<CompareSettings, 'benchmarks'>,
): Promise<BaselineComparisons> {
  const shelf = new ResultShelf({ ...settings, benchmarks: null })
  const names = new Set<string>()
  const base = checkpointOf(baseline, names)
  const comparisons: RunComparison[] = []
  const refusals: string[] = []
  for (const read of runs) {
    if (read.run.scoringFolder === baseline.run.scoringFolder) continue
    const { benchmarks, reasons } = await comparable(read, baseline, settings.protocol)
    refusals.push(...reasons)
    if (benchmarks.length === 0) continue
    try {
      const comparison = await compareCheckpoints(checkpointOf(read, names), base, { ...settings, benchmarks }, shelf)
      comparisons.push({ read, comparison })
    } catch (error) {
      if (!HeedError.is(error)) throw error
      refusals.push(`not compared: ${read.run.name}: ${error.message}`)
    }
  }
  return { baseline, comparisons, refusals }
}

/** Mark of a run's headline on one benchmark; empty where it was not tested. */
export function markOf(
  { comparisons }: BaselineComparisons,
  scoringFolder: string,
  benchmark: string,
): SignificanceMark {
  const own = comparisons.find(({ read }) => read.run.scoringFolder === scoringFolder)
  return own?.comparison.benchmarks.find((pair) => pair.benchmark.id === benchmark)?.mark ?? ''
}

/** Checkpoints of one name must not share results: later ones get a number. */
function checkpointOf(read: ReadRun, taken: Set<string>): Checkpoint {
  let name = read.run.name
  for (let number = 2; taken.has(name); number++) name = `${read.run.name} (${number})`
  taken.add(name)
  return { name, runs: [read] }
}

async function comparable(
  read: ReadRun,
  baseline: ReadRun,
  protocol: Protocol,
): Promise<{ benchmarks: string[]; reasons: string[] }> {
  const benchmarks: string[] = []
  const reasons: string[] = []
  for (const { benchmark: id } of read.run.scores.benchmarks) {
    const scores = scoresOf(baseline, id)
    if (!scores) continue
    const found = obstacles(await loadBenchmark(id), read, baseline, protocol).map(({ field }) => field)
    if (!hasDecision(scores, protocol) || !hasDecision(scoresOf(read, id)!, protocol)) found.push('verdicts')
    if (found.length === 0) benchmarks.push(id)
    else reasons.push(`not compared: ${read.run.name} on ${id} (different or missing: ${found.join(', ')})`)
  }
  return { benchmarks, reasons }
}
