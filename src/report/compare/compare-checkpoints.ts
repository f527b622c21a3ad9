import type { Benchmark } from '../../benchmarks/benchmark.ts'
import { loadBenchmark } from '../../benchmarks/registry.ts'
import { HeedError, UsageError } from '../../core/errors.ts'
import type { Metric } from '../../core/metric.ts'
import { deriveSeed } from '../../core/random.ts'
import type { Protocol } from '../../core/verdict.ts'
import { clusterPairs } from '../../stats/cluster-pairs.ts'
import { type Comparison, compareFigure } from '../../stats/compare.ts'
import { adjustFamily, type FamilyMember } from '../../stats/compare-family.ts'
import { type Checkpoint, type ReadRun, scoresOf } from './checkpoint.ts'
import { assertComparable, setUpNotes } from './comparable.ts'
import { readSide, type SideResults } from './read-side.ts'

export interface CompareSettings {
  readonly protocol: Protocol
  readonly dataDir: string | null
  /** Only these benchmarks; null for all that the checkpoints share. */
  readonly benchmarks: readonly string[] | null
  readonly replicates: number
  readonly bootstrapSeed: number
  readonly warn: (message: string) => void
}

/** The headline of one benchmark for two checkpoints. */
export interface BenchmarkComparison extends FamilyMember {
  readonly benchmark: Benchmark
  readonly metric: string
  readonly label: string
  readonly scale: Metric['scale']
  readonly isSample: boolean
  readonly a: SideResults
  readonly b: SideResults
}

/** Two checkpoints on every benchmark that both have. Differences are A - B: A is the new one, B the base. */
export interface CheckpointComparison {
  readonly a: Checkpoint
  readonly b: Checkpoint
  readonly protocol: Protocol
  readonly replicates: number
  readonly bootstrapSeed: number
  readonly benchmarks: readonly BenchmarkComparison[]
  /** What a reader must know beside the figures. */
  readonly notes: readonly string[]
}

/** Results of checkpoints by benchmark, so that several comparisons read a folder once. */
export class ResultShelf {
  readonly #settings: CompareSettings
  readonly #sides = new Map<string, Promise<SideResults>>()

  constructor(settings: CompareSettings) {
    this.#settings = settings
  }

