import type { Benchmark } from '../../benchmarks/benchmark.ts'
import { everyUnit } from '../../stats/bootstrap.ts'
import { adjustFamily } from '../../stats/compare-family.ts'
import { type RankedEntry, tiedGroups } from '../../stats/tied-groups.ts'
import type { Checkpoint } from './checkpoint.ts'
import {
  assertAllComparable,
  type BenchmarkComparison,
  type CompareSettings,
  commonBenchmarks,
  comparePair,
  headlineOf,
  ResultShelf,
} from './compare-checkpoints.ts'

/** All pairs of several checkpoints on one benchmark. */
export interface BenchmarkMatrix {
  readonly benchmark: Benchmark
  readonly label: string
  readonly scale: BenchmarkComparison['scale']
  readonly isSample: boolean
  /** In the order given; null where a checkpoint has no value. */
  readonly values: readonly (number | null)[]
  /** `pairs[i][j]` is checkpoint i less checkpoint j, for j > i; null elsewhere. Holm over all pairs of the benchmark. */
  readonly pairs: readonly (readonly (BenchmarkComparison | null)[])[]
  /** Checkpoints with a value, best first, in groups that the differences do not tell apart. */
  readonly ranking: readonly RankedEntry[]
}

/** Compares every checkpoint with every other one. @throws UsageError when any two do not compare */
export async function compareAll(
  checkpoints: readonly Checkpoint[],
  settings: CompareSettings,
): Promise<readonly BenchmarkMatrix[]> {
  const shelf = new ResultShelf(settings)
  const benchmarks = await commonBenchmarks(checkpoints, settings.benchmarks)
  for (const benchmark of benchmarks) assertAllComparable(checkpoints, benchmark, settings.protocol)
  const matrices: BenchmarkMatrix[] = []
  for (const benchmark of benchmarks) matrices.push(await compareOn(checkpoints, benchmark, settings, shelf))
  return matrices
}

async function compareOn(
  checkpoints: readonly Checkpoint[],
  benchmark: Benchmark,
  settings: CompareSettings,
  shelf: ResultShelf,
): Promise<BenchmarkMatrix> {
  const flat: { row: number; column: number; pair: Awaited<ReturnType<typeof comparePair>> }[] = []
  for (let row = 0; row < checkpoints.length; row++) {
    for (let column = row + 1; column < checkpoints.length; column++) {
      const pair = await comparePair(checkpoints[row]!, checkpoints[column]!, benchmark, settings, shelf)
      flat.push({ row, column, pair })
    }
  }
  const family = adjustFamily(flat.map(({ pair }) => pair))
  const pairs = checkpoints.map((): (BenchmarkComparison | null)[] => checkpoints.map(() => null))
  flat.forEach(({ row, column, pair }, index) => {
    pairs[row]![column] = { ...pair, ...family[index]! }
  })
  const { label, metric } = headlineOf(benchmark)
  const values: (number | null)[] = []
  for (const checkpoint of checkpoints) {
    const figure = (await shelf.read(checkpoint, benchmark)).resampler({ id: metric })
    values.push(figure && figure.clusters.length > 0 ? figure.evaluate(everyUnit(figure.clusters.length)) : null)
  }
  const { scale, isSample } = flat[0]!.pair
  return { benchmark, label, scale, isSample, values, pairs, ranking: rank(checkpoints, values, pairs) }
}

function rank(
  checkpoints: readonly Checkpoint[],
  values: readonly (number | null)[],
  pairs: BenchmarkMatrix['pairs'],
): readonly RankedEntry[] {
  const ranked = values.flatMap((value, index) => (value === null ? [] : [index]))
  return tiedGroups(
    ranked.map((index) => ({ name: checkpoints[index]!.name, value: values[index]! })),
    (one, other) => {
      const row = ranked[one]!
      const column = ranked[other]!
      return row < column ? pairs[row]![column]?.verdict === 'better' : pairs[column]![row]?.verdict === 'worse'
    },
  )
}
