import { describe, expect, it } from 'vitest'
import type { relations } from '../../../src/checkers/collie/grammar.ts'
import { relate } from '../../../src/checkers/collie/relation.ts'
import type { Value } from '../../../src/checkers/collie/value.ts'

describe('COLLIE relations', () => {
  it.each<[Value, (typeof relations)[number], Value, boolean]>([
    ['"Word".', '==', 'word', true],
    ['**He**', '==', 'He', true],
    ['word\n', '==', 'word', false],
    ['“word”', '==', 'word', false],
    ['', '==', 'word', false],
    ['.', '==', '.', true],
    ['...', '==', '.', false],
    [12, '>=', [12], true],
    [[12], '==', [12], false],
    [['a', 'B'], '==', ['A', 'b!'], true],
    ['3', '==', 3, false],
    [null, '==', null, true],
    [true, '==', 1, true],
    [[1, 2], '<', [1, 3], true],
    ['a', '<', 'b', true],
    [['a', 'b'], 'in', ['B'], true],
    [['a', 'b'], 'in', ['b', 'c'], false],
    [['a', 'b'], 'in', 'b', true],
    ['abc', 'in', 'B', true],
    ['a😀b', 'in', '😀', true],
    ['😀', 'in', '\ude00', false],
    ['😀', 'in', '\ud83d', false],
    ['\ud83d', '<', '😀', true],
    ['\udc00', '<', '\uffff', true],
    ['😀', '>', '\uffff', true],
    [['3'], 'in', 3, false],
    [7, 'in', [], true],
    [['a'], 'not in', ['b', 'a'], false],
    [['the'], 'not in', 'The', false],
    [[['a']], 'in', 'a', false],
  ])('%j %s %j is %j', (found, relation, target, expected) => {
    expect(relate(relation, found, target)).toBe(expected)
  })

  it.each<[Value, (typeof relations)[number], Value]>([
    [null, '<', 1],
    ['a', '>=', 1],
    [['a'], '<', 'a'],
    [3, 'in', [1]],
    [null, 'not in', 'a'],
    ['abc', 'in', ['zzz', 1]],
  ])('%j %s %j raises a TypeError', (found, relation, target) => {
    expect(() => relate(relation, found, target)).toThrow(expect.objectContaining({ pythonName: 'TypeError' }))
  })

  it('unwrap a target list of one element, but not what was found', () => {
    expect(relate('==', 'x', ['x'])).toBe(true)
    expect(relate('==', ['x'], 'x')).toBe(false)
  })
})
