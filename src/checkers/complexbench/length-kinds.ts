import { codePointLength } from '../../text/code-points.ts'
import { splitWhiteSpace } from '../../text/split.ts'
import type { RuleCheck, RuleKind } from './rule-kind.ts'
import { type Bounds, bracketPart, readBounds } from './rule-text.ts'
import { eachSegment, firstSegment, type SegmentTest } from './segment-test.ts'
import { unquote } from './unquote.ts'

/** A way to measure a segment: code points of everything, or parts between white space. */
export interface Measure {
  readonly unit: string
  of(segment: string): number
}

const surrogate = /[\ud800-\udfff]/
const countCharacters = (segment: string) => (surrogate.test(segment) ? codePointLength(segment) : segment.length)

export const inCharacters: Measure = { unit: 'characters', of: countCharacters }
export const inWords: Measure = { unit: 'words', of: (segment) => splitWhiteSpace(segment).length }

/** Rows 8 to 12 of the official dispatch: bounds on numbers of passages, characters and words. */
export const lengthKinds: readonly RuleKind[] = [
  {
    id: 'model_number_each',
    marks: ['model_number_each'],
    onEmpty: false,
    read(rule) {
      const bounds = boundsOf(rule, 'model_number_each', false)
      const run = ({ length }: readonly string[]) => ({ pass: bounds.includes(length), found: `${length} passages` })
      return { expected: `${bounds.text} passages`, flaw: bounds.flaw, run }
    },
  },
  {
    id: 'model_length_each',
    marks: ['model_length_each'],
    onEmpty: false,
    read: (rule) => plainFirst(rule, 'model_length_each', inCharacters, eachSegment),
  },
  {
    id: 'model_length_word_each',
    marks: ['model_length_word_each'],
    onEmpty: false,
    read: (rule) => plainFirst(rule, 'model_length_word_each', inWords, eachSegment),
  },
  {
    id: 'model_length_word',
    marks: ['model_length_word'],
    onEmpty: false,
    read: (rule) => plainFirst(rule, 'model_length_word', inWords, firstSegment),
  },
  {
    id: 'model_length',
    marks: ['model_length:'],
    onEmpty: false,
    read(rule) {
      const bounds = boundsOf(rule, 'model_length', false)
      const test = within(bounds, inCharacters)
      const check = firstSegment(`${bounds.text} characters`, (segment) => {
        const unquoted = unquote(segment)
        const finding = test(unquoted)
        return finding.pass || unquoted === segment ? finding : test(segment)
      })
      return { ...check, flaw: bounds.flaw }
    },
  },
]

/** The bounds of a rule `name:[low,high]`. */
export function boundsOf(rule: string, name: string, acrossLines: boolean): Bounds {
  return readBounds(bracketPart(rule, name, { acrossLines }))
}

/** Passes where the measure of a segment lies within the bounds. */
export function within(bounds: Bounds, { unit, of }: Measure): SegmentTest {
  return (segment) => {
    const count = of(segment)
    return { pass: bounds.includes(count), found: `${count} ${unit}` }
  }
}

function plainFirst(rule: string, name: string, measure: Measure, over: typeof firstSegment): RuleCheck {
  const bounds = boundsOf(rule, name, false)
  const test = within(bounds, measure)
  const check = over(`${bounds.text} ${measure.unit}`, (segment) => {
    const finding = test(segment)
    if (finding.pass) return finding
    const unquoted = test(unquote(segment))
    return unquoted.pass ? unquoted : finding
  })
  return { ...check, flaw: bounds.flaw }
}
