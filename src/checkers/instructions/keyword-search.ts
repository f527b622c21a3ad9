import { foldForSearch } from '../../text/ignore-case.ts'
import { literalPattern } from '../../text/literal-pattern.ts'
import { compilePythonPattern } from '../../text/python-pattern.ts'
import { BOUNDARY } from '../../text/regex-classes.ts'
import { isWordAt, isWordBefore } from '../../text/word-boundary.ts'
import type { TextView } from './text-view.ts'

/** Finds a keyword without regard to case. */
export interface KeywordSearch {
  test(view: TextView): boolean
  /** Number of matches that do not overlap. */
  count(view: TextView): number
}

/** Which word boundaries the ends of a match must meet. */
type Ends = 'anywhere' | 'boundaries' | 'whole-word'

const patternSign = /[\\^$.|?*+()[\]{}]/
const isAscii = /^[\x20-\x7e]+$/

/**
 * Upstream's search: `re.search(keyword, text, re.IGNORECASE)`, with the keyword as a pattern.
 * @param between whether both ends must be at `\b`
 * @throws PatternError for a keyword that is no supported Python pattern
 */
export function patternSearch(keyword: string, { between = false } = {}): KeywordSearch {
  const ends = between ? 'boundaries' : 'anywhere'
  // parity: keywords enter the pattern unescaped; only plain text can be searched as text
  if (!patternSign.test(keyword) && keyword !== '') return literalSearch(keyword, ends)
  const pattern = compilePythonPattern(between ? `\\b${keyword}\\b` : keyword, { ignoreCase: true })
  return { test: ({ text }) => pattern.test(text), count: ({ text }) => pattern.count(text) }
}

/** The repaired search: the keyword literally, and not inside of a longer word. */
export function wholeWordSearch(keyword: string): KeywordSearch {
  return literalSearch(keyword, 'whole-word')
}

function literalSearch(keyword: string, ends: Ends): KeywordSearch {
  if (isAscii.test(keyword)) return foldedSearch(foldForSearch(keyword), ends)
  const literal = literalPattern(keyword, { ignoreCase: true })
  const source = ends === 'boundaries' ? `${BOUNDARY}${literal}${BOUNDARY}` : literal
  const once = new RegExp(source, 'u')
  const each = new RegExp(source, 'gu')
  if (ends !== 'whole-word') {
    return { test: ({ text }) => once.test(text), count: ({ text }) => text.match(each)?.length ?? 0 }
  }
  const count = ({ text }: TextView): number => {
    let found = 0
    for (const match of text.matchAll(each)) if (isWhole(text, match.index, match.index + match[0].length)) found += 1
    return found
  }
  return { test: (view) => count(view) > 0, count }
}

/** Searches in the folded text: an order of magnitude faster than a pattern with both cases of every letter. */
function foldedSearch(keyword: string, ends: Ends): KeywordSearch {
  const isMatch = endTests[ends]
  const next = (view: TextView, from: number): number => {
    const { folded, text } = view
    let at = folded.indexOf(keyword, from)
    while (at >= 0 && !isMatch(text, at, at + keyword.length)) at = folded.indexOf(keyword, at + 1)
    return at
  }
  return {
    test: (view) => next(view, 0) >= 0,
    count(view) {
      let count = 0
      for (let at = next(view, 0); at >= 0; at = next(view, at + keyword.length)) count += 1
      return count
    },
  }
}

const endTests: Readonly<Record<Ends, (text: string, start: number, end: number) => boolean>> = {
  anywhere: () => true,
  boundaries: (text, start, end) =>
    isWordBefore(text, start) !== isWordAt(text, start) && isWordBefore(text, end) !== isWordAt(text, end),
  'whole-word': isWhole,
}

function isWhole(text: string, start: number, end: number): boolean {
  return !(isWordBefore(text, start) && isWordAt(text, start)) && !(isWordBefore(text, end) && isWordAt(text, end))
}
