import { describe, expect, it } from 'vitest'
import { fillTemplate } from '../../../src/data/upstream-template/index.ts'

describe('fillTemplate', () => {
  it('inserts values in one pass, whatever they look like', () => {
    const hostile = '{response} {} {{x}} $& $1 $$ \\n'
    expect(fillTemplate('P {prompt} R {response}.', { prompt: hostile, response: 'ok' }, 'named')).toBe(
      `P ${hostile} R ok.`,
    )
    expect(fillTemplate('A {} B {}', [hostile, 'ok'], 'positional')).toBe(`A ${hostile} B ok`)
    expect(fillTemplate('A {a} B {b}', { a: hostile, b: 'ok' }, 'format')).toBe(`A ${hostile} B ok`)
  })

  it('leaves braces that are no slot of the style as they are', () => {
    expect(fillTemplate('{a} {other} {} {{b}}', { a: '1' }, 'named')).toBe('1 {other} {} {{b}}')
    expect(fillTemplate('{a} {} {0}', ['1'], 'positional')).toBe('{a} 1 {0}')
  })

  it('turns doubled braces into single ones in format style only', () => {
    expect(fillTemplate('{{"score": {n}}}', { n: '7' }, 'format')).toBe('{"score": 7}')
  })

  it('fills named fields by their order when the values come as a list', () => {
    expect(fillTemplate('{c} {q} {r} {c}', ['1', '2', '3', '1'], 'format')).toBe('1 2 3 1')
  })

  it('refuses a value without a place and a place without a value', () => {
    expect(() => fillTemplate('only {a}', { a: '', response: 'x' }, 'named')).toThrow(/a slot for response.*only a/)
    expect(() => fillTemplate('{} {}', ['1'], 'positional')).toThrow(/1 slots, found 2/)
    expect(() => fillTemplate('{}', ['1', '2'], 'format')).toThrow(/2 slots, found 1/)
  })

  it('is not fooled by slots named like object members', () => {
    expect(fillTemplate('{constructor} {toString} {a}', { a: '1' }, 'named')).toBe('{constructor} {toString} 1')
  })
})
