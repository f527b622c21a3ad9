import { countWords } from '../../text/count-words.ts'
import { ANY, W } from '../../text/regex-classes.ts'
import { splitWhiteSpace } from '../../text/split.ts'
import { isWhiteSpace } from '../../text/white-space.ts'
import { type Condition, cumulative, met } from './_levels.ts'
import type { RuleMaker } from './rule.ts'

const shortest = 10
const longest = 15

/** Five bold numbered keywords in sentences of limited length. English only. Needs no target. */
export const format30: RuleMaker = ({ level }) => cumulative<string>(conditions, level, (text) => text)

// parity: the order of the conditions is upstream's, which is not the order in which the instruction adds them.
const conditions: readonly Condition<string>[] = [
  { expected: 'two asterisks in a row', check: (text) => (text.includes('**') ? met : 'none') },
  {
    expected: 'exactly five bold numbered keywords with a colon',
    check: (text) => {
      const found = countKeywords(text)
      return found === 5 ? met : `${found}`
    },
  },
  {
    expected: 'one full stop at most in a piece that contains a list number',
    check: (text) => {
      const stray = piecesOf(text).find((piece) => /[1-5]\./.test(piece) && countStops(piece) > 1)
      return stray === undefined ? met : `${countStops(stray)} full stops`
    },
  },
  {
    expected: `${shortest} to ${longest} words in every piece`,
    check: (text) => {
      const stray = piecesOf(text)
        .map(countWords)
        .find((words) => words < shortest || words > longest)
      return stray === undefined ? met : `one of ${stray}`
    },
  },
  {
    expected: 'no word that ends in -ly with its hyphen',
    check: (text) => splitWhiteSpace(text).find((word) => word.endsWith('-ly')) ?? met,
  },
]

const abbreviation = new RegExp(`(?:${W}\\.${W}${ANY}|[A-Z][a-z]\\.)$`, 'u')
/** UTF-16 units that the longest form of {@link abbreviation} may take, and more. */
const abbreviationWindow = 8

/**
 * Cuts a text at each white-space character after a full stop or a question mark, but for forms such as `e.g.` and `Mr.`
 * before it.
 *
 * parity: exactly one white-space character is taken, so that more of them stay in the next piece or make an empty one.
 */
function piecesOf(text: string): string[] {
  const pieces: string[] = []
  let start = 0
  for (let at = 1; at < text.length; at += 1) {
    if (!isWhiteSpace(text.charCodeAt(at))) continue
    const before = text.charCodeAt(at - 1)
    if (before !== 46 && before !== 63) continue
    if (abbreviation.test(text.slice(Math.max(0, at - abbreviationWindow), at))) continue
    pieces.push(text.slice(start, at))
    start = at + 1
  }
  pieces.push(text.slice(start))
  return pieces
}

function countStops(text: string): number {
  let stops = 0
  for (let at = text.indexOf('.'); at !== -1; at = text.indexOf('.', at + 1)) stops += 1
  return stops
}

const keyword = /\*\*\p{Nd}([^\n])/uy

/**
 * Number of non-overlapping places with two asterisks, a decimal digit, then as little as possible of one line (one
 * character at least) up to a colon. Walks the text once: the plain expression takes quadratic time on a long line
 * without a colon.
 */
function countKeywords(text: string): number {
  let count = 0
  let colon = -1
  let lineEnd = -1
  for (let at = text.indexOf('**'); at !== -1; ) {
    keyword.lastIndex = at
    if (keyword.test(text)) {
      const from = keyword.lastIndex
      if (colon < from) colon = indexOrEnd(text, ':', from)
      if (lineEnd < from) lineEnd = indexOrEnd(text, '\n', from)
      if (colon < lineEnd) {
        count += 1
        at = text.indexOf('**', colon + 1)
        continue
      }
    }
    at = text.indexOf('**', at + 1)
  }
  return count
}

function indexOrEnd(text: string, character: string, from: number): number {
  const index = text.indexOf(character, from)
  return index === -1 ? Number.POSITIVE_INFINITY : index
}
