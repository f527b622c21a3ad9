import { wordList } from './keyword-kinds.ts'
import { forbiddenMarks } from './punctuation.ts'
import type { RuleKind } from './rule-kind.ts'
import { eachSegment, firstSegment, type SegmentTest } from './segment-test.ts'
import { unquote } from './unquote.ts'

/** Rows 19 and 20 of the official dispatch: which punctuation marks may occur. */
export const punctuationKinds: readonly RuleKind[] = [
  {
    id: 'model_constraint_punc_each',
    marks: ['model_constraint_punc_each'],
    onEmpty: false,
    read(rule) {
      const [expected, test] = onlyMarks(rule, 'model_constraint_punc_each', true)
      return eachSegment(expected, (segment) => {
        const unquoted = unquote(segment)
        const finding = test(segment)
        return finding.pass || unquoted === segment ? finding : test(unquoted)
      })
    },
  },
  {
    id: 'model_constraint_punc',
    marks: ['model_constraint_punc'],
    onEmpty: false,
    read(rule, reading) {
      // parity: the segment's ASCII full stops, commas and so on are invisible, since they are not mapped here.
      const [expected, test] = onlyMarks(rule, 'model_constraint_punc', reading === 'fixed')
      return firstSegment(expected, (segment) => test(unquote(segment)))
    },
  },
]

/**
 * A rule `name:[marks]`: of the marks that the test knows, no others may occur.
 * @param isMapped true to look at segments after the mapping of punctuation
 */
export function onlyMarks(rule: string, name: string, isMapped: boolean): [expected: string, test: SegmentTest] {
  const list = wordList(rule, name)
  const allowed = new Set(list)
  return [
    `no punctuation but ${list.join(' ') || 'none'}`,
    (segment) => {
      const others = forbiddenMarks(segment, allowed, isMapped)
      return { pass: others.length === 0, found: others.length === 0 ? 'no other marks' : others.join(' ') }
    },
  ]
}
