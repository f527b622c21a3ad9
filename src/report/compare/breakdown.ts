import { deriveSeed } from '../../core/random.ts'
import { clusterPairs } from '../../stats/cluster-pairs.ts'
import { compareFigure } from '../../stats/compare.ts'
import { createMetricTable } from '../../stats/metric-table.ts'
import type { Resampler } from '../../stats/metric-table.types.ts'
import { benjaminiHochberg } from '../../stats/multiple-testing.ts'
import { scoresOf } from './checkpoint.ts'
import type { BenchmarkComparison, CheckpointComparison } from './compare-checkpoints.ts'
import type { SideResults } from './read-side.ts'

/** The dimension that every benchmark has: the headline by the number of constraints of the item. */
export const constraintCountDimension = 'constraints'

/** One row of a breakdown. Exploratory: q is Benjamini and Hochberg's, over the rows of one breakdown. */
export interface BreakdownRow {
  readonly metric: string
  readonly value: string
  /** Clusters that both have. */
  readonly clusters: number
  readonly a: number | null
  readonly b: number | null
  readonly difference: number | null
  readonly interval: readonly [low: number, high: number] | null
  readonly p: number | null
  readonly q: number | null
}

/** Names of the dimensions by which a benchmark's figures can be broken down. */
export function dimensionsOf(comparison: CheckpointComparison, benchmark: string): readonly string[] {
  const metrics = scoresOf(comparison.a.runs[0]!, benchmark)?.metrics[comparison.protocol] ?? []
  const named = metrics.flatMap(({ group }) => (group ? [group.dimension] : []))
  return [constraintCountDimension, ...new Set(named)]
}

const breakdownReplicates = 2000

/** Compares the groups of one dimension, each like a figure of its own. Empty for an unknown dimension. */
export function compareBreakdown(
  comparison: CheckpointComparison,
  pair: BenchmarkComparison,
  dimension: string,
): readonly BreakdownRow[] {
  const figures =
    dimension === constraintCountDimension ? countFigures(pair) : groupFigures(comparison, pair, dimension)
  const rows = figures.map(({ metric, value, a, b }) => {
    const seed = deriveSeed(comparison.bootstrapSeed, pair.benchmark.id, metric, dimension, value)
    const items = clusterPairs(a, b)
    const result = compareFigure({ a, b, scale: pair.scale, items }, { replicates: breakdownReplicates, seed })
    const interval = result.interval && ([result.interval.low, result.interval.high] as const)
    const { difference, p, clusters } = result
    return { metric, value, clusters, a: result.a, b: result.b, difference, interval, p }
  })
  const adjusted = benjaminiHochberg(rows.flatMap(({ p }) => (p === null ? [] : [p])))
  let next = 0
  return rows.map((row) => ({ ...row, q: row.p === null ? null : adjusted[next++]! }))
}

interface FigurePair {
  readonly metric: string
  readonly value: string
  readonly a: Resampler
  readonly b: Resampler
}

function groupFigures(comparison: CheckpointComparison, pair: BenchmarkComparison, dimension: string): FigurePair[] {
  const metrics = scoresOf(comparison.a.runs[0]!, pair.benchmark.id)?.metrics[comparison.protocol] ?? []
  const groups = metrics.filter(({ group }) => group?.dimension === dimension)
  const headline = groups.filter(({ id }) => id === pair.metric)
  return (headline.length > 0 ? headline : groups).flatMap(({ id, group }) => {
    const a = pair.a.resampler({ id, group: group! })
    const b = pair.b.resampler({ id, group: group! })
    return a && b ? [{ metric: id, value: group!.value, a, b }] : []
  })
}

function countFigures(pair: BenchmarkComparison): FigurePair[] {
  const counts = [...new Set(pair.a.items.map(({ constraints }) => constraints))].sort((one, other) => one - other)
  return counts.map((count) => ({
    metric: pair.metric,
    value: String(count),
    a: itemsWith(pair.a, count),
    b: itemsWith(pair.b, count),
  }))
}

function itemsWith({ items }: SideResults, count: number): Resampler {
  const table = createMetricTable()
  const head = { id: 'items', protocol: 'official', scale: 'count', unit: 'item' } as const
  for (const { cluster, constraints, value } of items) {
    if (constraints === count && value !== null) table.ratio(head, { cluster, numerator: value, denominator: 1 })
  }
  return table.resampler(head) ?? { clusters: [], evaluate: () => null }
}
