import { strip } from '../../text/strip.ts'
import { begins, bothEnds, ending, ends, opposite } from './affix-kinds.ts'
import { checkJson } from './json-object.ts'
import { containsAll, containsNone, mappedFor, wordList } from './keyword-kinds.ts'
import { boundsOf, inCharacters, inWords, type Measure, within } from './length-kinds.ts'
import { normalisePunctuation } from './punctuation.ts'
import { onlyMarks } from './punctuation-kinds.ts'
import { readPythonList } from './python-list.ts'
import { listed, quoted, type RuleKind } from './rule-kind.ts'
import { bracketPart, lineTextPart, textPart } from './rule-text.ts'
import { firstSegment, type SegmentTest } from './segment-test.ts'

/**
 * Rows a to l of the official dispatch: rules without `model` and `each` in their text. All of them see the one segment
 * that they get with its punctuation mapped, but for `Json`; where the mapping makes no difference it is left out.
 */
export const plainKinds: readonly RuleKind[] = [
  {
    id: 'keyword+forbidden_word',
    marks: ['keyword', 'forbidden_word'],
    onEmpty: false,
    // parity: each list must end the text, so that no rule of this form can hold.
    read(rule) {
      const wanted = wordList(rule, 'keyword')
      const unwanted = wordList(rule, 'forbidden_word')
      const hasWanted = containsAll(wanted)
      const hasUnwanted = containsNone(unwanted)
      const mapped = mappedFor([...wanted, ...unwanted])
      const test: SegmentTest = (segment) => {
        const finding = hasWanted(segment)
        return finding.pass ? hasUnwanted(segment) : finding
      }
      return plain(`contains ${listed(wanted)} and none of ${listed(unwanted)}`, mapped(test))
    },
  },
  {
    id: 'keyword',
    marks: ['keyword'],
    not: 'keyword_num',
    onEmpty: false,
    read(rule) {
      const list = wordList(rule, 'keyword')
      return plain(`contains ${listed(list)}`, mappedFor(list)(containsAll(list)))
    },
  },
  {
    id: 'match',
    marks: ['match'],
    onEmpty: false,
    read(rule, reading) {
      const raw = lineTextPart(rule, 'match')
      // parity: the segment's punctuation is mapped and the rule's is not, so that ASCII marks in it cannot match.
      const text = reading === 'fixed' ? normalisePunctuation(raw) : raw
      return plain(`is ${quoted(text)}`, (segment) => {
        // One character more than the text may follow it; longer segments need no mapping to be told apart.
        const start = normalisePunctuation(segment.slice(0, text.length + 2))
        return { pass: start === text || start === `${text}。` || start === `${text}.`, found: quoted(segment) }
      })
    },
  },
  {
    id: 'constraint_punc',
    marks: ['constraint_punc'],
    onEmpty: false,
    read: (rule) => plain(...onlyMarks(rule, 'constraint_punc', true)),
  },
  {
    id: 'forbidden_word',
    marks: ['forbidden_word'],
    onEmpty: true,
    read(rule) {
      const list = wordList(rule, 'forbidden_word')
      return plain(`contains none of ${listed(list)}`, mappedFor(list)(containsNone(list)))
    },
  },
  {
    id: 'startswith+endswith',
    marks: ['startswith', 'endswith'],
    onEmpty: false,
    read: (rule) => plain(...bothEnds(rule, 'startswith', 'endswith')),
  },
  {
    id: 'startswith',
    marks: ['startswith'],
    onEmpty: false,
    read: (rule) => begins(rule, 'startswith', firstSegment),
  },
  {
    id: 'not endswith',
    marks: ['not endswith'],
    onEmpty: true,
    read(rule) {
      const text = normalisePunctuation(textPart(rule, 'not endswith'))
      return plain(`does not end with ${quoted(text)}`, (segment) => opposite(ending(segment, text)))
    },
  },
  { id: 'endswith', marks: ['endswith'], onEmpty: false, read: (rule) => ends(rule, 'endswith', firstSegment) },
  {
    id: 'length_word',
    marks: ['length_word:'],
    onEmpty: false,
    read: (rule) => lengthOf(rule, 'length_word', inWords),
  },
  { id: 'length', marks: ['length:'], onEmpty: false, read: (rule) => lengthOf(rule, 'length', inCharacters) },
  {
    id: 'Json',
    marks: ['Json'],
    onEmpty: false,
    read(rule) {
      const names = readPythonList(bracketPart(strip(rule), 'Json', { acrossLines: true }))
      const wanted = names.filter((name) => name !== '').map(String)
      const expected = wanted.length === 0 ? 'a JSON object' : `a JSON object with exactly the keys ${listed(wanted)}`
      const flaw = names.every((name) => typeof name === 'string') ? null : 'Expected names of keys in quotes'
      return { ...plain(expected, (segment) => checkJson(segment, names)), flaw }
    },
  },
]

const plain = (expected: string, test: SegmentTest) => firstSegment(expected, test)

function lengthOf(rule: string, name: string, measure: Measure) {
  const bounds = boundsOf(rule, name, true)
  return { ...plain(`${bounds.text} ${measure.unit}`, within(bounds, measure)), flaw: bounds.flaw }
}
