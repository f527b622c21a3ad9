import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { decimalDigitValue } from '../../src/text/decimal-digit.ts'
import { divideHalfEven, formatFixed, roundHalfEven } from '../../src/text/exact-decimal.ts'
import { numpyRound, round2, roundToEven } from '../../src/text/numpy-round.ts'
import { pairwiseMean, pairwiseSum } from '../../src/text/pairwise-sum.ts'
import { parseFloatPython } from '../../src/text/parse-float.ts'
import { reprFloat } from '../../src/text/repr-float.ts'
import { cpython } from './_cpython.ts'

let python: Awaited<ReturnType<typeof cpython>>
beforeAll(async () => {
  python = await cpython()
})

const runs = { numRuns: 3000 }
const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
/** Numbers near the ties of decimal rounding. */
const nearTie = fc
  .tuple(fc.integer({ min: -20000, max: 20000 }), fc.constantFrom(2, 4, 8, 10, 40, 64, 100, 200, 1000, 2000))
  .map(([numerator, denominator]) => numerator / denominator)
const anyFinite = fc.oneof(finite, nearTie)

describe('decimal formatting and rounding against CPython', () => {
  it('formats with N decimals as f-strings do', () => {
    const original = python.define('lambda x, n: format(float(x), f".{n}f")')
    fc.assert(
      fc.property(anyFinite, fc.integer({ min: 0, max: 12 }), (value, decimals) => {
        expect(formatFixed(value, decimals)).toBe(original(reprFloat(value), decimals))
      }),
      runs,
    )
  })

  it('rounds to N decimals as round() does, the sign of zero included', () => {
    const original = python.define('lambda x, n: repr(round(float(x), n))')
    fc.assert(
      fc.property(anyFinite, fc.integer({ min: 0, max: 12 }), (value, decimals) => {
        expect(reprFloat(roundHalfEven(value, decimals))).toBe(original(reprFloat(value), decimals))
      }),
      runs,
    )
  })

  it('prints floats as repr() does', () => {
    const original = python.define('lambda x: repr(float(x))')
    fc.assert(
      fc.property(anyFinite, (value) => {
        expect(reprFloat(value)).toBe(original(Object.is(value, -0) ? '-0' : String(value)))
      }),
      runs,
    )
    expect([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 1e16, 1e-5].map(reprFloat)).toEqual([
      'nan',
      'inf',
      '-inf',
      '-0.0',
      '1e+16',
      '1e-05',
    ])
  })

  it('keeps what is not finite', () => {
    expect(formatFixed(Number.NaN, 2)).toBe('nan')
    expect(formatFixed(Number.NEGATIVE_INFINITY, 2)).toBe('-inf')
    expect(roundHalfEven(Number.POSITIVE_INFINITY, 2)).toBe(Number.POSITIVE_INFINITY)
  })

  it('breaks ties to even where toFixed goes up', () => {
    expect([0.125, 3.125, 0.375, 2.5].map((value) => formatFixed(value, value === 2.5 ? 0 : 2))).toEqual([
      '0.12',
      '3.12',
      '0.38',
      '2',
    ])
    expect(divideHalfEven(5n, 2n)).toBe(2n)
    expect(divideHalfEven(-5n, 2n)).toBe(-2n)
    expect(divideHalfEven(-7n, 2n)).toBe(-4n)
  })
})

describe('float() against CPython', () => {
  const pieces = fc.constantFrom(
    ...'0123456789+-._eE \t\n\x1c\x1f\x85\xa0\u2003\u3000\ufeff\u200b１٣²½',
    'inf',
    'nan',
    'Infinity',
    'iNf',
    '0x1',
    '1e400',
    '1_0',
    '.5',
  )
  it('accepts and reads what Python accepts', () => {
    python.run(`def read_float(text):
  try:
    return repr(float(text))
  except ValueError:
    return None`)
    const original = python.define('read_float')
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 6 }).map((parts) => parts.join('')),
        (text) => {
          const mine = parseFloatPython(text)
          expect(mine === null ? null : reprFloat(mine).replace('-nan', 'nan')).toBe(original(text))
        },
      ),
      { numRuns: 6000 },
    )
  })

  it('reads long runs of digits in linear time', () => {
    expect(parseFloatPython(`0.${'0'.repeat(300_000)}`)).toBe(0)
    expect(parseFloatPython(`${'1'.repeat(300_000)}x`)).toBeNull()
    expect(parseFloatPython(`${'1_1'.repeat(100_000)}x`)).toBeNull()
  })

  it('knows the value of every decimal digit', () => {
    const original = python.define(
      'lambda: {str(c): unicodedata.decimal(chr(c)) for c in range(0x110000) if unicodedata.decimal(chr(c), None) is not None}',
    )
    for (const [code, value] of Object.entries(original() as Record<string, number>)) {
      expect(decimalDigitValue(Number(code))).toBe(value)
    }
    expect(decimalDigitValue('²'.codePointAt(0)!)).toBeNull()
  })
})

describe('NumPy arithmetic', () => {
  it('differs from round() for 46 of the thousandths, as NumPy does', () => {
    const thousandths = Array.from({ length: 1001 }, (_, index) => index / 1000)
    expect(thousandths.filter((value) => round2(value) !== roundHalfEven(value, 2))).toHaveLength(46)
  })

  it('rounds halves to even and keeps the sign of zero', () => {
    expect([0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 84.5].map(roundToEven)).toEqual([0, 2, 2, -0, -2, -2, 84])
    expect(numpyRound(1234.5, 0)).toBe(1234)
  })

  it('adds few numbers from left to right', () => {
    const values = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]
    expect(pairwiseSum(values)).toBe(values.reduce((sum, value) => sum + value, 0))
    expect(pairwiseMean([])).toBeNaN()
  })

  it('adds many numbers in eight lanes and in halves, against an independent Python version', () => {
    python.run(`def pairwise(a, start, n):
  if n < 8:
    s = 0.0
    for i in range(start, start + n): s += a[i]
    return s
  if n <= 128:
    r = [a[start + i] for i in range(8)]
    i = 8
    while i < n - n % 8:
      for j in range(8): r[j] += a[start + i + j]
      i += 8
    s = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]))
    while i < n:
      s += a[start + i]
      i += 1
    return s
  h = n // 2
  h -= h % 8
  return pairwise(a, start, h) + pairwise(a, start + h, n - h)
`)
    const original = python.define('lambda values: repr(pairwise(values, 0, len(values)))')
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 0, maxLength: 400 }),
        (values) => {
          // JSON writes -0 as 0.
          const positive = values.map((value) => value + 0)
          expect(reprFloat(pairwiseSum(positive))).toBe(original(positive))
        },
      ),
      { numRuns: 300 },
    )
  })
})
