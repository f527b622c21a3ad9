import { UsageError } from '../../core/errors.ts'
import { formatDifference } from '../format-difference.ts'
import type { Grid } from '../grid/grid.ts'
import type { ScoredRun, TableModel, TableRow } from './table-model.ts'
import { tableGrid } from './to-grid.ts'

/**
 * Runs renamed by the value of a tag, for an ablation table: the run without the tag comes first, as the full method.
 * @throws UsageError `no-tagged-runs`
 */
export function pivotRuns<Run extends ScoredRun>(runs: readonly Run[], tag: string): readonly Run[] {
  const tagged = runs.filter(({ manifest }) => manifest.tags[tag] !== undefined)
  if (tagged.length === 0) {
    const known = [...new Set(runs.flatMap(({ manifest }) => Object.keys(manifest.tags)))]
    throw new UsageError('no-tagged-runs', `Expected runs with --tag ${tag}=<value>, got none`, {
      hint: `Tags of these runs: ${known.join(', ') || 'none'}`,
    })
  }
  const full = runs.filter(({ manifest }) => manifest.tags[tag] === undefined)
  return [...full, ...tagged]
}

/** Name of a run in an ablation table. */
export function pivotName({ name, manifest }: ScoredRun, tag: string): string {
  const value = manifest.tags[tag]
  return value === undefined ? `${name} (full)` : `${tag}=${value}`
}

/** The grid of an ablation table: every cell with its difference from the first row that was made in the same way. */
export function pivotGrid(model: TableModel): Grid {
  const grid = tableGrid(model, false)
  const [first] = model.rows
  return {
    ...grid,
    stub: 'variant',
    rows: grid.rows.map((row, index) => ({
      ...row,
      group: null,
      cells: row.cells.map((cell, column) => {
        const change = index === 0 ? null : changeOf(model.rows[index]!, first!, column)
        if (!cell || change === null) return cell && { ...cell, interval: '' }
        return { ...cell, interval: `(${formatDifference(change, model.columns[column]!.scale)})` }
      }),
    })),
    methods: [...grid.methods, 'in brackets: difference from the first row'],
  }
}

/** Difference of one cell from the first row's; null where they were not made in one way. */
export function changeOf(row: TableRow, first: TableRow, column: number): number | null {
  const cell = row.cells[column]
  const base = first.cells[column]
  if (cell?.value == null || base?.value == null || cell.variant !== base.variant) return null
  return cell.value - base.value
}
