import { loadBenchmark } from '../../benchmarks/registry.ts'
import type { FinishedRun } from '../../runners/read-run.ts'
import { adjustFamily, type SignificanceMark } from '../../stats/compare-family.ts'
import { type Checkpoint, type ReadRun, scoresOf } from '../compare/checkpoint.ts'
import { obstacles } from '../compare/comparable.ts'
import { type CompareSettings, comparePair, ResultShelf } from '../compare/compare-checkpoints.ts'
import { hasDecision } from '../describe-scorers.ts'
import type { BaselineTests } from './baseline.ts'
import { combineRuns } from './combine-runs.ts'

/**
 * Tests every row of runs against the baseline's row, benchmark by benchmark, Holm-adjusted over the benchmarks of each
 * pair. Seeds are averaged first. What does not compare is not tested, and said.
 * @param isCombined false where every seed has a row of its own; then the baseline is its one run
 */
export async function testAgainstBaseline(
  reads: readonly ReadRun[],
  baseline: ReadRun,
  settings: Omit<CompareSettings, 'benchmarks'>,
  isCombined = true,
): Promise<BaselineTests> {
  const readOf = new Map<FinishedRun, ReadRun>([baseline, ...reads].map((read) => [read.run, read]))
  const runs = reads.map(({ run }) => run)
  const rows = isCombined ? combineRuns(runs) : runs.map((run) => [run])
  const base = rows.find((row) => row.includes(baseline.run)) ?? [baseline.run]
  const marks = new Map<FinishedRun, Map<string, SignificanceMark>>()
  const refusals = new Set<string>()
  const families = new Set<number>()
  const shelf = new ResultShelf({ ...settings, benchmarks: null })
  for (const [index, row] of rows.entries()) {
    if (row === base) continue
    const pairs = []
    for (const id of benchmarksOf(row, base)) {
      const benchmark = await loadBenchmark(id)
      const a = partOf(row, id, `row ${index}`, readOf)
      const b = partOf(base, id, 'baseline', readOf)
      const reason = await refusalOf(a, b, id, settings.protocol)
      if (reason === null) pairs.push(await comparePair(a, b, benchmark, { ...settings, benchmarks: null }, shelf))
      else refusals.add(`not tested against ${baseline.run.name}: ${row[0]!.name} on ${id} (${reason})`)
    }
    const family = adjustFamily(pairs)
    const found = new Map(pairs.map(({ benchmark }, at) => [benchmark.id, family[at]!.mark]))
    if (pairs.length > 0) families.add(family.filter(({ adjustedP }) => adjustedP !== null).length)
    for (const run of row) marks.set(run, found)
  }
  const sizes = [...families].sort((one, other) => one - other).join(' or ')
  return {
    note:
      `tests against ${baseline.run.name}: paired on the same items (exact McNemar or Wilcoxon where few differ, else paired cluster bootstrap with ${settings.replicates} resamples, seed ${settings.bootstrapSeed}), ` +
      `Holm over the ${sizes || 'tested'} benchmark${sizes === '1' ? '' : 's'} of a pair: * p < 0.05, ** p < 0.01, *** p < 0.001, † p < 0.05 only before the adjustment`,
    refusals: [...refusals],
    markOf: (run, benchmark) => marks.get(run as FinishedRun)?.get(benchmark) ?? '',
  }
}

function benchmarksOf(row: readonly FinishedRun[], base: readonly FinishedRun[]): readonly string[] {
  const ids = (runs: readonly FinishedRun[]) =>
    runs.flatMap(({ scores }) => scores.benchmarks.map(({ benchmark }) => benchmark))
  const known = new Set(ids(base))
  return [...new Set(ids(row))].filter((id) => known.has(id))
}

/** The runs of a row that have a benchmark, as one checkpoint: its seeds. */
function partOf(
  row: readonly FinishedRun[],
  id: string,
  name: string,
  readOf: ReadonlyMap<FinishedRun, ReadRun>,
): Checkpoint {
  const runs = row.filter(({ scores }) => scores.benchmarks.some(({ benchmark }) => benchmark === id))
  return { name, runs: runs.map((run) => readOf.get(run)!) }
}

async function refusalOf(
  a: Checkpoint,
  b: Checkpoint,
  id: string,
  protocol: CompareSettings['protocol'],
): Promise<string | null> {
  const benchmark = await loadBenchmark(id)
  const [first, ...others] = [...a.runs, ...b.runs]
  const fields = new Set(
    others.flatMap((other) => obstacles(benchmark, first!, other, protocol).map(({ field }) => field)),
  )
  if (fields.size > 0) return `${[...fields].join(', ')} differ`
  const isJudged = [first!, ...others].every((read) => hasDecision(scoresOf(read, id)!, protocol))
  return isJudged ? null : 'not judged'
}
