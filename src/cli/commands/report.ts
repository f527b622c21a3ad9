import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Command, Option } from 'commander'
import { UsageError } from '../../core/errors.ts'
import { type Protocol, protocols } from '../../core/verdict.ts'
import { gatherReport } from '../../report/html/gather-report.ts'
import { renderReport } from '../../report/html/render-report.ts'
import { loadPublishedRows, type PublishedRow } from '../../report/published/published-rows.ts'
import { type FinishedRun, openFinishedRun, openFinishedRuns } from '../../runners/read-run.ts'
import { versions } from '../../runners/versions.ts'
import { integer, list } from '../option-parsers.ts'
import { passedOver, print, printJson, say } from '../output.ts'

interface ReportCommandOptions {
  readonly out: string
  readonly title: string
  readonly protocol: Protocol
  readonly bench?: string[]
  readonly baseline?: string
  readonly published?: string[] | true
  readonly flips: number
  readonly replicates: number
  readonly bootstrapSeed: number
  readonly dataDir?: string
  readonly json?: boolean
}

/** `bench report`: one self-contained HTML page over some runs. */
export function createReportCommand(): Command {
  return new Command('report')
    .description(
      'Write one self-contained HTML page: tables, differences, breakdowns, agreement, cost, ledger, manifest',
    )
    .argument('<runs...>', 'run folders, or further scorings of runs (<run>/scorings/<name>)')
    .option('--out <file>', 'where to write the page', 'report.html')
    .option('--title <text>', 'heading of the page', 'Instruction following')
    .option('--baseline <run>', 'run that the others are compared with (default: the first)')
    .addOption(new Option('--protocol <protocol>', 'which scores to show').choices([...protocols]).default('official'))
    .option('--bench <id...>', 'only these benchmarks', list)
    .option('--published [source...]', 'also show figures that others published', list)
    .option('--flips <n>', 'items that changed, shown per comparison and benchmark', integer(0), 4)
    .option('--replicates <n>', 'bootstrap resamples of the tests', integer(100), 10_000)
    .option('--bootstrap-seed <n>', 'seed of the resampling', integer(0), 0)
    .option('--data-dir <folder>', 'installed data, for tests (default: $BENCH_DATA_DIR or a per-user cache)')
    .option('--json', 'print what was written as JSON')
    .addHelpText(
      'after',
      `
Examples:
  bench report results/* --out report.html
  bench report results/tuned results/base --baseline results/base

The page needs no network and runs no script. Runs too large for one page: bench view.`,
    )
    .action(report)
}

async function report(folders: string[], options: ReportCommandOptions): Promise<void> {
  const { bench, protocol, replicates, bootstrapSeed, dataDir, flips, title } = options
  const only = (run: FinishedRun) => onlyBenchmarks(run, bench)
  const runs = openFinishedRuns(folders, passedOver).map(only)
  const baseline = options.baseline === undefined ? runs[0]! : only(openFinishedRun(options.baseline))
  const published = publishedRows(options.published)
  const data = await gatherReport(runs, baseline, {
    protocol,
    replicates,
    bootstrapSeed,
    flips,
    dataDir: dataDir ?? null,
    ...(published ? { published } : {}),
    warn: (message) => say(`note: ${message}`),
  })
  const page = renderReport(data, { title, madeAt: new Date().toISOString(), version: versions().heed })
  const file = resolve(options.out)
  write(file, page)
  const bytes = Buffer.byteLength(page)
  const { sample } = data.headline
  if (options.json) printJson({ file, bytes, sample, runs: runs.map(({ name }) => name) })
  else
    print(`${file}: ${Math.ceil(bytes / 1024).toLocaleString('en')} KiB${sample === 'none' ? '' : ', SAMPLE figures'}`)
}

function onlyBenchmarks(run: FinishedRun, only: readonly string[] | undefined): FinishedRun {
  if (!only) return run
  const benchmarks = run.scores.benchmarks.filter(({ benchmark }) => only.includes(benchmark))
  if (benchmarks.length > 0) return { ...run, scores: { ...run.scores, benchmarks } }
  throw new UsageError('no-benchmark', `Expected one of ${only.join(', ')} in ${run.scoringFolder}, found none`)
}

function write(file: string, page: string): void {
  try {
    writeFileSync(file, page)
  } catch (cause) {
    throw new UsageError('cannot-write', `Could not write ${file}: ${(cause as Error).message}`, {
      hint: 'Choose another place with --out.',
      cause,
    })
  }
}

function publishedRows(asked: string[] | true | undefined): readonly PublishedRow[] | undefined {
  if (asked === undefined) return undefined
  const rows = loadPublishedRows()
  if (asked === true || asked.length === 0) return rows
  const chosen = rows.filter(({ source }) => asked.includes(source.id))
  if (chosen.length > 0) return chosen
  throw new UsageError('unknown-source', `Unknown source of published figures \`${asked.join(', ')}\``, {
    hint: `Known: ${[...new Set(rows.map(({ source }) => source.id))].join(', ')}`,
  })
}
