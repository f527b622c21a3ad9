import Table from 'cli-table3'

/** A table without lines between its rows, as a text. */
export function compactTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  widths?: readonly (number | null)[],
): string {
  const table = new Table({
    head: [...head],
    style: { head: [], border: [] },
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
    ...(widths ? { colWidths: [...widths], wordWrap: true } : {}),
  })
  for (const row of rows) table.push([...row])
  return table.toString()
}
