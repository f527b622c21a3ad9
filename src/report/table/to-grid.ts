import { formatInterval, formatValue, unitOf } from '../format-value.ts'
import { emptyCell, type Grid, type GridCell } from '../grid/grid.ts'
import type { TableCell, TableColumn, TableModel } from './table-model.ts'

const suiteNames: Readonly<Record<TableColumn['suite'], string>> = { id: 'in-domain', ood: 'out-of-domain' }

/**
 * The table with its figures as texts, for people.
 * @param withIntervals false leaves the intervals away, for narrow pages
 */
export function tableGrid(model: TableModel, withIntervals = true): Grid {
  return {
    title: model.title,
    stub: 'checkpoint',
    columns: model.columns.map(({ suite, benchmarkTitle, label, scale }) => {
      const unit = unitOf(scale)
      return {
        group: suiteNames[suite],
        lines: [benchmarkTitle, unit && !label.includes('10') ? `${label} (${unit})` : label],
      }
    }),
    rows: model.rows.map(({ name, base, origin, marks, cells }) => ({
      group: origin === 'published' ? `published by others: ${base}` : base,
      name,
      marks,
      isPublished: origin === 'published',
      cells: cells.map((cell, index) => cell && gridCell(cell, model.columns[index]!, withIntervals)),
    })),
    methods: withIntervals ? [...model.methods, 'brackets and ±: 95 % intervals'] : model.methods,
    notes: [...model.notes, ...missingLegend(model)],
  }
}

function gridCell(cell: TableCell, { scale }: TableColumn, withIntervals: boolean): GridCell {
  const { value, interval, missing, marks, rank, significance } = cell
  const text = value === null ? emptyCell : formatValue(value, scale)
  return {
    value: missing > 0 ? `${text}°` : text,
    interval: withIntervals ? formatInterval(interval, value, scale) : '',
    marks,
    significance,
    rank,
  }
}

function missingLegend({ rows }: TableModel): string[] {
  const isMarked = rows.some(({ cells }) => cells.some((cell) => cell !== null && cell.missing > 0))
  return isMarked ? ['° something was not measured; it counts as the protocol says (--ledger has the bounds)'] : []
}
