import { formatInterval, formatValue, unitOf } from '../format-value.ts'
import { emptyCell, type Grid, type GridCell } from '../grid/grid.ts'
import type { SeedSpread, TableCell, TableColumn, TableModel } from './table-model.ts'

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
        lines: [benchmarkTitle, unit ? `${label} (${unit})` : label],
      }
    }),
    rows: model.rows.map(({ name, base, origin, marks, cells }) => ({
      group: origin === 'published' ? `published by others: ${base}` : base,
      name,
      marks,
      isPublished: origin === 'published',
      cells: cells.map((cell, index) => cell && gridCell(cell, model.columns[index]!, withIntervals)),
    })),
    methods: withIntervals ? [...model.methods, intervalLegend(model)] : model.methods,
    notes: [...model.notes, ...missingLegend(model)],
  }
}

function intervalLegend({ rows }: TableModel): string {
  const hasSeeds = rows.some(({ cells }) => cells.some((cell) => cell?.seeds))
  const legend = 'brackets and ±: 95 % intervals'
  return hasSeeds ? `${legend}; with (n seeds): mean and standard deviation over seeds` : legend
}

function gridCell(cell: TableCell, { scale }: TableColumn, withIntervals: boolean): GridCell {
  const { value, interval, seeds, missing, marks, rank, significance } = cell
  const text = value === null ? emptyCell : formatValue(value, scale)
  return {
    value: missing > 0 ? `${text}°` : text,
    interval: seeds ? seedText(seeds, scale) : withIntervals ? formatInterval(interval, value, scale) : '',
    marks,
    significance,
    rank,
  }
}

/** `±0.8 (3 seeds)`; of two seeds both values, because two say nothing of a deviation. */
function seedText({ count, deviation, least, greatest }: SeedSpread, scale: TableColumn['scale']): string {
  const ends = `${formatValue(least, scale)} to ${formatValue(greatest, scale)}`
  return count > 2 && deviation !== null ? `±${formatValue(deviation, scale)} (${count} seeds)` : `(2 seeds: ${ends})`
}

function missingLegend({ rows }: TableModel): string[] {
  const isMarked = rows.some(({ cells }) => cells.some((cell) => cell !== null && cell.missing > 0))
  return isMarked ? ['° something was not measured; it counts as the protocol says (--ledger has the bounds)'] : []
}
