import Table from 'cli-table3'
import { printableLine } from '../../core/printable.ts'
import { formatDifference, formatP } from '../format-difference.ts'
import { formatValue } from '../format-value.ts'
import type { BreakdownRow } from './breakdown.ts'
import type { BenchmarkComparison } from './compare-checkpoints.ts'

/** A breakdown for a terminal. */
export function renderBreakdown(
  { benchmark, scale }: BenchmarkComparison,
  dimension: string,
  rows: readonly BreakdownRow[],
): string {
  const table = new Table({
    head: [dimension, 'clusters', 'A', 'B', 'A - B', '95 % interval', 'p', 'q'],
    colAligns: ['left', 'right', 'right', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  })
  const several = new Set(rows.map(({ metric }) => metric)).size > 1
  for (const row of rows) {
    table.push([
      printableLine(several ? `${row.metric} ${row.value}` : row.value, 44),
      row.clusters,
      formatValue(row.a, scale),
      formatValue(row.b, scale),
      formatDifference(row.difference, scale),
      row.interval ? `[${formatDifference(row.interval[0], scale)}, ${formatDifference(row.interval[1], scale)}]` : '–',
      formatP(row.p),
      formatP(row.q),
    ])
  }
  const metrics = [...new Set(rows.map(({ metric }) => metric))].join(', ')
  return `${benchmark.id} by ${dimension} (${metrics}); q: Benjamini and Hochberg over these rows; exploratory\n${table.toString()}`
}
