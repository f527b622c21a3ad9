import { columnGroups, emptyCell, type Grid, type GridCell, type GridRow, rowGroups } from '../grid/grid.ts'
import { html, type Markup } from './markup.ts'

/** A table with caption, header scopes and notes; wide ones scroll inside their own region. */
export function renderGrid({ title, stub, columns, rows, methods, notes }: Grid): Markup {
  const groups = columnGroups(columns)
  const hasGroups = groups.some(({ name }) => name !== null)
  return html`<div class="scroll" role="region" aria-label="${title}" tabindex="0"><table>
<caption>${title}</caption>
<thead>${
    hasGroups
      ? html`<tr><td></td>${groups.map(({ name, size }) => html`<th scope="colgroup" colspan="${size}">${name ?? ''}</th>`)}</tr>`
      : null
  }<tr><th scope="col">${stub}</th>${columns.map(
    ({ lines }) => html`<th scope="col">${lines.map((line) => html`<span class="line">${line}</span> `)}</th>`,
  )}</tr></thead>
${rowGroups(rows).map(
  ({ name, rows: members }) =>
    html`<tbody>${
      name === null
        ? null
        : html`<tr class="group"><th scope="rowgroup" colspan="${columns.length + 1}">${name}</th></tr>`
    }${members.map(row)}</tbody>`,
)}</table></div>${noteList([...methods, ...notes])}`
}

/** Notes under a table; nothing for none. */
export function noteList(notes: readonly string[]): Markup | null {
  return notes.length === 0 ? null : html`<ul class="notes">${notes.map((note) => html`<li>${note}</li>`)}</ul>`
}

function row({ name, marks, isPublished, cells }: GridRow): Markup {
  return html`<tr class="${isPublished ? 'published' : ''}"><th scope="row">${name}${markText(marks)}</th>${cells.map(cell)}</tr>`
}

function cell(content: GridCell | null): Markup {
  if (!content) return html`<td>${emptyCell}</td>`
  const { value, interval, marks, significance, rank } = content
  const figure =
    rank === 'best'
      ? html`<strong title="best">${value}</strong>`
      : rank === 'second'
        ? html`<u title="second best">${value}</u>`
        : html`${value}`
  return html`<td>${figure}${interval === '' ? null : html` <span class="interval">${interval}</span>`}${
    significance === '' ? null : html`<sup>${significance}</sup>`
  }${markText(marks)}</td>`
}

function markText(marks: readonly string[]): Markup | null {
  return marks.length === 0 ? null : html` <sup>(${marks.join(',')})</sup>`
}
