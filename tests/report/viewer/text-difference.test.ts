import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { longestCompared, textDifference } from '../../../src/report/viewer/text-difference.ts'

describe('textDifference', () => {
  it('marks the words that the other side does not have', () => {
    const { a, b } = textDifference('one two three', 'one four three')!
    expect(a.filter(({ changed }) => changed).map(({ text }) => text)).toEqual(['two'])
    expect(b.filter(({ changed }) => changed).map(({ text }) => text)).toEqual(['four'])
  })

  it('finds words in Chinese', () => {
    const { a } = textDifference('今天天气很好', '今天天气很坏')!
    expect(a.filter(({ changed }) => changed).map(({ text }) => text)).toEqual(['好'])
  })

  it('gives both texts back whole, whatever they are', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        const { a, b } = textDifference(one, other)!
        expect(a.map(({ text }) => text).join('')).toBe(one)
        expect(b.map(({ text }) => text).join('')).toBe(other)
      }),
    )
  })

  it('gives up on texts that are too long, and in time on texts that have nothing in common', () => {
    expect(textDifference('x'.repeat(longestCompared + 1), 'y')).toBe(null)
    const start = process.cpuUsage()
    textDifference('a '.repeat(29_000), 'b '.repeat(29_000))
    expect(process.cpuUsage(start).user / 1e6).toBeLessThan(2)
  })
})
