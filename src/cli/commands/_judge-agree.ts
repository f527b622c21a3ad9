import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Command, Option } from 'commander'
import { UsageError } from '../../core/errors.ts'
import { type Protocol, protocols } from '../../core/verdict.ts'
import { compareScorings, type ScoringComparison } from '../../report/agreement/compare-scorings.ts'
import { comparisonGrid } from '../../report/agreement/comparison-grid.ts'
import type { CsvValue } from '../../report/grid/csv.ts'
import { type FinishedRun, openFinishedRun } from '../../runners/read-run.ts'
import { runFiles } from '../../runners/run-folder.ts'
import { list } from '../option-parsers.ts'
import { say } from '../output.ts'
import { printAs, type TableFormat, tableFormats } from './_table-format.ts'

interface AgreeOptions {
  readonly by?: string
  readonly bench?: string[]
  readonly protocol: Protocol
  readonly format: TableFormat
  readonly dataDir?: string
  readonly json?: boolean
}

/** `bench judge agree`: two scorings of the same responses against each other. */
export function createAgreeCommand(): Command {
  return new Command('agree')
    .description('Print how far several scorings of the same responses agree')
    .argument('<scorings...>', 'a run folder (then all its scorings), or the run and <run>/scorings/<name>')
    .option('--by <tag>', 'also break down by this tag of the constraints: type, kind, level, category, ...')
    .option('--bench <ids>', 'only these benchmarks, separated by commas', list)
    .addOption(
      new Option('--protocol <protocol>', 'which verdicts to compare').choices([...protocols]).default('official'),
    )
    .addOption(new Option('--format <format>', 'how to print').choices([...tableFormats]).default('terminal'))
    .option(
      '--data-dir <folder>',
      'installed data, for --by and intervals (default: $BENCH_DATA_DIR or a per-user cache)',
    )
    .option('--json', 'short for --format json')
    .addHelpText(
      'after',
      `
Examples:
  bench judge agree results/my-run
  bench judge agree results/my-run results/my-run/scorings/other --bench cfbench --by category`,
    )
    .action(agree)
}

async function agree(paths: readonly string[], options: AgreeOptions): Promise<void> {
  const runs = openScorings(paths).map((run) => onlyBenchmarks(run, options.bench))
  const comparisons = await compareScorings(runs, {
    protocol: options.protocol,
    by: options.by ?? null,
    dataDir: options.dataDir ?? null,
    warn: (message) => say(`note: ${message}`),
  })
  if (comparisons.length === 0) {
    throw new UsageError('nothing-to-compare', 'Expected constraints that two scorers decided, found none', {
      hint: 'These scorings have the same scorers. Judge the run again: bench score <run> --judge <spec>',
    })
  }
  const isSample = runs.some(({ scores }) => scores.benchmarks.some((entry) => entry.isSample))
  const csvRecords = comparisons.map(csvRecord)
  printAs(
    {
      grid: comparisonGrid(comparisons, isSample),
      csvColumns: Object.keys(csvRecords[0]!),
      csvRecords,
      json: comparisons,
    },
    options.json ? 'json' : options.format,
  )
}

/** One run folder stands for itself and all its further scorings. */
function openScorings(paths: readonly string[]): readonly FinishedRun[] {
  const [only, ...others] = paths
  const further = join(only!, runFiles.scorings)
  if (others.length > 0 || !existsSync(further)) return paths.map(openFinishedRun)
  const names = readdirSync(further).sort()
  return [only!, ...names.map((name) => join(further, name))].map(openFinishedRun)
}

function onlyBenchmarks(run: FinishedRun, only: readonly string[] | undefined): FinishedRun {
  if (!only) return run
  const benchmarks = run.scores.benchmarks.filter(({ benchmark }) => only.includes(benchmark))
  const unknown = only.find((id) => !benchmarks.some(({ benchmark }) => benchmark === id))
  if (unknown === undefined) return { ...run, scores: { ...run.scores, benchmarks } }
  throw new UsageError('not-in-runs', `Expected ${unknown} in ${run.scoringFolder}, it is not there`, {
    hint: `There: ${run.scores.benchmarks.map(({ benchmark }) => benchmark).join(', ')}`,
  })
}

function csvRecord(comparison: ScoringComparison): Readonly<Record<string, CsvValue>> {
  const { one, other, benchmark, group, n, unpaired, equal, binary, firstOnly, secondOnly, rates } = comparison
  return {
    one,
    other,
    benchmark,
    tag: group?.tag ?? null,
    value: group?.value ?? null,
    n,
    unpaired,
    equal: equal.value,
    low: equal.low,
    high: equal.high,
    kappa: binary?.kappa ?? null,
    ac1: binary?.ac1 ?? null,
    macroF1: binary?.macroF1 ?? null,
    firstRate: rates?.[0] ?? null,
    secondRate: rates?.[1] ?? null,
    firstOnly,
    secondOnly,
    meanDifference: comparison.meanDifference,
    meanAbsoluteDifference: comparison.meanAbsoluteDifference,
  }
}
