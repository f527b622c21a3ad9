import { captionOf, columnGroups, type Grid, type GridCell, type GridRow, rowGroups } from './grid.ts'
import { latexText } from './latex-text.ts'

/**
 * A `table*` environment for a paper: needs `\usepackage{booktabs}` and nothing else. Best values bold, second ones
 * underlined; title and methods become the caption, notes the footnotes.
 * @param label name for `\ref`: letters, digits, colons and hyphens
 */
export function renderLatex(grid: Grid, label = 'tab:instruction-following'): string {
  const { columns, rows, notes } = grid
  const width = columns.length + 1
  const groups = rowGroups(rows)
  const body = groups.flatMap(({ name, rows: members }, index) => [
    ...(index > 0 && (name !== null || groups[index - 1]!.name !== null) ? ['\\midrule'] : []),
    ...(name === null ? [] : [`\\multicolumn{${width}}{l}{\\textit{${latexText(name)}}} \\\\`]),
    ...members.map(rowLine),
  ])
  return `${[
    '% Needs \\usepackage{booktabs}.',
    '\\begin{table*}[t]',
    '\\centering',
    '\\small',
    '\\setlength{\\tabcolsep}{4pt}',
    `\\caption{${latexText(captionOf(grid))}}`,
    `\\label{${label.replace(/[^A-Za-z0-9:-]/g, '-')}}`,
    `\\begin{tabular}{l${'r'.repeat(columns.length)}}`,
    '\\toprule',
    ...header(grid),
    '\\midrule',
    ...body,
    '\\bottomrule',
    '\\end{tabular}',
    ...(notes.length > 0 ? footnotes(notes) : []),
    '\\end{table*}',
  ].join('\n')}\n`
}

function header({ stub, columns }: Grid): string[] {
  const lines: string[] = []
  const groups = columnGroups(columns)
  if (groups.some(({ name }) => name !== null)) {
    lines.push(
      ` & ${groups.map(({ name, size }) => `\\multicolumn{${size}}{c}{${latexText(name ?? '')}}`).join(' & ')} \\\\`,
    )
    let start = 2
    const rules = groups.map(({ size }) => {
      const rule = `\\cmidrule(lr){${start}-${start + size - 1}}`
      start += size
      return rule
    })
    lines.push(rules.join(' '))
  }
  const depth = Math.max(1, ...columns.map(({ lines: own }) => own.length))
  for (let line = 0; line < depth; line++) {
    const cells = columns.map(({ lines: own }) => latexText(own[line] ?? ''))
    lines.push(`${[line === depth - 1 ? latexText(stub) : '', ...cells].join(' & ')} \\\\`)
  }
  return lines
}

function rowLine({ name, marks, cells, isPublished }: GridRow): string {
  const text = `${latexText(name)}${superscript(marks.join(','))}`
  return `${[isPublished ? `\\textit{${text}}` : text, ...cells.map(cellLatex)].join(' & ')} \\\\`
}

function cellLatex(cell: GridCell | null): string {
  if (!cell) return '\\textendash{}'
  const { value, interval, marks, significance, rank } = cell
  const text = latexText(value)
  const ranked = rank === 'best' ? `\\textbf{${text}}` : rank === 'second' ? `\\underline{${text}}` : text
  const spread = interval === '' ? '' : ` {\\scriptsize ${latexText(interval)}}`
  return `${ranked}${superscript([significance, ...marks].filter(Boolean).join(','))}${spread}`
}

function superscript(text: string): string {
  return text === '' ? '' : `\\textsuperscript{${latexText(text)}}`
}

function footnotes(notes: readonly string[]): string[] {
  return [
    '',
    '\\smallskip',
    '\\begin{minipage}{\\linewidth}\\footnotesize\\raggedright',
    ...notes.map((note) => `${latexText(note)}\\par`),
    '\\end{minipage}',
  ]
}
