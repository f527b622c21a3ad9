import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { codePointLength, codePoints, sliceCodePoints } from '../../src/text/code-points.ts'
import { isLower, isUpper } from '../../src/text/letter-case.ts'
import { hasNumeric, isNumeric } from '../../src/text/numeric.ts'
import { isPrintable } from '../../src/text/printable.ts'
import { firstToken, splitLines, splitWhiteSpace } from '../../src/text/split.ts'
import { lstrip, rstrip, strip } from '../../src/text/strip.ts'
import { isAsciiWhiteSpace, isBlank, isWhiteSpace } from '../../src/text/white-space.ts'
import { anyText, sharedUnicode } from './_arbitrary-text.ts'
import { cpython } from './_cpython.ts'

let python: Awaited<ReturnType<typeof cpython>>
let isShared: (text: string) => boolean

beforeAll(async () => {
  python = await cpython()
  isShared = await sharedUnicode()
})

/** Compares one function of a text with its Python original on random texts. */
function agrees(source: string, mine: (text: string) => unknown): void {
  const original = python.define(source)
  fc.assert(
    fc.property(anyText, (text) => {
      fc.pre(isShared(text))
      expect(mine(text)).toEqual(original(text))
    }),
    { numRuns: 2000 },
  )
}

describe('Python strings against CPython', () => {
  it('splits at white space as str.split does', () => agrees('str.split', splitWhiteSpace))
  it('takes the first piece of str.split', () => agrees('lambda s: (s.split() or [None])[0]', firstToken))
  it('splits lines as str.splitlines does', () => agrees('str.splitlines', splitLines))
  it('strips white space as str.strip does', () => agrees('str.strip', (text) => strip(text)))
  it('strips the left end as str.lstrip does', () => agrees('str.lstrip', (text) => lstrip(text)))
  it('strips the right end as str.rstrip does', () => agrees('str.rstrip', (text) => rstrip(text)))
  it('calls a text blank where strip leaves nothing', () => agrees('lambda s: not s.strip()', isBlank))
  it('judges upper case as str.isupper does', () => agrees('str.isupper', isUpper))
  it('judges lower case as str.islower does', () => agrees('str.islower', isLower))
  it('judges printable text as str.isprintable does', () => agrees('str.isprintable', isPrintable))
  it('lowers as str.lower does', () => agrees('str.lower', (text) => text.toLowerCase()))
  it('counts code points as len does', () => agrees('len', codePointLength))
  it('lists code points as list does', () => agrees('list', codePoints))

  it('strips sets of characters, astral ones included', () => {
    const original = python.define('lambda s, c: [s.strip(c), s.lstrip(c), s.rstrip(c)]')
    fc.assert(
      fc.property(anyText, anyText, (text, characters) => {
        fc.pre(characters !== '')
        const mine = [strip(text, characters), lstrip(text, characters), rstrip(text, characters)]
        expect(mine).toEqual(original(text, characters))
      }),
      { numRuns: 2000 },
    )
  })

  it('slices by code points with negative and missing positions', () => {
    const original = python.define('lambda s, a, b: s[a:] if b is None else s[a:b]')
    const position = fc.integer({ min: -8, max: 8 })
    fc.assert(
      fc.property(anyText, position, fc.option(position), (text, start, end) => {
        expect(sliceCodePoints(text, start, end ?? undefined)).toBe(original(text, start, end))
      }),
      { numRuns: 2000 },
    )
  })

  it('knows the white space of every UTF-16 unit', () => {
    const expected = python.define('lambda: [c for c in range(0x110000) if chr(c).isspace()]')() as number[]
    const mine = Array.from({ length: 0x110000 }, (_, code) => code).filter((code) => isWhiteSpace(code))
    expect(mine).toEqual(expected)
    const ascii = python.define('lambda: sorted(map(ord, __import__("string").whitespace))')()
    expect(Array.from({ length: 256 }, (_, code) => code).filter(isAsciiWhiteSpace)).toEqual(ascii)
  })

  it('knows upper and lower case of every code point', () => {
    const original = python.define('lambda cs: [[chr(c).isupper(), chr(c).islower()] for c in cs]')
    const codes = Array.from({ length: 0x20000 }, (_, code) => code).filter((code) =>
      isShared(String.fromCodePoint(code)),
    )
    expect(codes.map((code) => [isUpper(String.fromCodePoint(code)), isLower(String.fromCodePoint(code))])).toEqual(
      original(codes),
    )
  })
})

describe('str.isnumeric', () => {
  it('agrees on every code point but the ten ideographs that gained a value after Unicode 14', () => {
    const original = python.define('lambda cs: [c for c in cs if chr(c).isnumeric()]')
    const codes = Array.from({ length: 0x32000 }, (_, code) => code).filter((code) =>
      isShared(String.fromCodePoint(code)),
    )
    const expected = new Set(original(codes) as number[])
    const differing = codes.filter((code) => isNumeric(String.fromCodePoint(code)) !== expected.has(code))
    expect(differing.map((code) => code.toString(16))).toEqual([])
  })

  it('needs every character to be numeric, hasNumeric only one', () => {
    expect(isNumeric('')).toBe(false)
    expect(isNumeric('一百零五½²')).toBe(true)
    expect(isNumeric('一a')).toBe(false)
    expect(hasNumeric('a十b')).toBe(true)
    expect(hasNumeric('两ab')).toBe(false)
  })
})
