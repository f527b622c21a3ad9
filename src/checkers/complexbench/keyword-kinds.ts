import { parseInteger } from '../../text/parse-int.ts'
import { isUntouchedByMapping, normalisePunctuation } from './punctuation.ts'
import { RuleError } from './rule-error.ts'
import { listed, quoted, type RuleKind, type RuleReading } from './rule-kind.ts'
import { bracketPart, listItems, twoBracketParts } from './rule-text.ts'
import { eachSegment, firstSegment, type SegmentTest } from './segment-test.ts'

const countEach = 'model_keyword_num_each'
const forbidEach = 'model_forbidden_word_each'

/** Rows 1 to 7 of the official dispatch: words that must or must not occur. */
export const keywordKinds: readonly RuleKind[] = [
  {
    id: 'model_keyword_each',
    marks: ['model_keyword_each'],
    onEmpty: false,
    isReadLate: true,
    read(rule) {
      const list = wordList(rule, 'model_keyword_each')
      return eachSegment(`contains ${listed(list)}`, mappedFor(list)(containsAll(list)))
    },
  },
  {
    id: 'model_keyword_num_each+model_forbidden_word_each',
    marks: [countEach, forbidEach],
    onEmpty: false,
    read(rule, reading) {
      const [counted, forbidden] = twoBracketParts(rule, countEach, forbidEach)
      const items = countingItems(counted, reading)
      const { expected, test } = wordCount(items)
      const words = countingItems(forbidden, reading)
      const containsOther = containsNone(words)
      return eachSegment(
        `${expected}, and none of ${listed(words)}`,
        reader(reading, [...items, ...words])((segment) => {
          const finding = test(segment)
          return finding.pass ? containsOther(segment) : finding
        }),
      )
    },
  },
  {
    id: countEach,
    marks: [countEach],
    onEmpty: false,
    read(rule, reading) {
      const part = bracketPart(rule, countEach, { acrossLines: true, error: 'AttributeError' })
      const items = countingItems(part, reading)
      const { expected, test } = wordCount(items)
      return eachSegment(expected, reader(reading, items)(test))
    },
  },
  {
    id: 'model_keyword_num',
    marks: ['model_keyword_num'],
    onEmpty: false,
    read(rule, reading) {
      const items = wordList(rule, 'model_keyword_num')
      const { expected, test } = wordCount(items)
      return firstSegment(expected, reader(reading, items)(test))
    },
  },
  {
    id: 'model_keyword',
    marks: ['model_keyword'],
    onEmpty: false,
    read(rule, reading) {
      const list = wordList(rule, 'model_keyword')
      return firstSegment(`contains ${listed(list)}`, reader(reading, list)(containsAll(list)))
    },
  },
  {
    id: forbidEach,
    marks: [forbidEach],
    onEmpty: true,
    read(rule) {
      const list = wordList(rule, forbidEach)
      return eachSegment(`contains none of ${listed(list)}`, mappedFor(list)(containsNone(list)))
    },
  },
  {
    id: 'model_forbidden_word',
    marks: ['model_forbidden_word'],
    onEmpty: true,
    read(rule, reading) {
      const list = wordList(rule, 'model_forbidden_word')
      return firstSegment(`contains none of ${listed(list)}`, reader(reading, list)(containsNone(list)))
    },
  },
]

/** The list of a rule `name:[...]` on one line, items trimmed. */
export function wordList(rule: string, name: string): string[] {
  return listItems(bracketPart(rule, name, { acrossLines: false }), { areTrimmed: true })
}

/** Passes where every word occurs. An empty word occurs everywhere. */
export function containsAll(list: readonly string[]): SegmentTest {
  return (segment) => {
    const missing = list.filter((word) => !segment.includes(word))
    return { pass: missing.length === 0, found: missing.length === 0 ? 'all of them' : `no ${listed(missing)}` }
  }
}

/** Passes where no word occurs. */
export function containsNone(list: readonly string[]): SegmentTest {
  return (segment) => {
    const present = list.filter((word) => segment.includes(word))
    return { pass: present.length === 0, found: present.length === 0 ? 'none of them' : listed(present) }
  }
}

/**
 * Maps the punctuation of a segment before a test for words, as is done with the words themselves. Where none of them
 * holds a mark that takes part in the mapping, the segment is left alone: the outcome is the same.
 */
export function mappedFor(words: readonly string[]): (test: SegmentTest) => SegmentTest {
  if (words.every(isUntouchedByMapping)) return (test) => test
  return (test) => (segment) => test(normalisePunctuation(segment))
}

// parity: these kinds map the punctuation of the rule's words, not that of the segment.
function reader(reading: RuleReading, words: readonly string[]): (test: SegmentTest) => SegmentTest {
  return reading === 'fixed' ? mappedFor(words) : (test) => test
}

// parity: the counting rules for several passages keep white space around their items.
function countingItems(part: string, reading: RuleReading): string[] {
  return listItems(part, { areTrimmed: reading === 'fixed' })
}

function wordCount(items: readonly string[]): { expected: string; test: SegmentTest } {
  const low = integer(items, 0)
  const high = integer(items, 1)
  const list = items.slice(2)
  return {
    expected: `${low} to ${high} of ${listed(list)}`,
    test: (segment) => {
      // Entries are counted, not occurrences: an entry that is listed twice counts twice.
      const present = list.filter((word) => segment.includes(word))
      const pass = low <= present.length && present.length <= high
      return {
        pass,
        found: `${present.length}${present.length > 0 ? `: ${listed(present)}` : ` in ${quoted(segment)}`}`,
      }
    },
  }
}

function integer(items: readonly string[], index: number): number {
  const item = items[index]
  if (item === undefined) throw new RuleError('IndexError', `Expected two integers in the list, got ${listed(items)}`)
  const value = parseInteger(item)
  if (value === null) throw new RuleError('ValueError', `Expected an integer in the list, got ${JSON.stringify(item)}`)
  return value
}
