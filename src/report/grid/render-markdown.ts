import { printableLine } from '../../core/printable.ts'
import { emptyCell, type Grid, type GridCell, type GridColumn, type GridRow, rowGroups } from './grid.ts'

/** The table as GitHub-flavoured Markdown, notes below it. Best values are bold, second ones in italics. */
export function renderMarkdown({ title, stub, columns, rows, methods, notes }: Grid): string {
  const heads = [escapeMarkdown(stub) || ' ', ...columns.map(header)]
  const groups = rowGroups(rows)
  const body = groups.flatMap(({ name, rows: members }) => [
    ...(name === null ? [] : [`| *${escapeMarkdown(name)}* |${' |'.repeat(columns.length)}`]),
    ...members.map(rowLine),
  ])
  return [
    `**${escapeMarkdown(title)}**`,
    '',
    `| ${heads.join(' | ')} |`,
    `| --- |${' ---: |'.repeat(columns.length)}`,
    ...body,
    '',
    ...[...methods, ...notes].map((note) => `- ${escapeMarkdown(note)}`),
    '',
  ].join('\n')
}

function header({ group, lines }: GridColumn): string {
  const text = escapeMarkdown(lines.join(' '))
  return group === null ? text : `${escapeMarkdown(group)}: ${text}`
}

function rowLine({ name, marks, cells }: GridRow): string {
  return `| ${[`${escapeMarkdown(name)}${markText(marks)}`, ...cells.map(cellMarkdown)].join(' | ')} |`
}

function cellMarkdown(cell: GridCell | null): string {
  if (!cell) return emptyCell
  const { value, interval, marks, significance, rank } = cell
  const text = escapeMarkdown(value)
  const ranked = rank === 'best' ? `**${text}**` : rank === 'second' ? `*${text}*` : text
  const gap = interval !== '' && !interval.startsWith('±') ? ' ' : ''
  return `${ranked}${gap}${escapeMarkdown(interval)}${escapeMarkdown(significance)}${markText(marks)}`
}

function markText(marks: readonly string[]): string {
  return marks.length > 0 ? ` (${marks.map(escapeMarkdown).join(',')})` : ''
}

/** Untrusted text inside a Markdown table cell: no markup, no HTML, no links, one line. */
export function escapeMarkdown(text: string): string {
  return printableLine(text, 600)
    .replace(/[\\`*_{}[\]<>|~#!&]/g, (character) => `\\${character}`)
    .replace(/(https?|ftp|mailto):/gi, '$1\\:')
    .replace(/\bwww\./gi, 'www\\.')
    .replace(/@/g, '\\@')
}
