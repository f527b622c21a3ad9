import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nullForNaN } from '../../../../src/checkers/reward-model/endpoints/lenient-json.ts'

describe('bare words of Python', () => {
  it('become null outside of strings only', () => {
    expect(nullForNaN('[NaN,-Infinity, Infinity ,{"NaN":NaN}]')).toBe('[null,null, null ,{"NaN":null}]')
    expect(JSON.parse(nullForNaN('{"a": "\\\\", "b": "\\"NaN", "c": NaN}'))).toEqual({ a: '\\', b: '"NaN', c: null })
  })

  it('leave JSON as it is, and torn text without harm', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(40), (value, cut) => {
        const text = JSON.stringify(['NaN', value, { Infinity: value }])
        expect(nullForNaN(text)).toBe(text)
        expect(() => nullForNaN(`NaN${text.slice(0, cut)}`)).not.toThrow()
      }),
    )
  })

  it('cost one pass, however many escapes a reply has', () => {
    const text = `{"a": ${JSON.stringify('x"\\'.repeat(2_000_000))}, "value": NaN}`
    const started = process.cpuUsage().user
    expect(JSON.parse(nullForNaN(text))).toMatchObject({ value: null })
    expect(process.cpuUsage().user - started).toBeLessThan(3_000_000)
  })
})
