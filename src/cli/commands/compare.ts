import { Command, Option } from 'commander'
import { UsageError } from '../../core/errors.ts'
import { type Protocol, protocols } from '../../core/verdict.ts'
import { compareBreakdown, dimensionsOf } from '../../report/compare/breakdown.ts'
import { type Checkpoint, type ReadRun, toCheckpoints } from '../../report/compare/checkpoint.ts'
import {
  type CheckpointComparison,
  type CompareSettings,
  compareCheckpoints,
} from '../../report/compare/compare-checkpoints.ts'
import { trainingCurves } from '../../report/compare/curve.ts'
import { compareAll } from '../../report/compare/matrix.ts'
import { readFlips } from '../../report/compare/read-flips.ts'
import { renderBreakdown } from '../../report/compare/render-breakdown.ts'
import { renderComparison } from '../../report/compare/render-compare.ts'
import { renderCurves } from '../../report/compare/render-curve.ts'
import { renderFlips } from '../../report/compare/render-flips.ts'
import { renderMatrices } from '../../report/compare/render-matrix.ts'
import { comparisonJson, matricesJson } from '../../report/compare/to-json.ts'
import { readCallFacts } from '../../runners/read-call-facts.ts'
import { openFinishedRun } from '../../runners/read-run.ts'
import { integer, list } from '../option-parsers.ts'
import { print, printJson, say, terminalWidth } from '../output.ts'

interface CompareCommandOptions {
  readonly bench?: string[]
  readonly protocol: Protocol
  readonly flips?: number | true
  readonly by?: string[]
  readonly curve?: boolean
  readonly replicates: number
  readonly bootstrapSeed: number
  readonly dataDir?: string
  readonly json?: boolean
}

const defaultFlips = 6

/** `bench compare`: paired comparison of runs on the same items. */
export function createCompareCommand(): Command {
  return new Command('compare')
    .description(
      'Compare checkpoints on the same items: the first run is A (the new one), the second is B (the base); differences are A - B',
    )
    .argument('<runs...>', 'two or more run folders, or further scorings of runs (<run>/scorings/<name>)')
    .option('--bench <ids>', 'only these benchmarks, separated by commas', list)
    .addOption(
      new Option('--protocol <protocol>', 'which scores to compare').choices([...protocols]).default('official'),
    )
    .option(
      '--flips [n]',
      `list items that differ, with prompt, responses and evidence (default ${defaultFlips})`,
      integer(1),
    )
    .option(
      '--by <dimensions>',
      'break the comparison down: `constraints` (their number), or a dimension of the figures',
      list,
    )
    .option('--curve', 'runs are steps of one training run: print the curve (ordered by --tag step=, else as given)')
    .option('--replicates <n>', 'bootstrap resamples', integer(100), 10_000)
    .option('--bootstrap-seed <n>', 'seed of the resampling', integer(0), 0)
    .option('--data-dir <folder>', 'installed data (default: $BENCH_DATA_DIR or a per-user cache)')
    .option('--json', 'print everything as JSON')
    .addHelpText(
      'after',
      `
Examples:
  bench compare results/tuned results/base
  bench compare results/tuned results/base --flips 10 --by constraints
  bench compare results/a results/b results/c              matrix and ranking with tied groups
  bench compare results/step-* --curve

Runs of one name that differ in their seed (--seed, --tag seed=) are averaged as one checkpoint.
Runs that differ in judge, data, protocol, items or samples are refused (exit code 2).`,
    )
    .action(compare)
}

async function compare(folders: string[], options: CompareCommandOptions): Promise<void> {
  if (folders.length < 2) {
    throw new UsageError('two-runs', `Expected two or more runs to compare, got ${folders.length}`, {
      hint: 'The first is A (new), the second B (base): bench compare results/new results/base',
    })
  }
  const runs: ReadRun[] = []
  for (const folder of folders) {
    const run = openFinishedRun(folder)
    runs.push({ run, facts: await readCallFacts(run) })
  }
  const settings: CompareSettings = {
    protocol: options.protocol,
    dataDir: options.dataDir ?? null,
    benchmarks: options.bench ?? null,
    replicates: options.replicates,
    bootstrapSeed: options.bootstrapSeed,
    warn: (message) => say(`note: ${message}`),
  }
  const checkpoints = toCheckpoints(runs)
  if (options.curve) {
    await printCurve(checkpoints, settings, options)
    return
  }
  if (checkpoints.length > 2) {
    await printMatrix(checkpoints, settings, options)
    return
  }
  const [a, b] = checkpoints
  await printPair(await compareCheckpoints(a!, b!, settings), options)
}

async function printCurve(
  checkpoints: readonly Checkpoint[],
  settings: CompareSettings,
  { json }: CompareCommandOptions,
): Promise<void> {
  const curves = await trainingCurves(checkpoints, settings)
  if (json) printJson({ direction: 'step - first step', protocol: settings.protocol, curves })
  else print(renderCurves(curves))
}

async function printMatrix(
  checkpoints: readonly Checkpoint[],
  settings: CompareSettings,
  options: CompareCommandOptions,
): Promise<void> {
  if (options.flips || options.by) {
    throw new UsageError('two-checkpoints', 'Expected two checkpoints with --flips or --by, got more', {
      hint: 'Compare two of them at a time.',
    })
  }
  const matrices = await compareAll(checkpoints, settings)
  if (options.json) printJson(matricesJson(checkpoints, matrices, settings))
  else print(renderMatrices(checkpoints, matrices))
}

async function printPair(comparison: CheckpointComparison, options: CompareCommandOptions): Promise<void> {
  const flipCount = options.flips === true ? defaultFlips : (options.flips ?? 0)
  const dimensions = options.by ?? []
  assertDimensions(comparison, dimensions)
  const breakdowns = comparison.benchmarks.flatMap((pair) =>
    dimensions.flatMap((dimension) => {
      const rows = compareBreakdown(comparison, pair, dimension)
      return rows.length === 0 ? [] : [{ pair, dimension, rows }]
    }),
  )
  const flips = []
  if (flipCount > 0) {
    for (const pair of comparison.benchmarks) flips.push(await readFlips(comparison, pair, flipCount))
  }
  if (options.json) {
    printJson(comparisonJson(comparison, breakdowns, flips))
    return
  }
  print(renderComparison(comparison, terminalWidth()))
  for (const { pair, dimension, rows } of breakdowns) print(renderBreakdown(pair, dimension, rows))
  for (const { pair, list, shown } of flips) print(renderFlips(pair, list, shown))
}

function assertDimensions(comparison: CheckpointComparison, asked: readonly string[]): void {
  const known = [...new Set(comparison.benchmarks.flatMap(({ benchmark }) => dimensionsOf(comparison, benchmark.id)))]
  const unknown = asked.find((dimension) => !known.includes(dimension))
  if (unknown === undefined) return
  throw new UsageError('unknown-dimension', `Unknown dimension \`${unknown}\``, { hint: `Known: ${known.join(', ')}` })
}
