import Table from 'cli-table3'
import { printable, printableLine } from '../core/printable.ts'
import { formatInterval, formatValue, unitOf } from './format-value.ts'
import type { TableCell, TableColumn, TableModel } from './table-model.ts'

/** Columns that a terminal of this width can show beside the name. */
const nameWidth = 34
const cellWidth = 16

/**
 * The table for a terminal. Where it is too narrow for all columns, they are stacked in several tables of whole columns.
 * @param width columns of the terminal
 */
export function renderTerminal(model: TableModel, width: number): string {
  const perTable = Math.max(1, Math.floor((width - nameWidth) / cellWidth))
  const parts: string[] = [model.title]
  for (let start = 0; start < model.columns.length; start += perTable) {
    parts.push(renderPart(model, start, Math.min(start + perTable, model.columns.length)))
  }
  return `${parts.join('\n')}\n${model.notes.map((note) => printable(note)).join('\n')}\n`
}

function renderPart(model: TableModel, start: number, end: number): string {
  const columns = model.columns.slice(start, end)
  const table = new Table({
    head: ['', ...columns.map(header)],
    colAligns: ['left', ...columns.map(() => 'right' as const)],
    style: { head: [], border: [], compact: true },
  })
  for (const { name, cells } of model.rows) {
    table.push([
      printableLine(name, nameWidth - 4),
      ...cells.slice(start, end).map((cell, index) => cellText(cell, columns[index]!)),
    ])
  }
  return table.toString()
}

function header({ benchmark, label, scale }: TableColumn): string {
  const unit = unitOf(scale)
  return `${benchmark}\n${label}${unit ? ` ${unit}` : ''}`
}

/** `73.9±2.1` with marks; `–` where nothing was measured. */
export function cellText(cell: TableCell | null, { scale }: TableColumn): string {
  if (!cell) return '–'
  const { metric, marks } = cell
  const interval = formatInterval(metric.interval, metric.value, scale)
  const mark = marks.length > 0 ? ` (${marks.join(',')})` : ''
  const missing = metric.missing > 0 ? '*' : ''
  return `${formatValue(metric.value, scale)}${interval && !interval.startsWith('±') ? ' ' : ''}${interval}${missing}${mark}`
}
