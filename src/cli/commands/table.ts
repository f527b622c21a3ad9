import { Command, Option } from 'commander'
import { benchmarkIds, loadBenchmark } from '../../benchmarks/registry.ts'
import { UsageError } from '../../core/errors.ts'
import { type Protocol, protocols } from '../../core/verdict.ts'
import { loadPublishedRows, type PublishedRow } from '../../report/published/published-rows.ts'
import type { BaselineTests } from '../../report/table/baseline.ts'
import { buildTable } from '../../report/table/build-table.ts'
import { citeCalibration } from '../../report/table/cite-calibration.ts'
import type { BenchmarkHead, ScoredRun } from '../../report/table/table-model.ts'
import { testAgainstBaseline } from '../../report/table/test-baseline.ts'
import { calibrationsOf } from '../../runners/calibration-file.ts'
import { readCallFacts } from '../../runners/read-call-facts.ts'
import { type FinishedRun, openFinishedRun, openFinishedRuns } from '../../runners/read-run.ts'
import { integer, list } from '../option-parsers.ts'
import { passedOver, say } from '../output.ts'
import { printFormatted, type TableFormat, tableFormats } from './_table-format.ts'
import { printGroups } from './_table-groups.ts'
import { printLedger } from './_table-ledger.ts'
import { printPivot } from './_table-pivot.ts'

/** Options of `bench table` as commander gives them. */
export interface TableCommandOptions {
  readonly format: TableFormat
  readonly protocol: Protocol
  readonly wide?: boolean
  /** False with --no-intervals. */
  readonly intervals?: boolean
  readonly eachSeed?: boolean
  readonly baseline?: string
  readonly published?: string[] | true
  readonly by?: string
  readonly bench?: string[]
  readonly ledger?: boolean
  readonly pivot?: string
  readonly replicates: number
  readonly bootstrapSeed: number
  readonly dataDir?: string
  readonly json?: boolean
}

/** `bench table`: runs as rows, figures as columns. */
export function createTableCommand(): Command {
  return new Command('table')
    .description(
      'Print the tables of one or more runs: checkpoints grouped by base model (--tag base=<name>), in-domain and out-of-domain figures',
    )
    .argument('<runs...>', 'run folders, or further scorings of runs (<run>/scorings/<name>)')
    .addOption(new Option('--format <format>', 'how to print').choices([...tableFormats]).default('terminal'))
    .addOption(new Option('--protocol <protocol>', 'which scores to print').choices([...protocols]).default('official'))
    .option('--bench <ids>', 'only these benchmarks, separated by commas', list)
    .option('--wide', 'also print the secondary columns')
    .option('--no-intervals', 'leave the 95 % intervals away, for narrow pages')
    .option('--each-seed', 'give every seed a row of its own instead of their mean')
    .option('--baseline <run>', 'test every other run against this one and mark significant differences')
    .option('--published [sources]', 'also print figures that others published (all sources, or the named ones)', list)
    .option('--by <dimension>', 'print the breakdown of one benchmark instead (with --bench)')
    .option('--ledger', 'print what was excluded, truncated, unparsed or failed, with bounds, instead')
    .option('--pivot <tag>', 'ablation table: one row per value of this tag, differences from the first row')
    .option('--replicates <n>', 'bootstrap resamples of the tests', integer(100), 10_000)
    .option('--bootstrap-seed <n>', 'seed of the resampling', integer(0), 0)
    .option('--data-dir <folder>', 'installed data, for tests (default: $BENCH_DATA_DIR or a per-user cache)')
    .option('--json', 'short for --format json')
    .addHelpText(
      'after',
      `
Examples:
  bench table results/*
  bench table results/a results/b --wide --format markdown > table.md
  bench table results/* --format latex --baseline results/base > table.tex
  bench table results/* --bench ifeval --by type
  bench table results/* --ledger
  bench table results/full results/no-* --pivot ablation --baseline results/full`,
    )
    .action(table)
}

/** Options that a special form of the table has no use for. */
const unusedWith = {
  ledger: ['by', 'pivot', 'baseline', 'published', 'wide', 'intervals', 'eachSeed'],
  by: ['pivot', 'baseline', 'published', 'wide', 'intervals', 'eachSeed'],
  pivot: ['published', 'intervals', 'eachSeed'],
} as const

/**
 * An option that would do nothing is a mistake of the user, who would never learn of it.
 * @throws UsageError `unused-option`
 */
function assertUsed(command: Command): void {
  const isGiven = (name: string) => command.getOptionValueSource(name) === 'cli'
  for (const [form, unused] of Object.entries(unusedWith)) {
    const name = unused.find(isGiven)
    if (!isGiven(form) || name === undefined) continue
    const option = command.options.find((each) => each.attributeName() === name)
    throw new UsageError('unused-option', `Expected no ${option?.long} with --${form}, which does not use it`)
  }
}

