import type { Benchmark } from '../../benchmarks/benchmark.ts'
import {
  type BenchmarkResults,
  type ItemValue,
  type ReadResultsOptions,
  readResults,
} from '../../runners/read-results.ts'
import { everyUnit } from '../../stats/bootstrap.ts'
import type { MetricHead, Resampler } from '../../stats/metric-table.types.ts'
import { type SeedSummary, seedSummary } from '../../stats/seeds.ts'
import { mean } from '../../stats/sum.ts'
import type { Checkpoint } from './checkpoint.ts'
import { meanOverSeeds } from './mean-over-seeds.ts'

/** One checkpoint's results on one benchmark, over all its seeds. */
export interface SideResults {
  readonly name: string
  /** Items in the order of the data, values averaged over seeds. */
  readonly items: readonly ItemValue[]
  /** Resampler of a figure; null when there is no such figure. */
  resampler(head: Pick<MetricHead, 'id' | 'group'>): Resampler | null
  /** Spread of the headline over seeds; null for one run. */
  readonly seeds: SeedSpread | null
}

/** How far the headline moves between seeds. It says nothing on the choice of items. */
export interface SeedSpread {
  readonly values: readonly (number | null)[]
  readonly summary: SeedSummary
}

/** Rebuilds one benchmark of a checkpoint from its run folders. */
export async function readSide(
  checkpoint: Checkpoint,
  benchmark: Benchmark,
  metric: string,
  options: ReadResultsOptions,
): Promise<SideResults> {
  const seeds: BenchmarkResults[] = []
  for (const { run, facts } of checkpoint.runs) seeds.push(await readResults(run, facts, benchmark.id, metric, options))
  return {
    name: checkpoint.name,
    items: averageItems(seeds.map(({ items }) => items)),
    resampler: (head) => {
      const figures = seeds.map(({ table }) => table.resampler(head))
      return figures.some((figure) => figure === null) ? null : meanOverSeeds(figures as Resampler[])
    },
    seeds: seeds.length < 2 ? null : spreadOf(seeds, metric),
  }
}

function averageItems(seeds: readonly (readonly ItemValue[])[]): readonly ItemValue[] {
  const [first = [], ...others] = seeds
  if (others.length === 0) return first
  return first.map((item, index) => {
    const values = seeds.map((items) => items[index]!.value)
    return { ...item, value: values.includes(null) ? null : mean(values as number[]) }
  })
}

function spreadOf(seeds: readonly BenchmarkResults[], metric: string): SeedSpread {
  const values = seeds.map(({ table }) => {
    const figure = table.resampler({ id: metric })
    return figure && figure.clusters.length > 0 ? figure.evaluate(everyUnit(figure.clusters.length)) : null
  })
  return { values, summary: seedSummary(values.filter((value) => value !== null).map((value) => [value])) }
}
