import type { TableCell } from './table-model.ts'

/**
 * Marks the best and the second best value of one column, on unrounded values; equal values share a mark. Only own
 * figures that were all made in one way are ranked: others do not compare.
 * @param isOwn whether the row of a cell is an own one
 */
export function rankCells(
  cells: readonly (TableCell | null)[],
  isOwn: (row: number) => boolean,
): readonly (TableCell | null)[] {
  const own = cells.filter((cell, row): cell is TableCell => cell?.value != null && isOwn(row))
  if (own.length < 2 || new Set(own.map(({ variant }) => variant)).size > 1) return cells
  const [best, second] = [...new Set(own.map(({ value }) => value!))].sort((one, other) => other - one)
  // Where all are equal there is nothing to point out.
  if (second === undefined) return cells
  return cells.map((cell, row) => {
    if (!cell || !isOwn(row) || (cell.value !== best && cell.value !== second)) return cell
    return { ...cell, rank: cell.value === best ? 'best' : 'second' }
  })
}
