import Table from 'cli-table3'
import stringWidth from 'string-width'
import { printable, printableLine } from '../../core/printable.ts'
import { columnGroups, emptyCell, type Grid, type GridCell, type GridColumn, type GridRow, rowGroups } from './grid.ts'

/** Names longer than this many columns of the terminal are cut. */
const longestName = 34
const longestHead = 28
const borderWidth = 3

type Cell = { content: string; colSpan?: number; hAlign?: 'left' | 'right' | 'center' }

/**
 * The table for a terminal. Where it is too narrow for all columns, whole columns are stacked below each other.
 * @param width columns of the terminal
 */
export function renderTerminal(grid: Grid, width: number): string {
  const names = grid.rows.map((row) => nameText(row))
  const groups = rowGroups(grid.rows).flatMap(({ name }) => (name === null ? [] : [stringWidth(groupText(name))]))
  const nameWidth = Math.min(longestName + 2, Math.max(0, ...names.map((name) => stringWidth(name)), ...groups))
  const widths = grid.columns.map((column, index) => columnWidth(column, grid.rows, index) + borderWidth)
  const parts = chunks(widths, width - nameWidth - borderWidth - 1).map(([start, end]) => renderPart(grid, start, end))
  return `${[printable(grid.title), ...parts, ...[...grid.methods, ...grid.notes].map((note) => printable(note))].join('\n')}\n`
}

function renderPart({ stub, columns, rows }: Grid, start: number, end: number): string {
  const shown = columns.slice(start, end)
  const table = new Table({
    colAligns: ['left', ...shown.map(() => 'right' as const)],
    style: { head: [], border: [], compact: false },
    chars: { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' },
  })
  const heads: Cell[][] = []
  if (shown.some(({ group }) => group !== null)) {
    heads.push([
      { content: '' },
      ...columnGroups(shown).map(({ name, size }) => ({
        content: name ?? '',
        colSpan: size,
        hAlign: 'center' as const,
      })),
    ])
  }
  const depth = Math.max(1, ...shown.map(({ lines }) => lines.length))
  for (let line = 0; line < depth; line++) {
    heads.push([
      { content: line === depth - 1 ? stub : '' },
      ...shown.map(({ lines }) => ({ content: headText(lines[line] ?? '') })),
    ])
  }
  const body: Cell[][] = []
  for (const { name, rows: members } of rowGroups(rows)) {
    if (name !== null) body.push([{ content: groupText(name), colSpan: shown.length + 1 }])
    for (const row of members) {
      const cells = row.cells.slice(start, end)
      body.push([{ content: nameText(row) }, ...cells.map((cell) => ({ content: cellText(cell) }))])
    }
  }
  for (const row of [...heads, ...body]) table.push(row)
  return withRule(table.toString(), heads.length)
}

/** cli-table3 draws a rule below every row or none, and remains of one beside wide cells; the header's is put in here. */
function withRule(text: string, headRows: number): string {
  const lines = text.split('\n').filter((line) => !/^[┬┴┼]*$/.test(line))
  const rule = lines.at(-1)!.replace('└', '├').replace('┘', '┤').replaceAll('┴', '┼')
  lines.splice(headRows + 1, 0, rule)
  return lines.join('\n')
}

function groupText(name: string): string {
  return cutToWidth(printableLine(name, 400), longestName)
}

function headText(line: string): string {
  return cutToWidth(printableLine(line, 400), longestHead)
}

function nameText({ name, marks }: GridRow): string {
  return `${cutToWidth(printableLine(name, 400), longestName)}${markText(marks)}`
}

/** `73.9±2.1** (a)`; a dash where there is nothing. */
export function cellText(cell: GridCell | null): string {
  if (!cell) return emptyCell
  const { value, interval, marks, significance } = cell
  const gap = interval !== '' && !interval.startsWith('±') ? ' ' : ''
  return `${printableLine(value, 60)}${gap}${interval}${significance}${markText(marks)}`
}

function markText(marks: readonly string[]): string {
  return marks.length > 0 ? ` (${marks.join(',')})` : ''
}

function columnWidth({ lines }: GridColumn, rows: readonly GridRow[], index: number): number {
  const texts = [...lines.map(headText), ...rows.map(({ cells }) => cellText(cells[index] ?? null))]
  return Math.max(...texts.map((text) => stringWidth(text)))
}

/** Ranges of columns that fit beside each other; at least one each. */
function chunks(widths: readonly number[], available: number): (readonly [number, number])[] {
  const ranges: [number, number][] = []
  let used = Number.POSITIVE_INFINITY
  widths.forEach((width, index) => {
    if (used + width > available) {
      ranges.push([index, index + 1])
      used = width
    } else {
      ranges.at(-1)![1] = index + 1
      used += width
    }
  })
  return ranges.length > 0 ? ranges : [[0, 0]]
}

/** Cuts by width on the terminal, so that wide (East Asian) characters count twice. */
function cutToWidth(text: string, width: number): string {
  if (stringWidth(text) <= width) return text
  let cut = ''
  for (const character of text) {
    if (stringWidth(cut + character) > width - 1) break
    cut += character
  }
  return `${cut}…`
}
