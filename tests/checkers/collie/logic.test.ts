import { describe, expect, it } from 'vitest'
import type { ConstraintNode, Reduction } from '../../../src/checkers/collie/grammar.ts'
import { at, constraint, count, each, units, verdict } from './_constraints.ts'

const five = constraint([null, 'word'], count, '==')
const fourth = constraint([null, 'word'], at(3), '==')
const text = 'This is a good sentence.'
const all: ConstraintNode = { type: 'All', parts: [five, fourth] }
const pair = (type: 'And' | 'Or'): ConstraintNode => ({ type, pair: [five, fourth] })
const perSentence = (reduction: Reduction) => constraint(['sentence', 'word'], each(count), '>=', reduction)

describe('COLLIE reductions', () => {
  const three = 'One two three. One two. One.'

  it.each<[Reduction, boolean]>([
    [{ name: 'all' }, false],
    [{ name: 'any' }, true],
    [{ name: 'at least', value: 2 }, true],
    [{ name: 'at least', value: 3 }, false],
    [{ name: 'at most', value: 2 }, true],
    [{ name: 'at most', value: 1 }, false],
    [{ name: 'exactly', value: 2 }, true],
    [{ name: 'exactly', value: null }, false],
  ])('%j of two sentences out of three gives %j', (reduction, expected) => {
    expect(verdict(perSentence(reduction), three, 2)).toBe(expected)
  })

  it('hold over no sentence for all, and fail for any', () => {
    expect(verdict(perSentence({ name: 'all' }), '', 2)).toBe(true)
    expect(verdict(perSentence({ name: 'any' }), ' \n', 2)).toBe(false)
  })

  it('pair a list of targets with the elements, and fail where the numbers differ', () => {
    expect(verdict(perSentence({ name: 'all' }), three, [3, 2, 1])).toBe(true)
    expect(verdict(perSentence({ name: 'all' }), three, [1, 1])).toBe(false)
    expect(
      verdict(constraint(['sentence', 'word'], each(at(-1)), '==', { name: 'all' }), three, ['THREE', 'two', 'one']),
    ).toBe(true)
  })

  it('end as the official checker does where it has no answer', () => {
    expect(verdict(perSentence({ unknown: 'most' }), three, 2)).toBeNull()
    expect(verdict(perSentence({ name: 'at least', value: null }), three, 2)).toBe('TypeError')
    expect(verdict(constraint([null, 'word'], count, '==', { name: 'all' }), three, 2)).toBe('TypeError')
    expect(verdict({ ...five, relation: { unknown: '~' } }, text, 5)).toBe('NotImplementedError')
  })
})

describe('COLLIE logic over constraints', () => {
  it('asks every member of All its own target', () => {
    expect(verdict(all, text, [5, 'good'])).toBe(true)
    expect(verdict(all, text, [5, 'bad'])).toBe(false)
    expect(verdict(all, text, [4, 'good'])).toBe(false)
  })

  it('looks at no more members of All than there are targets', () => {
    expect(verdict(all, text, [5])).toBe(true)
    expect(verdict(all, text, [])).toBe(true)
    expect(verdict(all, text, [5, 'good', 'extra'])).toBe(true)
  })

  it('evaluates every member of All, so that a later error shows', () => {
    const failing = constraint([null, 'word'], count, 'in')
    expect(verdict({ type: 'All', parts: [five, failing] }, text, [4, 'x'])).toBe('TypeError')
  })

  it('stops And and Or as soon as they are decided', () => {
    const failing = constraint([null, 'word'], count, 'in')
    expect(verdict({ type: 'And', pair: [five, failing] }, text, [4, 'x'])).toBe(false)
    expect(verdict({ type: 'Or', pair: [five, failing] }, text, [5, 'x'])).toBe(true)
    expect(verdict({ type: 'And', pair: [five, failing] }, text, [5, 'x'])).toBe('TypeError')
  })

  it('gives a scalar target to both members of And and Or', () => {
    const contains = constraint([null, 'word'], units, 'in')
    expect(verdict({ type: 'And', pair: [contains, fourth] }, text, 'good')).toBe(true)
    expect(verdict({ type: 'Or', pair: [five, fourth] }, text, 'good')).toBe(true)
  })

  it.each<[string, ConstraintNode, null | number | readonly number[], string]>([
    ['All with a scalar', all, 5, 'NotImplementedError'],
    ['All without a target', all, null, 'TypeError'],
    ['And without a target', pair('And'), null, 'TypeError'],
    ['And with three targets', pair('And'), [1, 2, 3], 'AssertionError'],
    ['Or with no targets', pair('Or'), [], 'AssertionError'],
  ])('raises for %s', (_name, node, target, error) => {
    expect(verdict(node, text, target)).toBe(error)
  })
})
