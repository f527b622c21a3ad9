import type { Benchmark } from '../../benchmarks/benchmark.ts'
import type { Protocol } from '../../core/verdict.ts'
import { type GroupTable, groupTable } from '../table/group-table.ts'
import type { ScoredRun } from '../table/table-model.ts'

/** Breakdowns of one benchmark by how they are best drawn. */
export interface BenchmarkBreakdowns {
  readonly benchmark: Benchmark
  /** Dimensions whose values have an order, such as levels: drawn as lines. */
  readonly ordered: readonly GroupTable[]
  /** Other dimensions, such as constraint types: drawn as heat maps, the most telling first. */
  readonly nominal: readonly GroupTable[]
}

/** Names that dimensions of constraint types go by, the most telling first. */
const typeNames = ['type', 'category', 'kind', 'dimension', 'group']

/** All dimensions in which the figures of a benchmark are broken down. */
export function breakdownsOf(
  runs: readonly ScoredRun[],
  benchmark: Benchmark,
  protocol: Protocol,
): BenchmarkBreakdowns {
  const metrics = runs.flatMap(
    ({ scores }) => scores.benchmarks.find((entry) => entry.benchmark === benchmark.id)?.metrics[protocol] ?? [],
  )
  const dimensions = [...new Set(metrics.flatMap(({ group }) => (group ? [group.dimension] : [])))]
  const tables = dimensions.map((dimension) => oneMetric(groupTable(runs, benchmark, dimension, protocol)))
  const rank = ({ dimension }: GroupTable) =>
    (typeNames.indexOf(dimension) + typeNames.length + 1) % (typeNames.length + 1)
  return {
    benchmark,
    ordered: tables.filter(isOrdered),
    nominal: tables
      .filter((table) => !isOrdered(table) && table.rows.length > 1 && scaleOf(table) !== 'count')
      .sort((one, other) => rank(one) - rank(other)),
  }
}

/** Scale of a breakdown's figures. */
export function scaleOf({ rows }: GroupTable): 'fraction' | 'score-10' | 'count' {
  return rows.flatMap(({ figures }) => figures).find((figure) => figure !== null)?.scale ?? 'fraction'
}

/** Of several figures with the dimension the one that comes first among the benchmark's columns. */
function oneMetric(table: GroupTable): GroupTable {
  const present = [...new Set(table.rows.map(({ metric }) => metric))]
  const chosen = table.benchmark.columns.find(({ metric }) => present.includes(metric))?.metric ?? present[0]
  return { ...table, rows: table.rows.filter(({ metric }) => metric === chosen) }
}

/** Counting numbers from one on, with or without a letter in front, in order. */
function isOrdered({ rows }: GroupTable): boolean {
  const numbers = rows.map(({ value }) => Number(/^[A-Z]?([1-9]\d{0,2})$/.exec(value)?.[1] ?? Number.NaN))
  return rows.length > 2 && numbers.every((number, index) => index === 0 || number > numbers[index - 1]!)
}
