import type { Benchmark } from '../../benchmarks/benchmark.ts'
import { benchmarkIds, loadBenchmark } from '../../benchmarks/registry.ts'
import { UsageError } from '../../core/errors.ts'
import type { Protocol } from '../../core/verdict.ts'
import { readCallFacts } from '../../runners/read-call-facts.ts'
import type { FinishedRun } from '../../runners/read-run.ts'
import type { ReadRun } from '../compare/checkpoint.ts'
import { type FlipReport, readFlips } from '../compare/read-flips.ts'
import { buildLedger, type Ledger } from '../ledger/build-ledger.ts'
import type { PublishedRow } from '../published/published-rows.ts'
import { buildTable } from '../table/build-table.ts'
import type { TableModel } from '../table/table-model.ts'
import { type BenchmarkBreakdowns, breakdownsOf } from './breakdown-shape.ts'
import { type BaselineComparisons, compareToBaseline, markOf, type RunComparison } from './compare-to-baseline.ts'
import { type Agreement, gatherAgreement } from './gather-agreement.ts'
import { type CallSummary, summariseCalls } from './summarise-calls.ts'

export interface ReportSettings {
  readonly protocol: Protocol
  readonly dataDir: string | null
  readonly replicates: number
  readonly bootstrapSeed: number
  /** Items shown per comparison and benchmark, at most. */
  readonly flips: number
  readonly published?: readonly PublishedRow[]
  readonly warn: (message: string) => void
}

/** Everything that the page shows. */
export interface ReportData {
  readonly runs: readonly FinishedRun[]
  readonly protocol: Protocol
  readonly headline: TableModel
  /** The same with the secondary columns. */
  readonly wide: TableModel
  /** Null for a single run. */
  readonly baseline: BaselineComparisons | null
  readonly flips: readonly { readonly compared: RunComparison; readonly report: FlipReport }[]
  readonly breakdowns: readonly BenchmarkBreakdowns[]
  readonly agreement: Agreement
  readonly calls: readonly CallSummary[]
  readonly ledger: Ledger
}

/**
 * Reads the runs and computes what the page shows.
 * @param baseline the run that others are compared with; it need not be among the runs
 */
export async function gatherReport(
  runs: readonly FinishedRun[],
  baseline: FinishedRun,
  settings: ReportSettings,
): Promise<ReportData> {
  if (runs.length === 0) throw new UsageError('no-runs', 'Expected at least one run folder')
  const { protocol } = settings
  const reads: ReadRun[] = []
  for (const run of runs) reads.push({ run, facts: await readCallFacts(run) })
  const own = reads.find(({ run }) => run.scoringFolder === baseline.scoringFolder)
  const base = own ?? { run: baseline, facts: await readCallFacts(baseline) }
  const isSingle = runs.length === 1 && own !== undefined
  const comparisons = isSingle ? null : await compareToBaseline(reads, base, settings)
  const benchmarks = await benchmarksOf(runs)
  const table = (wide: boolean) =>
    buildTable(runs, {
      protocol,
      wide,
      benchmarks,
      ...(comparisons ? { baseline: testsOf(comparisons, settings) } : {}),
      ...(settings.published ? { published: settings.published } : {}),
    })
  return {
    runs,
    protocol,
    headline: table(false),
    wide: table(true),
    baseline: comparisons,
    flips: comparisons ? await flipsOf(comparisons, settings.flips) : [],
    breakdowns: benchmarks.map((benchmark) => breakdownsOf(runs, benchmark, protocol)),
    agreement: await gatherAgreement(runs, protocol),
    calls: (await Promise.all(runs.map(summariseCalls))).flat(),
    ledger: await buildLedger(runs, protocol),
  }
}

async function benchmarksOf(runs: readonly FinishedRun[]): Promise<Benchmark[]> {
  const present = new Set(runs.flatMap(({ scores }) => scores.benchmarks.map(({ benchmark }) => benchmark)))
  const known = benchmarkIds().filter((id) => present.has(id))
  const unknown = [...present].filter((id) => !known.includes(id))
  return Promise.all([...known, ...unknown].map(loadBenchmark))
}

function testsOf(comparisons: BaselineComparisons, { replicates, bootstrapSeed }: ReportSettings) {
  return {
    note:
      `tests against ${comparisons.baseline.run.name}: paired on the same items (exact McNemar or Wilcoxon where few differ, else paired cluster bootstrap with ${replicates} resamples, seed ${bootstrapSeed}), ` +
      'Holm over the benchmarks of a pair: * p < 0.05, ** p < 0.01, *** p < 0.001, † p < 0.05 only before the adjustment',
    refusals: comparisons.refusals,
    markOf: (run: object, benchmark: string) => markOf(comparisons, (run as FinishedRun).scoringFolder, benchmark),
  }
}

async function flipsOf({ comparisons }: BaselineComparisons, count: number): Promise<ReportData['flips']> {
  const flips: { compared: RunComparison; report: FlipReport }[] = []
  for (const compared of comparisons) {
    for (const pair of compared.comparison.benchmarks) {
      flips.push({ compared, report: await readFlips(compared.comparison, pair, count) })
    }
  }
  return flips
}
