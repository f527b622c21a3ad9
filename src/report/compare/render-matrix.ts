import Table from 'cli-table3'
import { printableLine } from '../../core/printable.ts'
import { formatDifference } from '../format-difference.ts'
import { formatValue, unitOf } from '../format-value.ts'
import type { Checkpoint } from './checkpoint.ts'
import type { BenchmarkMatrix } from './matrix.ts'

/** Matrices and rankings for a terminal: a cell is the row's checkpoint less the column's. */
export function renderMatrices(checkpoints: readonly Checkpoint[], matrices: readonly BenchmarkMatrix[]): string {
  const letters = checkpoints.map(({ name, runs }, index) => {
    const seeds = runs.length > 1 ? ` (${runs.length} seeds)` : ''
    return `${letterOf(index)}  ${printableLine(name, 80)}${seeds}`
  })
  return [
    ...letters,
    'A cell is the row less the column, on the same items; Holm over all pairs of a benchmark.',
    ...matrices.map((matrix) => renderMatrix(matrix)),
    '* < 0.05, ** < 0.01, *** < 0.001 (adjusted), † below 0.05 only before the adjustment. Checkpoints of one group are not told apart.',
    '',
  ].join('\n')
}

function renderMatrix(matrix: BenchmarkMatrix): string {
  const { benchmark, label, scale, isSample, values, pairs, ranking } = matrix
  const table = new Table({
    head: ['', 'value', ...values.map((_value, index) => letterOf(index))],
    colAligns: ['left', ...values.map(() => 'right' as const), 'right'],
    style: { head: [], border: [], compact: true },
  })
  values.forEach((value, row) => {
    const cells = values.map((_value, column) => cell(pairs, row, column))
    table.push([letterOf(row), formatValue(value, scale), ...cells])
  })
  const unit = unitOf(scale)
  return [
    '',
    `${benchmark.id} ${label}${unit ? ` ${unit}` : ''}${isSample ? ' (SAMPLE: invented items)' : ''}`,
    table.toString(),
    ...ranking.map(
      ({ name, value, group, rank: [best, worst] }) =>
        `  group ${group}  rank ${best === worst ? best : `${best}-${worst}`}  ${formatValue(value, scale)}  ${printableLine(name, 60)}`,
    ),
  ].join('\n')
}

function cell(pairs: BenchmarkMatrix['pairs'], row: number, column: number): string {
  const pair = row < column ? pairs[row]![column] : pairs[column]![row]
  if (!pair) return ''
  const sign = row < column ? 1 : -1
  const { difference } = pair.comparison
  return `${formatDifference(difference === null ? null : sign * difference, pair.scale)}${pair.mark}`
}

/** A, B, ... Z, then numbers. */
export function letterOf(index: number): string {
  return index < 26 ? String.fromCharCode('A'.charCodeAt(0) + index) : `#${index + 1}`
}
