import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { loadPythonJson } from '../../src/text/python-json.ts'
import { repr, reprString } from '../../src/text/repr.ts'
import { anyText, sharedUnicode } from './_arbitrary-text.ts'
import { cpython } from './_cpython.ts'

let python: Awaited<ReturnType<typeof cpython>>
let isShared: (text: string) => boolean
beforeAll(async () => {
  python = await cpython()
  isShared = await sharedUnicode()
})

describe('repr against CPython', () => {
  it('quotes and escapes strings as repr() does', () => {
    const original = python.define('repr')
    fc.assert(
      fc.property(anyText, (text) => {
        fc.pre(isShared(text))
        expect(reprString(text)).toBe(original(text))
      }),
      { numRuns: 4000 },
    )
  })

  it('prints what json.loads builds as repr() does, ints apart from floats', () => {
    const original = python.define('lambda text: repr(json.loads(text))')
    const value = fc.jsonValue({ maxDepth: 3 })
    fc.assert(
      fc.property(value, (sample) => {
        const text = JSON.stringify(sample)
        fc.pre(isShared(text))
        const loaded = loadPythonJson(text)
        expect(loaded.ok && repr(loaded.value)).toBe(original(text))
      }),
      { numRuns: 2000 },
    )
  })

  it('prints plain records in their own order', () => {
    expect(repr({ name: "it's", 'a"b': [null, true, false, 1n, 1] })).toBe(
      `{'name': "it's", 'a"b': [None, True, False, 1, 1.0]}`,
    )
    expect(repr([])).toBe('[]')
    expect(repr(new Map())).toBe('{}')
  })
})
