import { countWords } from '../../text/count-words.ts'
import { splitWhiteSpace } from '../../text/split.ts'
import { countBoldKeywords } from './_bold-keywords.ts'
import { type Condition, cumulative, met } from './_levels.ts'
import { sentencePieces } from './_sentence-pieces.ts'
import type { RuleMaker } from './rule.ts'

const shortest = 10
const longest = 15

/** Five bold numbered keywords in sentences of limited length. English only. Needs no target. */
export const format30: RuleMaker = ({ level }) => cumulative(conditions, level)

// parity: the order of the conditions is upstream's, which is not the order in which the instruction adds them.
const conditions: readonly Condition<string>[] = [
  { expected: 'two asterisks in a row', check: (text) => (text.includes('**') ? met : 'none') },
  {
    expected: 'exactly five bold numbered keywords with a colon',
    check: (text) => {
      const found = countBoldKeywords(text)
      return found === 5 ? met : `${found}`
    },
  },
  {
    expected: 'one full stop at most in a piece that contains a list number',
    check: (text) => {
      const stray = sentencePieces(text).find((piece) => /[1-5]\./.test(piece) && countStops(piece) > 1)
      return stray === undefined ? met : `${countStops(stray)} full stops`
    },
  },
  {
    expected: `${shortest} to ${longest} words in every piece`,
    check: (text) => {
      const stray = sentencePieces(text)
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

function countStops(text: string): number {
  let stops = 0
  for (let at = text.indexOf('.'); at !== -1; at = text.indexOf('.', at + 1)) stops += 1
  return stops
}
