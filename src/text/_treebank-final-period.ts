import { isWhiteSpace } from './white-space.ts'

const firstClosing = `])}>"'»”’ `
const secondClosing = `])}>"'`

/**
 * Sets the final full stop of a sentence apart, with its closing marks: the two rules of NLTK that are anchored at the
 * end. Done by hand, because as a regular expression either takes quadratic time on runs of blanks.
 * @param isFirst the first rule lets curly quotes and spaces stand among the closing marks and spaces both groups
 */
export function spaceFinalPeriod(text: string, isFirst: boolean): string {
  const closing = isFirst ? firstClosing : secondClosing
  let start = text.length
  while (start > 0 && isWhiteSpace(text.charCodeAt(start - 1))) start -= 1
  while (start > 0 && closing.includes(text[start - 1]!)) start -= 1
  const dot = start - 1
  if (dot < 1 || text[dot] !== '.' || text[dot - 1] === '.') return text
  let end = start
  while (end < text.length && closing.includes(text[end]!)) end += 1
  const marks = text.slice(start, end)
  return isFirst ? `${text.slice(0, dot)} . ${marks} ` : `${text.slice(0, dot)} .${marks} `
}
