import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bootstrapReplicates } from '../../src/stats/bootstrap.ts'
import { exactBootstrap } from '../../src/stats/exact-bootstrap.ts'
import { mcNemar } from '../../src/stats/mcnemar.ts'
import { benjaminiHochberg, bonferroni, holm } from '../../src/stats/multiple-testing.ts'
import { bootstrapDifference } from '../../src/stats/paired-bootstrap.ts'
import { pairedDifference } from '../../src/stats/paired-difference.ts'
import {
  binaryDifferenceDeviation,
  detectableDifference,
  itemsNeeded,
  sampledItemsNeeded,
} from '../../src/stats/power.ts'
import { signFlipP } from '../../src/stats/sign-flip.ts'
import { differenceOf, meanOf, ratioOf } from '../../src/stats/statistics-of-draws.ts'
import { wilcoxonSignedRank } from '../../src/stats/wilcoxon.ts'

describe('the paired difference', () => {
  it('cannot judge a difference that never varies, but can judge none', () => {
    expect(pairedDifference([0.3, 0.4, 0.9], [0.2, 0.3, 0.8])).toMatchObject({ standardError: 0, z: null, p: null })
    expect(pairedDifference([0.3, 0.4], [0.3, 0.4])).toMatchObject({ difference: 0, p: 1 })
  })

  it('knows nothing from one item, and refuses lists of different length', () => {
    expect(pairedDifference([1], [0])).toMatchObject({ difference: 1, standardError: null, p: null, interval: null })
    expect(() => pairedDifference([1], [])).toThrow('Expected as many scores on both sides, got 1 and 0')
  })

  it('gains over the unpaired error where the two agree', () => {
    const a = [1, 1, 1, 0, 0, 0, 1, 0]
    const b = [1, 1, 1, 0, 0, 0, 0, 0]
    const { standardError, unpairedStandardError, correlation } = pairedDifference(a, b)
    expect(standardError!).toBeLessThan(unpairedStandardError! / 1.5)
    expect(correlation!).toBeCloseTo(0.7746, 4)
  })
})

describe('McNemar`s exact test', () => {
  function exactWithIntegers(onlyA: number, onlyB: number): number {
    const n = onlyA + onlyB
    let term = 1n
    let tail = 0n
    for (let i = 0; i <= Math.min(onlyA, onlyB); i += 1) {
      tail += term
      term = (term * BigInt(n - i)) / BigInt(i + 1)
    }
    return Math.min(1, Number((2n * tail * 10n ** 30n) / 2n ** BigInt(n)) / 1e30)
  }

  it('agrees with integer arithmetic also where binomials overflow', () => {
    for (const [onlyA, onlyB] of [
      [114, 60],
      [1000, 1000],
      [1100, 1010],
      [3000, 2870],
      [5, 0],
      [0, 1],
    ] as const) {
      expect(mcNemar(onlyA, onlyB).exactP).toBeCloseTo(exactWithIntegers(onlyA, onlyB), 10)
    }
    expect(mcNemar(114, 60).exactP).toBeCloseTo(5.2e-5, 6)
  })

  it('does not care which side is which', () => {
    expect(mcNemar(10, 2)).toEqual(mcNemar(2, 10))
  })
})

describe('Wilcoxon`s signed ranks', () => {
  const signs = (n: number) =>
    Array.from({ length: 2 ** n }, (_, mask) => (index: number) => (mask & (1 << index) ? 1 : -1))

  it('agree with trying all sign assignments', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -4, max: 4 }), { minLength: 1, maxLength: 9 }), (raw) => {
        const d = raw.filter((value) => value !== 0)
        const { plus, minus, exactP } = wilcoxonSignedRank(raw)
        const least = Math.min(plus, minus)
        const sums = signs(d.length).map(
          (sign) => wilcoxonSignedRank(d.map((value, index) => Math.abs(value) * sign(index))).plus,
        )
        expect(plus + minus).toBe((d.length * (d.length + 1)) / 2)
        expect(exactP).toBeCloseTo(Math.min(1, (2 * sums.filter((sum) => sum <= least).length) / sums.length), 12)
      }),
      { numRuns: 40 },
    )
  })

  it('are exact for few differences and normal for many', () => {
    const few = Array.from({ length: 25 }, (_, index) => (index % 3 === 0 ? -1 : 1) * (index + 1))
    const many = Array.from({ length: 26 }, (_, index) => (index % 3 === 0 ? -1 : 1) * (index + 1))
    expect(wilcoxonSignedRank(few).p).toBe(wilcoxonSignedRank(few).exactP)
    expect(wilcoxonSignedRank(many).p).toBe(wilcoxonSignedRank(many).normalP)
    expect(wilcoxonSignedRank(many).exactP).toBeCloseTo(wilcoxonSignedRank(many).correctedNormalP, 2)
    expect(wilcoxonSignedRank(Array.from({ length: 101 }, () => 1)).exactP).toBeNull()
  })

  it('see no difference where there is none', () => {
    expect(wilcoxonSignedRank([0, 0])).toMatchObject({ n: 0, z: null, p: 1, exactP: 1, normalP: 1 })
  })
})

