import { notWordStart } from './_punkt-characters.ts'
import { isWhiteSpace } from './white-space.ts'

const DASH = 0x2d
const DOT = 0x2e
const COMMA = 0x2c

/** Cuts a context into Punkt tokens: by line, and in each line by the first alternative that fits. */
export function punktWords(context: string, marks: Uint8Array): string[] {
  const words: string[] = []
  let position = 0
  while (position < context.length) {
    const feed = context.indexOf('\n', position)
    const end = feed < 0 ? context.length : feed
    while (position < end) {
      if (isWhiteSpace(context.charCodeAt(position))) position += 1
      else {
        const next = wordEnd(context, position, end, marks)
        words.push(context.slice(position, next))
        position = next
      }
    }
    position = end + 1
  }
  return words
}

function wordEnd(text: string, start: number, end: number, marks: Uint8Array): number {
  const multiple = multipleEnd(text, start, end)
  if (multiple > 0) return multiple
  const first = text.charCodeAt(start)
  const width = first >= 0xd800 && first < 0xdc00 && start + 1 < end ? text.codePointAt(start)! : first
  const afterFirst = start + (width > 0xffff ? 2 : 1)
  if (notWordStart[first] === 1) return afterFirst
  let index = afterFirst
  while (index < end && !stopsWord(text, index, end, marks)) index += 1
  return index
}

/** True where a word must stop: white space, a mark, a run of dashes or dots, or a comma before one of these. */
function stopsWord(text: string, index: number, end: number, marks: Uint8Array): boolean {
  if (stopsPlainly(text, index, end, marks)) return true
  return text.charCodeAt(index) === COMMA && stopsPlainly(text, index + 1, end, marks)
}

function stopsPlainly(text: string, index: number, end: number, marks: Uint8Array): boolean {
  if (index >= end) return true
  const unit = text.charCodeAt(index)
  return (
    isWhiteSpace(unit) || marks[unit] === 1 || ((unit === DASH || unit === DOT) && multipleEnd(text, index, end) > 0)
  )
}

/** End of `--`, `..` or `. . .` and longer at `start`; 0 if there is none. */
function multipleEnd(text: string, start: number, end: number): number {
  const unit = text.charCodeAt(start)
  if (unit !== DASH && unit !== DOT) return 0
  let index = start + 1
  while (index < end && text.charCodeAt(index) === unit) index += 1
  if (index - start >= 2) return index
  if (unit === DASH) return 0
  let spaced = start
  let pairs = 0
  while (spaced + 2 < end && isWhiteSpace(text.charCodeAt(spaced + 1)) && text.charCodeAt(spaced + 2) === DOT) {
    spaced += 2
    pairs += 1
  }
  return pairs >= 2 ? spaced + 1 : 0
}
