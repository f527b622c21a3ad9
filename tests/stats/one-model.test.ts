import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bestOfK } from '../../src/stats/best-of-k.ts'
import { clusteredError } from '../../src/stats/clustered-error.ts'
import { passAtK, passHatK } from '../../src/stats/pass-at-k.ts'
import { quantile } from '../../src/stats/quantile.ts'
import { ratioEstimate, ratioSummary } from '../../src/stats/ratio.ts'
import { seedSummary } from '../../src/stats/seeds.ts'
import { meanEstimate, sampleVariance } from '../../src/stats/standard-error.ts'
import { sum } from '../../src/stats/sum.ts'
import { wilson } from '../../src/stats/wilson.ts'

const scores = fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 2, maxLength: 30 })

describe('sums', () => {
  it('do not lose small numbers beside large ones', () => {
    expect(sum([1e100, 1, -1e100])).toBe(1)
    expect(sum([])).toBe(0)
  })

  it('do not hang on the order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { maxLength: 50 }), (values) => {
        expect(sum(values)).toBeCloseTo(sum([...values].reverse()), 9)
      }),
    )
  })
})

describe('the mean', () => {
  it('has no error for one score and nothing for none', () => {
    expect(meanEstimate([3])).toEqual({ n: 1, mean: 3, deviation: null, standardError: null, interval: null })
    expect(meanEstimate([])).toEqual({ n: 0, mean: null, deviation: null, standardError: null, interval: null })
  })

  it('has the error 0 for equal scores that have no exact binary form', () => {
    expect(meanEstimate([0.1, 0.1, 0.1]).standardError).toBe(0)
    expect(sampleVariance([0.7, 0.7, 0.7, 0.7, 0.7, 0.7])).toBe(0)
  })

  it('has the same error as a ratio whose denominators are 1', () => {
    fc.assert(
      fc.property(scores, (values) => {
        const { mean, standardError } = meanEstimate(values)
        const ratio = ratioEstimate(
          values,
          values.map(() => 1),
        )
        expect(ratio.ratio).toBeCloseTo(mean!, 12)
        expect(ratio.correctedStandardError).toBeCloseTo(standardError!, 12)
      }),
    )
  })
})

describe('Wilson`s interval', () => {
  it('reaches the ends of the scale there, and never beyond', () => {
    expect(wilson(0, 20).low).toBe(0)
    expect(wilson(20, 20).high).toBe(1)
    expect(wilson(20, 20).low).toBeCloseTo(1 - 0.1611251581, 9)
    expect(wilson(0, 0)).toEqual({ share: null, bernoulliStandardError: null, low: null, high: null })
  })

  it('holds its share', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, part) => {
        const { low, high, share } = wilson(Math.round(part * n), n)
        expect(low).toBeGreaterThanOrEqual(0)
        expect(high).toBeLessThanOrEqual(1)
        expect(low! <= share! && share! <= high!).toBe(true)
      }),
    )
  })
})

describe('the clustered error', () => {
  it('is the plain error when every score is its own cluster', () => {
    fc.assert(
      fc.property(scores, (values) => {
        const found = clusteredError(
          values,
          values.map((_value, index) => index),
        )
        expect(found.corrected).toBeCloseTo(found.naive!, 12)
        expect(found.miller).toBeCloseTo(found.naive!, 12)
      }),
    )
  })

  it('grows with copies inside a cluster, and the plain one shrinks', () => {
    const base = [1, 0, 1, 1, 0, 0, 1, 0, 1, 1]
    const copied = base.flatMap((score) => [score, score, score, score])
    const cluster = base.flatMap((_score, index) => [index, index, index, index])
    const found = clusteredError(copied, cluster)
    expect(found.corrected).toBeCloseTo(meanEstimate(base).standardError!, 12)
    expect(found.naive!).toBeLessThan(found.corrected! / 1.9)
    expect(found.designEffect!).toBeGreaterThan(3.9)
  })

  it('is unknown for one cluster', () => {
    expect(clusteredError([1, 0, 1], ['a', 'a', 'a'])).toMatchObject({
      clusters: 1,
      clustered: null,
      corrected: null,
      miller: null,
      designEffect: null,
    })
    expect(clusteredError([], [])).toMatchObject({ n: 0, mean: null, naive: null, corrected: null })
  })
})

