import { wordList } from './keyword-kinds.ts'
import { normalisePunctuation } from './punctuation.ts'
import { quoted, quotedEnd, type RuleKind } from './rule-kind.ts'
import { textPart, twoTextParts } from './rule-text.ts'
import { eachSegment, firstSegment, type SegmentTest, testEach } from './segment-test.ts'
import { unquote } from './unquote.ts'

/** Rows 13 to 18 of the official dispatch: how passages begin and end. */
export const affixKinds: readonly RuleKind[] = [
  {
    id: 'model_startswith_each',
    marks: ['model_startswith_each'],
    onEmpty: false,
    read: (rule) => begins(rule, 'model_startswith_each', eachSegment),
  },
  {
    id: 'model_starts_with_list_each',
    marks: ['model_starts_with_list_each'],
    onEmpty: false,
    read(rule) {
      const items = wordList(rule, 'model_starts_with_list_each')
      return {
        expected: `${items.length} passages that begin with ${items.map(quoted).join(', ')} in this order`,
        run: (segments) =>
          segments.length === items.length
            ? testEach(segments, (segment, index) => beginning(segment, items[index]!))
            : { pass: false, found: `${segments.length} passages` },
      }
    },
  },
  {
    id: 'model_startswith+model_endswith',
    marks: ['model_startswith', 'model_endswith'],
    onEmpty: false,
    read: (rule) => firstSegment(...bothEnds(rule, 'model_startswith', 'model_endswith')),
  },
  {
    id: 'model_startswith',
    marks: ['model_startswith'],
    onEmpty: false,
    read: (rule) => begins(rule, 'model_startswith', firstSegment),
  },
  {
    id: 'model_endswith_each',
    marks: ['model_endswith_each'],
    onEmpty: false,
    read(rule, reading) {
      const text = normalisePunctuation(textPart(rule, 'model_endswith_each'))
      const check = eachSegment(`ends with ${quoted(text)}`, (segment) => {
        const unquoted = unquote(segment)
        const finding = ending(segment, text)
        return finding.pass ? finding : ending(unquoted, text)
      })
      // parity: the last of several passages is not looked at.
      const looked = (segments: readonly string[]) =>
        reading === 'official' && segments.length > 1 ? segments.slice(0, -1) : segments
      return { ...check, run: (segments) => check.run(looked(segments)) }
    },
  },
  {
    id: 'model_endswith',
    marks: ['model_endswith'],
    onEmpty: false,
    read: (rule) => ends(rule, 'model_endswith', firstSegment),
  },
]

/** Rows 21 to 23: how passages must not begin or end. */
export const forbiddenAffixKinds: readonly RuleKind[] = [
  {
    id: 'model_not_startswith',
    marks: ['model_not_startswith'],
    onEmpty: true,
    read(rule) {
      const text = normalisePunctuation(textPart(rule, 'model_not_startswith'))
      return firstSegment(`does not begin with ${quoted(text)}`, (segment) => opposite(beginning(segment, text)))
    },
  },
  {
    id: 'model_not_endswith_each',
    marks: ['model_not_endswith_each'],
    onEmpty: true,
    read(rule) {
      const text = normalisePunctuation(textPart(rule, 'model_not_endswith_each'))
      return eachSegment(`does not end with ${quoted(text)}`, (segment) => opposite(ending(segment, text)))
    },
  },
  {
    id: 'model_not_endswith',
    marks: ['model_not_endswith'],
    onEmpty: true,
    read(rule) {
      const text = normalisePunctuation(textPart(rule, 'model_not_endswith'))
      return firstSegment(`does not end with ${quoted(text)}`, (segment) => opposite(ending(segment, text)))
    },
  },
]

/** A rule `name:text` about beginnings. */
export function begins(rule: string, name: string, over: typeof firstSegment) {
  const text = normalisePunctuation(textPart(rule, name))
  return over(`begins with ${quoted(text)}`, (segment) => beginning(segment, text))
}

/** A rule `name:text` about endings. */
export function ends(rule: string, name: string, over: typeof firstSegment) {
  const text = normalisePunctuation(textPart(rule, name))
  return over(`ends with ${quoted(text)}`, (segment) => ending(segment, text))
}

/** A rule of two lines, `first:A` and `second:B`: begins with A and ends with B. */
export function bothEnds(rule: string, first: string, second: string): [expected: string, test: SegmentTest] {
  const [start, end] = twoTextParts(rule, first, second).map(normalisePunctuation) as [string, string]
  return [
    `begins with ${quoted(start)} and ends with ${quoted(end)}`,
    (segment) => {
      const finding = beginning(segment, start)
      return finding.pass ? ending(segment, end) : finding
    },
  ]
}

/** Whether a segment, its punctuation mapped, begins with a text. */
export function beginning(segment: string, text: string) {
  // The mapping keeps lengths, so that only the part in question needs it.
  const pass = normalisePunctuation(segment.slice(0, text.length)) === text
  return { pass, found: `begins ${quoted(segment)}` }
}

/**
 * Whether a segment, its punctuation mapped, ends with a text, or with the text and a full stop or question mark. An
 * exclamation mark after the text does not count.
 */
export function ending(segment: string, text: string) {
  const mapped = normalisePunctuation(segment.slice(Math.max(0, segment.length - text.length - 1)))
  const pass = mapped.endsWith(text) || mapped === `${text}。` || mapped === `${text}？`
  return { pass, found: `ends ${quotedEnd(segment)}` }
}

/** The finding of a test that must fail. */
export function opposite({ pass, found }: { readonly pass: boolean; readonly found: string }) {
  return { pass: !pass, found }
}