  read(checkpoint: Checkpoint, benchmark: Benchmark): Promise<SideResults> {
    const key = `${benchmark.id}\u0000${checkpoint.name}`
    let side = this.#sides.get(key)
    if (!side) {
      side = readSide(checkpoint, benchmark, headlineOf(benchmark).metric, this.#settings)
      this.#sides.set(key, side)
    }
    return side
  }
}

/**
 * Compares two checkpoints, Holm-adjusted over their benchmarks.
 * @throws UsageError `not-comparable`, `not-judged`, `no-common-benchmark`
 */
export async function compareCheckpoints(
  a: Checkpoint,
  b: Checkpoint,
  settings: CompareSettings,
  shelf = new ResultShelf(settings),
): Promise<CheckpointComparison> {
  const benchmarks = await commonBenchmarks([a, b], settings.benchmarks)
  for (const benchmark of benchmarks) assertAllComparable([a, b], benchmark, settings.protocol)
  const pairs = []
  for (const benchmark of benchmarks) pairs.push(await comparePair(a, b, benchmark, settings, shelf))
  const family = adjustFamily(pairs)
  return {
    a,
    b,
    protocol: settings.protocol,
    replicates: settings.replicates,
    bootstrapSeed: settings.bootstrapSeed,
    benchmarks: pairs.map((pair, index) => ({ ...pair, ...family[index]! })),
    notes: [
      ...leftOutBenchmarks(a, b, benchmarks),
      ...setUpNotes(a.runs[0]!, b.runs[0]!),
      ...incompleteNotes([a, b], benchmarks),
    ],
  }
}

/**
 * Benchmarks that all checkpoints have, in table order of the first.
 * @throws UsageError `no-common-benchmark`
 */
export async function commonBenchmarks(
  checkpoints: readonly Checkpoint[],
  only: readonly string[] | null,
): Promise<readonly Benchmark[]> {
  const runs = checkpoints.flatMap(({ runs }) => runs)
  const known = runs[0]!.run.scores.benchmarks.map(({ benchmark }) => benchmark)
  const common = known.filter((id) => runs.every((read) => scoresOf(read, id)))
  const chosen = only === null ? common : common.filter((id) => only.includes(id))
  const missing = only?.find((id) => !common.includes(id))
  if (missing !== undefined || chosen.length === 0) {
    throw new UsageError(
      'no-common-benchmark',
      missing === undefined
        ? 'Expected the runs to have a benchmark in common, they have none'
        : `Expected ${missing} in every run, it is not`,
      { hint: `In common: ${common.join(', ') || 'none'}` },
    )
  }
  return Promise.all(chosen.map(loadBenchmark))
}

/** @throws UsageError `not-comparable`, `not-judged` */
export function assertAllComparable(
  checkpoints: readonly Checkpoint[],
  benchmark: Benchmark,
  protocol: Protocol,
): void {
  const [first, ...others] = checkpoints.flatMap(({ runs }) => runs)
  for (const other of others) assertComparable(benchmark, first!, other, protocol)
}

/** The figure that a benchmark is compared by. */
export function headlineOf(benchmark: Benchmark): { metric: string; label: string } {
  return benchmark.columns.find(({ primary }) => primary) ?? benchmark.columns[0]!
}

/** One pair on one benchmark, not yet adjusted. */
export async function comparePair(
  a: Checkpoint,
  b: Checkpoint,
  benchmark: Benchmark,
  settings: CompareSettings,
  shelf: ResultShelf,
): Promise<Omit<BenchmarkComparison, keyof FamilyMember> & { readonly comparison: Comparison }> {
  const { metric, label } = headlineOf(benchmark)
  const sideA = await shelf.read(a, benchmark)
  const sideB = await shelf.read(b, benchmark)
  assertSameItems(benchmark, sideA, sideB)
  const figureA = sideA.resampler({ id: metric })
  const figureB = sideB.resampler({ id: metric })
  if (!figureA || !figureB) {
    throw new HeedError('no-figure', `Expected the figure ${metric} of ${benchmark.id} in both runs, it is not there`)
  }
  const scores = scoresOf(a.runs[0]!, benchmark.id)!
  const scale = scaleOf(scores.metrics[settings.protocol], metric)
  const seed = deriveSeed(settings.bootstrapSeed, benchmark.id, metric, a.name, b.name)
  const comparison = compareFigure(
    { a: figureA, b: figureB, scale, items: clusterPairs(figureA, figureB) },
    { replicates: settings.replicates, seed },
  )
  return { benchmark, metric, label, scale, isSample: scores.isSample, a: sideA, b: sideB, comparison }
}

function scaleOf(metrics: readonly Metric[] | undefined, id: string): Metric['scale'] {
  return metrics?.find((metric) => metric.id === id && metric.group === undefined)?.scale ?? 'fraction'
}

function assertSameItems(benchmark: Benchmark, a: SideResults, b: SideResults): void {
  const isSame = a.items.length === b.items.length && a.items.every(({ item }, index) => item === b.items[index]!.item)
  if (isSame) return
  throw new UsageError('not-comparable', `Expected ${a.name} and ${b.name} to have the same items of ${benchmark.id}`)
}

function leftOutBenchmarks(a: Checkpoint, b: Checkpoint, compared: readonly Benchmark[]): string[] {
  const ids = new Set(compared.map(({ id }) => id))
  return [a, b].flatMap(({ name, runs }) => {
    const more = (runs[0] as ReadRun).run.scores.benchmarks.filter(({ benchmark }) => !ids.has(benchmark))
    return more.length === 0 ? [] : [`not compared: ${more.map(({ benchmark }) => benchmark).join(', ')} of ${name}`]
  })
}

function incompleteNotes(checkpoints: readonly Checkpoint[], compared: readonly Benchmark[]): string[] {
  const ids = new Set(compared.map(({ id }) => id))
  return checkpoints.flatMap(({ runs }) =>
    runs.flatMap(({ run }) => {
      const incomplete = run.scores.benchmarks.filter(({ benchmark, complete }) => ids.has(benchmark) && !complete)
      if (incomplete.length === 0) return []
      const names = incomplete.map(({ benchmark }) => benchmark).join(', ')
      return [`${run.name}: INCOMPLETE on ${names}; what is missing counts as the protocol says (bench table --ledger)`]
    }),
  )
}
