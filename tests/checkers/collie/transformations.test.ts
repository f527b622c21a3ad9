import { describe, expect, it } from 'vitest'
import type { Transformation } from '../../../src/checkers/collie/grammar.ts'
import { transform } from '../../../src/checkers/collie/transformation.ts'
import type { Value } from '../../../src/checkers/collie/value.ts'
import { at, count, each, units } from './_constraints.ts'

const nested: Value = [['a', 'b'], ['c']]
const greatest = (of: Transformation): Transformation => ({ type: 'Max', of })

describe('COLLIE transformations', () => {
  it.each<[string, Transformation, Value, Value]>([
    ['count units', count, ['a', 'b'], 2],
    ['count the code points of a string', count, '😀b', 2],
    ['count the units equal to a text, case-sensitively', { type: 'Count', equalTo: 'a' }, ['a', 'A', 'a'], 2],
    ['take a unit from the front', at(0), ['a', 'b'], 'a'],
    ['take a unit from the back', at(-2), ['a', 'b'], 'a'],
    ['give nothing behind the end', at(2), ['a', 'b'], null],
    ['give nothing before the start', at(-3), ['a', 'b'], null],
    ['take several units', at(0, 5, -1), 'a😀c', ['a', null, 'c']],
    ['leave units alone without an inner transformation', units, ['a'], ['a']],
    ['take a string apart for each', units, 'a😀', ['a', '😀']],
    ['go into each unit', each(count), nested, [2, 1]],
    ['find the greatest number', greatest(each(count)), nested, 2],
    ['find the greatest text by code point', greatest(units), ['\uffff', '😀'], '😀'],
    ['join texts', { type: 'Aggregate', of: units }, ['a', 'b'], 'ab'],
    ['join nothing to an empty text', { type: 'Aggregate', of: units }, [], ''],
    ['number what they find', { type: 'PositionOf', of: units }, ['x', 'y'], [0, 1]],
    ['apply one after the other', { type: 'MapPosition', of: units, mapping: at(-1) }, ['x', 'y'], 'y'],
    ['give the second value of a true And', { type: 'And', pair: [count, at(0)] }, ['a'], 'a'],
    ['give the first value of a false And', { type: 'And', pair: [count, at(0)] }, [], 0],
    ['give the first value of a true Or', { type: 'Or', pair: [count, at(0)] }, ['a'], 1],
    ['give the second value of a false Or', { type: 'Or', pair: [count, at(0)] }, [], null],
    ['give a boolean for All', { type: 'All', parts: [count, at(0)] }, [], false],
  ])('%s', (_name, transformation, value, expected) => {
    expect(transform(transformation, value)).toEqual(expected)
  })

  it.each<[string, Transformation, Value, string]>([
    ['the length of a number', count, 3, 'TypeError'],
    ['a unit of nothing', at(0), null, 'TypeError'],
    ['each of a number', each(units), [1], 'TypeError'],
    ['the greatest of an empty list', greatest(units), [], 'ValueError'],
    ['the greatest of mixed kinds', greatest(units), ['a', 1], 'TypeError'],
    ['joining numbers', { type: 'Aggregate', of: each(count) }, ['ab'], 'TypeError'],
    ['a position that is none', { type: 'Position', position: { unknown: 'null' } }, 3, 'ValueError'],
  ])('raise for %s as Python does', (_name, transformation, value, error) => {
    expect(() => transform(transformation, value)).toThrow(expect.objectContaining({ pythonName: error }))
  })
})
