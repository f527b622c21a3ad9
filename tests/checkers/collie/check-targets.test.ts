import { describe, expect, it } from 'vitest'
import { checkTargets } from '../../../src/checkers/collie/check-targets.ts'
import type { ConstraintNode, PlainConstraint } from '../../../src/checkers/collie/grammar.ts'
import { at, constraint, count, each, units } from './_constraints.ts'

const length = constraint([null, 'word'], count, '==')
const places = constraint([null, 'word'], at(3, 7), '==')
const contains = constraint([null, 'word'], units, 'in')
const lastWords = constraint(['sentence', 'word'], each(at(-1)), '==', { name: 'all' })
const both: ConstraintNode = { type: 'All', parts: [length, places] }

describe('targets of COLLIE constraints', () => {
  it.each<[string, ConstraintNode, unknown]>([
    ['a number for a count', length, 12],
    ['a list of one number for a count', length, [12]],
    ['a word for each of several places', places, ['a', 'b']],
    ['words to contain', contains, ['a', 'b', 'c']],
    ['one word to contain', contains, 'a'],
    ['a word for each sentence', lastWords, ['a', 'b', 'c']],
    ['one word for all sentences', lastWords, 'a'],
    ['a target for each member of All', both, [12, ['a', 'b']]],
    ['one target for both members of And', { type: 'And', pair: [length, length] }, 12],
  ])('may be %s', (_name, node, target) => {
    expect(() => checkTargets(node, target)).not.toThrow()
  })

  it.each<[string, ConstraintNode, unknown, string]>([
    ['a word for a count', length, 'twelve', 'Expected targets to be a number, got "twelve"'],
    ['two numbers for a count', length, [1, 2], 'Expected targets to be a number, got [1,2]'],
    ['too few words for the places', places, ['a', 'b', 'c'], 'one value for each of 2 positions'],
    [
      'one place in a list, which nothing equals',
      constraint([null, 'word'], at(3, 7), '=='),
      ['a'],
      'a list of several',
    ],
    ['a number to contain', contains, ['a', 3], 'Expected targets to be a text or a list of at least one'],
    ['nothing to contain, which always holds', contains, [], 'a list of at least one, got []'],
    ['a number among the last words', lastWords, ['a', 3], 'Expected targets[1] to be a text, got 3'],
    ['one target for All', both, 12, 'a list of 2 targets, one for each constraint'],
    ['a list for All that is too short', both, [12], 'a list of 2 targets'],
    ['a wrong target inside All', both, ['x', ['a', 'b']], 'Expected targets[0] to be a number'],
    ['no target at all', length, undefined, 'got nothing'],
    ['an object', length, { n: 12 }, 'a number, a string or a list of these'],
  ])('may not be %s', (_name, node, target, message) => {
    expect(() => checkTargets(node, target, { file: 'f.jsonl', line: 2, id: 'x/0' })).toThrow(
      expect.objectContaining({ code: 'bad-target', message: expect.stringContaining(message) }),
    )
  })

  it('name the file, the line and the item', () => {
    expect(() => checkTargets(length, 'x', { file: 'f.jsonl', line: 2, id: 'x/0' })).toThrow('f.jsonl:2, item x/0: ')
  })

  it('reveal constraints that no text can be evaluated for', () => {
    const impossible: PlainConstraint = constraint([null, 'word'], count, '==', { name: 'all' })
    expect(() => checkTargets(impossible, 3)).toThrow('fits no text: a number has no elements')
    expect(() => checkTargets(constraint([null, 'word'], count, 'in'), 3)).toThrow('fits no text')
  })
})
