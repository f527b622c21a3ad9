import { describe, expect, it } from 'vitest'
import { describeConstraint } from '../../../src/checkers/collie/describe.ts'
import { evaluateConstraint } from '../../../src/checkers/collie/evaluate.ts'
import { foundText } from '../../../src/checkers/collie/evidence.ts'
import type { PlainConstraint } from '../../../src/checkers/collie/grammar.ts'
import type { Value } from '../../../src/checkers/collie/value.ts'
import { at, constraint, count, each, textUnits, units } from './_constraints.ts'

const found = (node: PlainConstraint, text: string, target: Value) =>
  foundText(node, target, evaluateConstraint(node, textUnits(text), target))

describe('a COLLIE constraint in words', () => {
  it.each<[PlainConstraint, Value, string]>([
    [constraint([null, 'character'], count, '>='), [12], 'The text has at least 12 characters.'],
    [constraint([null, 'sentence'], count, '=='), 1, 'The text has exactly 1 sentence.'],
    [constraint([null, 'character'], at(-1), '=='), 'x', 'The last character is “x”.'],
    [
      constraint([null, 'word'], at(0, 1, 2, 10), '=='),
      ['a', 'b', 'c', 'd'],
      'The 1st, 2nd, 3rd and 11th words are “a”, “b”, “c” and “d”.',
    ],
    [constraint([null, 'word'], units, 'in'), ['a', 'b'], 'The text contains the words “a” and “b”.'],
    [constraint([null, 'word'], units, 'not in'), 'the', 'The text does not contain the word “the”.'],
    [constraint(['word', 'character'], each(count), '<=', { name: 'all' }), 6, 'Every word has at most 6 characters.'],
    [
      constraint(['sentence', 'word'], each(at(0)), '==', { name: 'all' }),
      'He',
      'Every sentence has “He” as its 1st word.',
    ],
    [
      constraint(['sentence', 'word'], each(at(-2)), '==', { name: 'all' }),
      ['a', 'b'],
      'There are 2 sentences, with the 2nd to last words “a” and “b”, in this order.',
    ],
    [
      constraint(['sentence', 'word'], { type: 'Max', of: each(count) }, '<='),
      7,
      'sentence > word: max(each(count())), <= 7.',
    ],
    [
      constraint(['sentence', 'word'], each(count), '>', { name: 'at least', value: 2 }),
      7,
      'sentence > word: each(count()), at least 2 > 7.',
    ],
  ])('%#: says what is asked', (node, target, expected) => {
    expect(describeConstraint(node, target)).toBe(expected)
  })
})

describe('what a COLLIE check found', () => {
  it.each<[PlainConstraint, string, Value, string]>([
    [constraint([null, 'word'], count, '=='), 'One.', 3, '1 word'],
    [constraint([null, 'word'], count, '=='), 'One two.', 3, '2 words'],
    [constraint([null, 'word'], at(0, 5), '=='), 'One two.', ['a', 'b'], '“One”, –'],
    [constraint([null, 'word'], units, 'in'), 'One two.', ['one', 'four', 'five'], '“four” and “five” missing'],
    [constraint([null, 'word'], units, 'in'), 'One two.', ['one'], 'all of them'],
    [constraint([null, 'word'], units, 'not in'), 'One two.', ['one'], '“one” found'],
    [constraint([null, 'word'], units, 'not in'), 'One two.', ['four'], 'none of them'],
    [constraint(['sentence', 'word'], each(count), '>=', { name: 'all' }), 'One two. One.', 2, '2, 1 words'],
    [constraint(['sentence', 'word'], each(at(0)), '==', { name: 'all' }), '', 'He', 'no sentence'],
    [
      constraint(['sentence', 'word'], each(at(-1)), '==', { name: 'all' }),
      'Ann ran. Bob sat.',
      ['ran', 'sat', 'lay'],
      '2 sentences: “ran”, “sat”',
    ],
    [constraint([null, 'word'], count, 'in'), 'One.', 3, 'TypeError: no int can be looked up in a int'],
  ])('%#: is said in counts and words', (node, text, target, expected) => {
    expect(found(node, text, target)).toBe(expected)
  })

  it('stays short for long responses', () => {
    const node = constraint(['sentence', 'word'], each(at(-1)), '==', { name: 'all' })
    expect(found(node, `${'word '.repeat(50)}${'x'.repeat(5000)}. `.repeat(100), 'a').length).toBeLessThan(170)
  })
})
