import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HeedError } from '../../../src/core/errors.ts'
import { collieGlobals } from '../../../src/data/pickle/collie-globals.ts'
import { opcodeNames } from '../../../src/data/pickle/opcode-names.ts'
import { opcodes } from '../../../src/data/pickle/opcodes.ts'
import { ellipsis, PickleObject, type PickleTuple } from '../../../src/data/pickle/pickle-value.ts'
import { readPickle } from '../../../src/data/pickle/read-pickle.ts'
import { Call, dillEllipsis, Instance, Tuple, type Writable, writePickle } from './_pickle-writer.ts'

const read = (bytes: Uint8Array | readonly number[]) =>
  readPickle(Uint8Array.from(bytes), collieGlobals, 'all_data.dill')
const roundTrip = (value: Writable) => read(writePickle(value))

/** Something with every shape that the 28 opcodes can spell. */
const everything: Writable = new Map<string, Writable>([
  ['none', null],
  ['numbers', [0, 255, 256, 65535, 65536, 2147483647, -1, -2147483648]],
  ['one', ['single']],
  ['empty', [[], new Map(), new Tuple([])]],
  ['tuples', [new Tuple(['a']), new Tuple(['a', 'b']), new Tuple(['a', 'b', 'c']), new Tuple(['a', 'b', 'c', 'd'])]],
  ['single entry', new Map([['key', 'value']])],
  ['long', 'ü'.repeat(200)],
  ['many', Array.from({ length: 300 }, (_none, index) => `text ${index}`)],
  ['again', ['text 299', 'none']],
  ['instance', new Instance('collie.constraints', 'ForEach', { func: dillEllipsis })],
])

describe('the pickle reader', () => {
  it('reads lists, dicts, tuples, texts and integers of every size', () => {
    const value = roundTrip(everything) as Map<string, unknown>
    expect(value.get('numbers')).toEqual([0, 255, 256, 65535, 65536, 2147483647, -1, -2147483648])
    expect(value.get('one')).toEqual(['single'])
    expect(value.get('long')).toBe('ü'.repeat(200))
    expect(value.get('again')).toEqual(['text 299', 'none'])
    expect((value.get('tuples') as PickleTuple[]).map((tuple) => tuple.items.length)).toEqual([1, 2, 3, 4])
  })

  it('turns an instance into its class name and attributes, and the call for an ellipsis into a mark', () => {
    const value = roundTrip(new Instance('collie.constraints', 'ForEach', { func: dillEllipsis })) as PickleObject
    expect(value).toBeInstanceOf(PickleObject)
    expect(value.type).toMatchObject({ module: 'collie.constraints', name: 'ForEach' })
    expect(value.attributes?.get('func')).toBe(ellipsis)
  })

  it('reads exactly the 28 opcodes that COLLIE needs, all of which the writer of these tests makes', () => {
    const made = new Set(opcodesOf(writePickle(everything)))
    expect([...made].sort()).toEqual([...opcodes.keys(), 'STOP'].sort())
    expect(made.size).toBe(28)
  })

  it('refuses every other opcode by name', () => {
    for (const [code, name] of opcodeNames) {
      if (opcodes.has(name) || name === 'STOP') continue
      expect(() => read([0x80, 4, code, 0, 0, 0, 0]), name).toThrow(`Refused the opcode ${name} at byte 2`)
    }
  })

  it.each([
    ['os.system', new Call('os', 'system', ['echo no'])],
    ['builtins.eval', new Call('builtins', 'eval', ['1'])],
    ['dill._dill._create_type', new Call('dill._dill', '_create_type', ['x'])],
    ['collie.constraints.Max', new Instance('collie.constraints', 'Max', {})],
    ['src.constraints.All', new Instance('src.constraints', 'All', {})],
  ])('refuses the global %s by name', (name, value) => {
    expect(() => roundTrip(value)).toThrow(`Refused the global "${name}"`)
  })

  it('refuses the ellipsis function with any other argument', () => {
    expect(() => roundTrip(new Call('dill._dill', '_eval_repr', ['__import__("os")']))).toThrow('Refused a call of')
    expect(() => roundTrip(new Call('collie.constraints', 'All', ['x']))).toThrow('Refused a call of')
  })

  it('says where a truncated pickle ends', () => {
    const bytes = writePickle(everything)
    for (const length of [3, 11, 12, 40, bytes.length - 1]) {
      expect(() => read(bytes.subarray(0, length))).toThrow(/Expected (a frame of )?\d+ (more )?bytes/)
    }
  })

  it('refuses other protocols and bytes behind the end', () => {
    expect(() => read([0x80, 5, 0x4e, 0x2e])).toThrow('Expected pickle protocol 4, got 5')
    expect(() => read([...writePickle(null), 0])).toThrow('Expected nothing after byte')
    expect(() => read([])).toThrow('Expected a pickle')
  })

  it.each([
    ['an empty stack', [0x94, 0x2e]],
    ['a memo that does not exist', [0x68, 9, 0x2e]],
    ['a mark that does not exist', [0x74, 0x2e]],
    ['a value left over', [0x4e, 0x4e, 0x2e]],
    ['an append to a number', [0x4b, 1, 0x4b, 2, 0x61, 0x2e]],
    ['an odd number of keys and values', [0x7d, 0x28, 0x4e, 0x75, 0x2e]],
    ['a list as key', [0x7d, 0x5d, 0x4e, 0x73, 0x2e]],
    ['attributes for a list', [0x5d, 0x7d, 0x62, 0x2e]],
    ['text that is not UTF-8', [0x8c, 1, 0xff, 0x2e]],
  ])('reports %s as broken', (_name, body) => {
    expect(() => read([0x80, 4, ...body])).toThrow(expect.objectContaining({ code: 'broken-pickle' }))
  })

  it('ends every random or damaged input in a value or a named error', () => {
    const bytes = writePickle(everything)
    const known = [...opcodeNames.keys()]
    const outcome = (input: Uint8Array): void => {
      try {
        read(input)
      } catch (error) {
        if (!HeedError.is(error)) throw error
      }
    }
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), fc.nat(bytes.length), (at, byte, length) => {
        const damaged = bytes.slice(0, Math.max(at + 1, length))
        damaged[at] = byte
        outcome(damaged)
      }),
      { numRuns: 3000 },
    )
    const anyOpcode = fc.oneof(fc.constantFrom(...known), fc.nat(255))
    fc.assert(
      fc.property(fc.array(anyOpcode, { maxLength: 60 }), (body) => outcome(Uint8Array.from([0x80, 4, ...body]))),
      { numRuns: 5000 },
    )
  })
})

/** Names of the opcodes in a pickle, told apart from their arguments. */
function opcodesOf(bytes: Uint8Array): string[] {
  const view = new DataView(bytes.buffer)
  const fixed: Readonly<Record<string, number>> = {
    PROTO: 1,
    FRAME: 8,
    BINGET: 1,
    LONG_BINGET: 4,
    BININT: 4,
    BININT1: 1,
    BININT2: 2,
  }
  const names: string[] = []
  for (let offset = 0; offset < bytes.length; ) {
    const name = opcodeNames.get(bytes[offset]!)!
    names.push(name)
    offset += 1 + (fixed[name] ?? 0)
    if (name === 'SHORT_BINUNICODE') offset += 1 + bytes[offset]!
    if (name === 'BINUNICODE') offset += 4 + view.getUint32(offset, true)
  }
  return names
}