describe('a ratio', () => {
  it('leaves items without sub-questions out of the macro mean and counts them', () => {
    const found = ratioSummary([2, 0, 1], [2, 0, 4])
    expect(found).toMatchObject({ ratio: 0.5, macro: 0.625, allSatisfied: 0.5, emptyItems: 1 })
  })

  it('is unknown without sub-questions, and has no corrected error for one item', () => {
    expect(ratioSummary([0], [0])).toMatchObject({ ratio: null, macro: null, allSatisfied: null, standardError: null })
    expect(ratioSummary([1], [2])).toMatchObject({ ratio: 0.5, correctedStandardError: null })
  })
})

describe('a quantile', () => {
  it('is interpolated and works on unsorted numbers', () => {
    expect(quantile([9, 100, 1], 0.5)).toBe(9)
    expect(quantile([9, 100, 1], 0.25)).toBe(5)
    expect(quantile([9, 100, 1], 1)).toBe(100)
    expect(quantile([], 0.5)).toBeNull()
  })
})

describe('seeds', () => {
  it('keep the noise of seeds apart from the noise of items', () => {
    const found = seedSummary([
      [1, 1, 0, 0],
      [1, 1, 0, 0],
    ])
    expect(found).toMatchObject({ deviationOverSeeds: 0, withinItemVariance: 0, mean: 0.5 })
    expect(found.errorOverItems).toBeCloseTo(Math.sqrt(1 / 12), 12)
  })

  it('say nothing of their spread for one seed', () => {
    expect(seedSummary([[1, 0]])).toMatchObject({
      mean: 0.5,
      deviationOverSeeds: null,
      withinItemVariance: null,
      least: 0.5,
      greatest: 0.5,
    })
    expect(seedSummary([])).toMatchObject({ mean: null, least: null })
  })

  it('refuse different numbers of items', () => {
    expect(() => seedSummary([[1, 0], [1]])).toThrow('Expected 2 items for every seed, got 1')
  })
})

describe('k of n samples', () => {
  const choose = (n: number, k: number): bigint => {
    let value = 1n
    for (let step = 1; step <= k; step += 1) value = (value * BigInt(n - k + step)) / BigInt(step)
    return k > n ? 0n : value
  }

  it('follow the binomial definition', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.nat(), fc.nat(), (n, rawC, rawK) => {
        const c = rawC % (n + 1)
        const k = 1 + (rawK % n)
        const scale = 10n ** 18n
        const none = Number((choose(n - c, k) * scale) / choose(n, k)) / 1e18
        const all = Number((choose(c, k) * scale) / choose(n, k)) / 1e18
        expect(passAtK(n, c, k)).toBeCloseTo(1 - none, 12)
        expect(passHatK(n, c, k)).toBeCloseTo(all, 12)
      }),
    )
  })

  it('refuse more draws than samples', () => {
    expect(() => passAtK(3, 1, 4)).toThrow('got k = 4, c = 1, n = 3')
    expect(() => passHatK(3, 1, 0)).toThrow(RangeError)
    expect(() => bestOfK([1, 2], 3)).toThrow('Expected 1 <= k <= 2, got k = 3')
  })

  it('have the best of k as the mean over all choices of k', () => {
    const values = [5, 1, 4, 1, 9, 2]
    const maxima: number[] = []
    for (let mask = 0; mask < 64; mask += 1) {
      const chosen = values.filter((_value, index) => mask & (1 << index))
      if (chosen.length === 3) maxima.push(Math.max(...chosen))
    }
    expect(bestOfK(values, 3)).toBeCloseTo(sum(maxima) / maxima.length, 12)
  })
})
