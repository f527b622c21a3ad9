/** Faults of a LaTeX table that would stop TeX or shift columns; empty when there are none. */
export function latexFaults(text: string): string[] {
  const faults: string[] = []
  const lines = text.split('\n').filter((line) => !line.startsWith('% '))
  const body = lines.join('\n')
  let depth = 0
  let dollars = 0
  for (let index = 0; index < body.length; index++) {
    const character = body[index]!
    if (character === '\\') {
      index += 1
      continue
    }
    if (character === '{') depth += 1
    if (character === '}') depth -= 1
    if (depth < 0) faults.push(`a brace closes nothing at ${index}`)
    if (character === '$') dollars += 1
    const inMath = dollars % 2 === 1
    if (character === '%' || character === '#' || character === '~') faults.push(`unescaped ${character} at ${index}`)
    if ((character === '^' || character === '_') && !inMath) faults.push(`unescaped ${character} at ${index}`)
    if (character > '~' && !/[À-ÿ]/.test(character)) faults.push(`a character that the default fonts lack at ${index}`)
    if (character < ' ' && character !== '\n') faults.push(`a control character at ${index}`)
  }
  if (depth !== 0) faults.push(`${depth} braces are open at the end`)
  if (dollars % 2 === 1) faults.push('math is open at the end')
  const environments: string[] = []
  for (const [, kind, name] of body.matchAll(/\\(begin|end)\{([a-z]+\*?)\}/g)) {
    if (kind === 'begin') environments.push(name!)
    else if (environments.pop() !== name) faults.push(`\\end{${name}} closes nothing`)
  }
  if (environments.length > 0) faults.push(`${environments.join(', ')} is open at the end`)
  return [...faults, ...columnFaults(lines)]
}

function columnFaults(lines: readonly string[]): string[] {
  const start = lines.findIndex((line) => line.startsWith('\\begin{tabular}'))
  const end = lines.indexOf('\\end{tabular}')
  if (start === -1 || end < start) return ['no tabular']
  const wanted = /\{(l[r]*)\}$/.exec(lines[start]!)?.[1]?.length ?? 0
  const rows = lines.slice(start + 1, end).filter((line) => !/^\\(top|mid|bottom|cmid)rule/.test(line))
  return rows.flatMap((row) => {
    const found = columnsOf(row)
    const faults = found === wanted ? [] : [`${found} columns for ${wanted}: ${row}`]
    return row.endsWith(' \\\\') ? faults : [...faults, `no line end: ${row}`]
  })
}

/** Columns that a row covers: unescaped ampersands, and what `\multicolumn` spans. */
export function columnsOf(row: string): number {
  const separators = [...row.matchAll(/(?<!\\)&/g)].length
  const spans = [...row.matchAll(/\\multicolumn\{(\d+)\}/g)].reduce((sum, [, size]) => sum + Number(size) - 1, 0)
  return separators + 1 + spans
}