async function table(folders: string[], options: TableCommandOptions, command: Command): Promise<void> {
  assertUsed(command)
  const opened = openFinishedRuns(folders, passedOver)
  assertPresent(opened, options.bench ?? [])
  const runs = opened.map((run) => onlyBenchmarks(run, options.bench))
  const format = options.json ? 'json' : options.format
  if (options.ledger) return printLedger(runs, options.protocol, format)
  if (options.by !== undefined) return printGroups(runs, options.by, options.protocol, format)
  const baseline = options.baseline === undefined ? undefined : await baselineTests(runs, options.baseline, options)
  if (options.pivot !== undefined) return printPivot(runs, options.pivot, { ...options, format }, baseline)
  await printTable(runs, { ...options, format }, baseline)
}

/** A run whose place is known: what lies beside it can be cited. */
type PlacedRun = ScoredRun & Pick<FinishedRun, 'folder'>

/** Prints one table over the given runs. */
export async function printTable(
  runs: readonly PlacedRun[],
  options: Pick<TableCommandOptions, 'format' | 'protocol' | 'wide' | 'published' | 'intervals' | 'eachSeed'>,
  baseline?: BaselineTests,
): Promise<void> {
  if (runs.length === 0) throw new UsageError('no-runs', 'Expected at least one run folder')
  const published = publishedRows(options.published)
  const model = buildTable(runs, {
    protocol: options.protocol,
    wide: options.wide === true,
    combineSeeds: options.eachSeed !== true,
    benchmarks: await benchmarkHeads(runs),
    judges: calibrationsOf(runs).map(citeCalibration),
    ...(baseline ? { baseline } : {}),
    ...(published ? { published } : {}),
  })
  printFormatted(model, options.format, options.intervals !== false)
}

/** Registry entries of the benchmarks that occur, in table order. */
export async function benchmarkHeads(runs: readonly ScoredRun[]): Promise<readonly BenchmarkHead[]> {
  const present = new Set(runs.flatMap(({ scores }) => scores.benchmarks.map(({ benchmark }) => benchmark)))
  const known = benchmarkIds().filter((id) => present.has(id))
  const unknown = [...present].filter((id) => !known.includes(id))
  return Promise.all([...known, ...unknown].map(loadBenchmark))
}

function assertPresent(runs: readonly FinishedRun[], asked: readonly string[]): void {
  const known = [...new Set(runs.flatMap(({ scores }) => scores.benchmarks.map(({ benchmark }) => benchmark)))]
  const unknown = asked.find((id) => !known.includes(id))
  if (unknown === undefined) return
  throw new UsageError('not-in-runs', `Expected ${unknown} in at least one of the runs, it is in none`, {
    hint: `In the runs: ${known.join(', ')}`,
  })
}

function onlyBenchmarks(run: FinishedRun, only: readonly string[] | undefined): FinishedRun {
  if (!only) return run
  const benchmarks = run.scores.benchmarks.filter(({ benchmark }) => only.includes(benchmark))
  return { ...run, scores: { ...run.scores, benchmarks } }
}

/** Tests every run against the one in a folder. */
export async function baselineTests(
  runs: readonly FinishedRun[],
  path: string,
  {
    protocol,
    replicates,
    bootstrapSeed,
    dataDir,
    bench,
    eachSeed,
  }: Pick<TableCommandOptions, 'protocol' | 'replicates' | 'bootstrapSeed' | 'dataDir' | 'bench' | 'eachSeed'>,
): Promise<BaselineTests> {
  const named = onlyBenchmarks(openFinishedRun(path), bench)
  const own = runs.find(({ scoringFolder }) => scoringFolder === named.scoringFolder)
  const read = async (run: FinishedRun) => ({ run, facts: await readCallFacts(run) })
  const reads = await Promise.all(runs.map(read))
  const baseline = own ? reads[runs.indexOf(own)]! : await read(named)
  const warn = (message: string) => say(`note: ${message}`)
  return testAgainstBaseline(
    reads,
    baseline,
    {
      protocol,
      replicates,
      bootstrapSeed,
      dataDir: dataDir ?? null,
      warn,
    },
    eachSeed !== true,
  )
}

function publishedRows(asked: string[] | true | undefined): readonly PublishedRow[] | undefined {
  if (asked === undefined) return undefined
  const rows = loadPublishedRows()
  if (asked === true || asked.length === 0) return rows
  const known = [...new Set(rows.map(({ source }) => source.id))]
  const unknown = asked.find((id) => !known.includes(id))
  if (unknown !== undefined) {
    throw new UsageError('unknown-source', `Unknown source of published figures \`${unknown}\``, {
      hint: `Known: ${known.join(', ')}`,
    })
  }
  return rows.filter(({ source }) => asked.includes(source.id))
}
