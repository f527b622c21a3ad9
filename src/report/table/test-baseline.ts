import { loadBenchmark } from '../../benchmarks/registry.ts'
import type { FinishedRun } from '../../runners/read-run.ts'
import type { SignificanceMark } from '../../stats/compare-family.ts'
import { type Checkpoint, type ReadRun, scoresOf } from '../compare/checkpoint.ts'
import { obstacles } from '../compare/comparable.ts'
import { type CompareSettings, compareCheckpoints, ResultShelf } from '../compare/compare-checkpoints.ts'
import { hasDecision } from '../describe-scorers.ts'
import type { BaselineTests } from './baseline.ts'

/**
 * Tests every run against the baseline, benchmark by benchmark, Holm-adjusted over the benchmarks of each pair. What does
 * not compare is not tested, and said.
 */
export async function testAgainstBaseline(
  runs: readonly ReadRun[],
  baseline: ReadRun,
  settings: Omit<CompareSettings, 'benchmarks'>,
): Promise<BaselineTests> {
  const marks = new Map<FinishedRun, Map<string, SignificanceMark>>()
  const refusals: string[] = []
  const families: number[] = []
  const base = toCheckpoint(baseline, 'baseline')
  const shelf = new ResultShelf({ ...settings, benchmarks: null })
  for (const [index, read] of runs.entries()) {
    if (read.run === baseline.run) continue
    const { benchmarks, reasons } = await testable(read, baseline, settings.protocol)
    refusals.push(...reasons)
    if (benchmarks.length === 0) continue
    const checkpoint = toCheckpoint(read, `run ${index}`)
    const comparison = await compareCheckpoints(checkpoint, base, { ...settings, benchmarks }, shelf)
    families.push(comparison.benchmarks.filter(({ adjustedP }) => adjustedP !== null).length)
    marks.set(read.run, new Map(comparison.benchmarks.map(({ benchmark, mark }) => [benchmark.id, mark])))
  }
  const sizes = [...new Set(families)].sort((one, other) => one - other).join(' or ')
  return {
    note:
      `tests against ${baseline.run.name}: paired on the same items (exact McNemar or Wilcoxon where few differ, else paired cluster bootstrap with ${settings.replicates} resamples, seed ${settings.bootstrapSeed}), ` +
      `Holm over the ${sizes || 'tested'} benchmark${sizes === '1' ? '' : 's'} of a pair: * p < 0.05, ** p < 0.01, *** p < 0.001, † p < 0.05 only before the adjustment`,
    refusals,
    markOf: (run, benchmark) => marks.get(run as FinishedRun)?.get(benchmark) ?? '',
  }
}

/** Names only have to be distinct here: rows of one name may stand in one table. */
function toCheckpoint(read: ReadRun, name: string): Checkpoint {
  return { name, runs: [read] }
}

async function testable(
  read: ReadRun,
  baseline: ReadRun,
  protocol: CompareSettings['protocol'],
): Promise<{ benchmarks: string[]; reasons: string[] }> {
  const benchmarks: string[] = []
  const reasons: string[] = []
  for (const { benchmark: id } of read.run.scores.benchmarks) {
    const scores = scoresOf(baseline, id)
    if (!scores) continue
    const found = obstacles(await loadBenchmark(id), read, baseline, protocol)
    const isJudged = hasDecision(scores, protocol) && hasDecision(scoresOf(read, id)!, protocol)
    if (found.length === 0 && isJudged) benchmarks.push(id)
    else {
      const why = found.length > 0 ? `${found.map(({ field }) => field).join(', ')} differ` : 'not judged'
      reasons.push(`not tested against ${baseline.run.name}: ${read.run.name} on ${id} (${why})`)
    }
  }
  return { benchmarks, reasons }
}
