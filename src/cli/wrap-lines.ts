import stringWidth from 'string-width'

const indent = '  '
/** Rows of a table are as wide as they have to be. */
const tableRow = /^[\u2500-\u257f]/

/** Breaks lines that are wider than a terminal between words; what follows a break is indented. Tables stay. */
export function wrapLines(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) => (tableRow.test(line) || stringWidth(line) <= width ? line : wrapLine(line, width)))
    .join('\n')
}

function wrapLine(line: string, width: number): string {
  const start = /^ */.exec(line)![0]
  const lines: string[] = []
  let current = start
  let isEmpty = true
  for (const word of line.slice(start.length).split(' ')) {
    const longer = isEmpty ? current + word : `${current} ${word}`
    if (!isEmpty && stringWidth(longer) > width) {
      lines.push(current)
      current = start + indent + word
    } else current = longer
    isEmpty = false
  }
  return [...lines, current].join('\n')
}
