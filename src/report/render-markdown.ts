import { printableLine } from '../core/printable.ts'
import { unitOf } from './format-value.ts'
import { cellText } from './render-terminal.ts'
import type { TableModel } from './table-model.ts'

/** The table as GitHub-flavoured Markdown, notes below it. */
export function renderMarkdown(model: TableModel): string {
  const heads = model.columns.map(({ benchmark, label, scale }) => {
    const unit = unitOf(scale)
    return escapeCell(`${benchmark} ${label}${unit ? ` (${unit})` : ''}`)
  })
  const rows = model.rows.map(
    ({ name, cells }) =>
      `| ${[escapeCell(name), ...cells.map((cell, index) => cellText(cell, model.columns[index]!))].join(' | ')} |`,
  )
  return [
    `**${model.title}**`,
    '',
    `| checkpoint | ${heads.join(' | ')} |`,
    `| --- | ${heads.map(() => '---:').join(' | ')} |`,
    ...rows,
    '',
    ...model.notes.map((note) => `- ${escapeCell(note)}`),
    '',
  ].join('\n')
}

/** Untrusted text inside a Markdown table cell: no markup, no HTML, one line. */
function escapeCell(text: string): string {
  return printableLine(text, 400).replace(/[\\`*_{}[\]<>|]/g, (character) => `\\${character}`)
}
