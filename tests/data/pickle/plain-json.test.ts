import { describe, expect, it } from 'vitest'
import { PickleGlobal, PickleObject, PickleTuple, type PickleValue } from '../../../src/data/pickle/pickle-value.ts'
import { JsonMaker, pythonJson } from '../../../src/data/pickle/plain-json.ts'

const make = (value: PickleValue) => new JsonMaker((message) => new RangeError(message)).make(value, 'targets')

describe('plain data of a pickle as JSON', () => {
  it('keeps the order of keys, and writes tuples as lists', () => {
    const value = make(
      new Map<string, PickleValue>([
        ['z', new PickleTuple([1, 'a'])],
        ['a', null],
        ['__proto__', 2],
      ]),
    )
    expect(pythonJson(value)).toBe('{"z": [1, "a"], "a": null, "__proto__": 2}')
  })

  it('spells text as Python does without ASCII escapes', () => {
    expect(pythonJson('é\u2028\u007f"\\\n\b\u0001')).toBe('"é\u2028\u007f\\"\\\\\\n\\b\\u0001"')
  })

  it('refuses a list that holds itself', () => {
    const list: PickleValue[] = []
    list.push(list)
    expect(() => make(list)).toThrow(/nested at most 64 deep/)
  })

  it('refuses shared lists that multiply without end', () => {
    const doubled = Array.from({ length: 40 }).reduce<PickleValue>((inner) => [inner, inner], 'x')
    expect(() => make(doubled)).toThrow('Expected at most 5000000 values in all')
  })

  it('refuses instances and classes', () => {
    const type = new PickleGlobal('collie.constraints', 'Count')
    expect(() => make([new PickleObject(type)])).toThrow('Expected targets[0] to be plain data')
    expect(() => make(type)).toThrow('Expected targets to be plain data')
  })
})