describe('sign flips', () => {
  it('sampled come near the exact share, and are repeatable', () => {
    const d = Array.from({ length: 21 }, (_, index) => ((index * 7) % 11) / 10 - 0.4)
    const exact = pairedDifference(
      d,
      d.map(() => 0),
    ).p!
    expect(signFlipP(d, { seed: 3 })).toBeCloseTo(exact, 1)
    expect(signFlipP(d, { seed: 3 })).toBe(signFlipP(d, { seed: 3 }))
    expect(signFlipP(d, { seed: 3 })).not.toBe(signFlipP(d, { seed: 4 }))
    expect(
      signFlipP(
        d.map(() => 1),
        { replicates: 999 },
      ),
    ).toBe(1 / 1000)
  })

  it('of nothing show nothing', () => {
    expect(signFlipP([])).toBe(1)
    expect(signFlipP([0, 0])).toBe(1)
  })
})

describe('the paired bootstrap', () => {
  const options = { replicates: 2000, seed: 11 }

  it('comes near the exact distribution', () => {
    const d = [1, 0, -1, 1, 1, 0, 0, 1]
    const exact = exactBootstrap(d)
    const drawn = bootstrapDifference(d.length, meanOf(d), options)
    expect(drawn.shareAtMostZero).toBeCloseTo(exact.shareAtMostZero, 1)
    expect(drawn.shareAtLeastZero).toBeCloseTo(exact.shareAtLeastZero, 1)
    expect(drawn.shareBetter! + drawn.shareAtMostZero!).toBeCloseTo(1, 12)
  })

  it('turns round with its sides', () => {
    const a = [5, 4, 1, 5, 8]
    const b = [5, 0, 0, 4, 3]
    const total = [8, 7, 3, 5, 8]
    const forward = bootstrapDifference(5, differenceOf(ratioOf(a, total), ratioOf(b, total)), options)
    const back = bootstrapDifference(5, differenceOf(ratioOf(b, total), ratioOf(a, total)), options)
    expect(back.p).toBe(forward.p)
    expect(back.interval![0]).toBeCloseTo(-forward.interval![1], 12)
    expect(back.shareAtMostZero).toBe(forward.shareAtLeastZero)
  })

  it('never claims more than its resamples can show', () => {
    const found = bootstrapDifference(50, meanOf(Array.from({ length: 50 }, (_, index) => 1 + (index % 3))), options)
    expect(found.p).toBe(1 / 2001)
  })

  it('leaves resamples out that define no difference, and says how many are left', () => {
    const onlyFirst = ratioOf([1, 1, 0, 0], [1, 1, 0, 0])
    const found = bootstrapDifference(4, onlyFirst, options)
    expect(found.replicates).toBeLessThan(2000)
    expect(found.replicates).toBeGreaterThan(1800)
    expect(bootstrapReplicates(4, () => null, options)).toHaveLength(0)
    expect(bootstrapDifference(4, () => null, options)).toMatchObject({ observed: null, p: null, interval: null })
  })
})

describe('power', () => {
  it('finds the items that its detectable difference needs', () => {
    const deviation = binaryDifferenceDeviation(0.16)
    expect(deviation).toBe(0.4)
    expect(detectableDifference(541, deviation)).toBeCloseTo(0.0482, 4)
    expect(itemsNeeded(detectableDifference(541, deviation)!, deviation).unrounded).toBeCloseTo(541, 8)
    expect(detectableDifference(0, deviation)).toBeNull()
  })

  it('gains from samples only inside items', () => {
    const variances = { betweenItems: 0.02, withinA: 0.1, withinB: 0.1 }
    const one = sampledItemsNeeded(0.03, { ...variances, samplesA: 1, samplesB: 1 })
    const many = sampledItemsNeeded(0.03, { ...variances, samplesA: 1e9, samplesB: 1e9 })
    expect(one.unrounded / many.unrounded).toBeCloseTo(0.22 / 0.02, 5)
  })
})

describe('adjusted p values', () => {
  const ps = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 })

  it('never fall below p, and Holm never exceeds Bonferroni nor falls below Benjamini and Hochberg', () => {
    fc.assert(
      fc.property(ps, (values) => {
        const byHolm = holm(values)
        const byBonferroni = bonferroni(values)
        const byBh = benjaminiHochberg(values)
        values.forEach((p, index) => {
          expect(byBh[index]!).toBeGreaterThanOrEqual(p - 1e-15)
          expect(byHolm[index]!).toBeGreaterThanOrEqual(byBh[index]! - 1e-12)
          expect(byBonferroni[index]!).toBeGreaterThanOrEqual(byHolm[index]! - 1e-15)
        })
      }),
    )
  })

  it('keep the order of the input', () => {
    expect(holm([0.04, 0.01])).toEqual([0.04, 0.02])
  })
})
