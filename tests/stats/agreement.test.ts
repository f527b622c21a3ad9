import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { binaryAgreement, confusionCounts } from '../../src/stats/binary-agreement.ts'
import { groupedTau } from '../../src/stats/grouped-tau.ts'
import { krippendorffNominal } from '../../src/stats/krippendorff.ts'
import { rankCorrelation } from '../../src/stats/rank-correlation.ts'

describe('binary agreement', () => {
  it('is counted against the reference', () => {
    expect(confusionCounts([1, 1, 0, 0, 1], [1, 0, 1, 0, 1])).toEqual({
      truePositives: 2,
      falsePositives: 1,
      falseNegatives: 1,
      trueNegatives: 1,
    })
  })

  it('has no kappa where chance always agrees, but has AC1', () => {
    const found = binaryAgreement({ truePositives: 9, falsePositives: 0, falseNegatives: 0, trueNegatives: 0 })
    expect(found).toMatchObject({ kappa: null, kappaError: null, ac1: 1, mcc: 0, f1Negative: 0, specificity: 0 })
  })

  it('of nothing is nothing', () => {
    const found = binaryAgreement({ truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0 })
    expect(found).toMatchObject({ n: 0, accuracy: 0, kappa: null, ac1: null })
  })
})

describe('rank correlation', () => {
  it('splits all pairs into five kinds', () => {
    const list = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 6, maxLength: 6 })
    fc.assert(
      fc.property(list, list, (x, y) => {
        const { concordant, discordant, tiedFirst, tiedSecond, tiedBoth } = rankCorrelation(x, y)
        expect(concordant + discordant + tiedFirst + tiedSecond + tiedBoth).toBe(15)
      }),
    )
  })

  it('is undefined where one side ties everything', () => {
    expect(rankCorrelation([1, 1, 1], [1, 2, 3])).toMatchObject({ tauA: 0, tauB: null, tauC: null, gamma: null })
    expect(rankCorrelation([1], [1])).toMatchObject({ tauA: null, tauB: null, pairwiseAccuracy: null })
  })

  it('is averaged over groups, with the undefined ones counted', () => {
    const found = groupedTau([
      { first: [1, 2, 3], second: [1, 2, 3] },
      { first: [1, 1, 1], second: [1, 2, 3] },
      { first: [1, 2, 3], second: [3, 2, 1] },
    ])
    expect(found).toEqual({ groups: 3, undefinedGroups: 1, mean: 0, standardError: 1, meanUndefinedAsZero: 0 })
  })
})

describe('Krippendorff`s alpha', () => {
  it('agrees with the example of its author', () => {
    const [one, two, three, four] = [
      [1, 2, 3, 3, 2, 1, 4, 1, 2, null, null, null],
      [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, null, 3],
      [null, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, null],
      [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, null],
    ] as const
    const units = one.map((rating, unit) => [rating, two[unit]!, three[unit]!, four[unit]!])
    expect(krippendorffNominal(units)).toBeCloseTo(0.743, 3)
  })

  it('is undefined where nobody could disagree', () => {
    expect(
      krippendorffNominal([
        ['a', 'a'],
        ['a', null],
      ]),
    ).toBeNull()
    expect(krippendorffNominal([])).toBeNull()
  })
})
