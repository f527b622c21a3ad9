import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mulberry32 } from '../../src/core/random.ts'
import { calibration } from '../../src/stats/calibration-bins.ts'
import { applyIsotonic, fitIsotonic } from '../../src/stats/isotonic.ts'
import { logit, sigmoid } from '../../src/stats/logistic.ts'
import { applyPlatt, fitPlatt } from '../../src/stats/platt-scaling.ts'
import { brierScore, logLoss } from '../../src/stats/probability-scores.ts'
import { auroc, averagePrecision } from '../../src/stats/ranking-quality.ts'
import { fitTemperature } from '../../src/stats/temperature-scaling.ts'
import { chooseThreshold } from '../../src/stats/threshold-choice.ts'

/** Labels drawn with P(1) = sigmoid(slope·x + offset). */
function drawn(n: number, slope: number, offset: number) {
  const random = mulberry32(7)
  const scores = Array.from({ length: n }, () => random() * 6 - 3)
  return { scores, labels: scores.map((score) => (random() < sigmoid(slope * score + offset) ? 1 : 0)) }
}

describe('probability scores', () => {
  it('survive certain and wrong predictions', () => {
    expect(logLoss([0], [1])).toBeCloseTo(-Math.log(1e-7), 6)
    expect(brierScore([0], [1])).toBe(1)
    expect(brierScore([], [])).toBeNull()
    expect(logLoss([], [])).toBeNull()
  })
})

describe('calibration', () => {
  it('puts a certain prediction into the last bin and leaves empty bins empty', () => {
    const { bins, ece, mce } = calibration([1, 0], [1, 0.5], 4)
    expect(bins.map(({ n }) => n)).toEqual([0, 0, 1, 1])
    expect(bins[0]).toEqual({ low: 0, high: 0.25, n: 0, meanProbability: null, meanLabel: null })
    expect(ece).toBe(0.25)
    expect(mce).toBe(0.5)
    expect(calibration([], []).ece).toBeNull()
  })
})

describe('ranking quality', () => {
  it('is the share of pairs in the right order', () => {
    const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 4 })), { maxLength: 20 })
    fc.assert(
      fc.property(pairs, (list) => {
        const positives = list.filter(([label]) => label === 1).map(([, score]) => score)
        const negatives = list.filter(([label]) => label === 0).map(([, score]) => score)
        const won = positives.flatMap((p) => negatives.map((n): number => (p > n ? 1 : p === n ? 0.5 : 0)))
        const found = auroc(
          list.map(([label]) => label),
          list.map(([, score]) => score),
        )
        if (won.length === 0) expect(found).toBeNull()
        else expect(found).toBeCloseTo(won.reduce((total, value) => total + value, 0) / won.length, 12)
      }),
    )
  })

  it('lets tied scores enter together', () => {
    expect(averagePrecision([1, 0, 1, 0], [0.5, 0.5, 0.5, 0.5])).toBe(0.5)
    expect(averagePrecision([0, 1], [0.5, 0.5])).toBe(averagePrecision([1, 0], [0.5, 0.5]))
    expect(averagePrecision([0], [0.5])).toBeNull()
  })
})

describe('the threshold', () => {
  it('is the larger of two that are equally good', () => {
    // 0.9 gives F1 = 2/3, 0.2 gives 4/6.
    expect(chooseThreshold([1, 0, 0, 1], [0.9, 0.5, 0.4, 0.2], 'f1')).toEqual({ threshold: 0.9, value: 2 / 3 })
  })

  it('maximises what it is asked for', () => {
    const labels = [1, 1, 1, 0, 1, 0, 0]
    const scores = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3]
    expect(chooseThreshold(labels, scores, 'f1')).toMatchObject({ threshold: 0.5 })
    expect(chooseThreshold(labels, scores, 'youden')).toEqual({ threshold: 0.7, value: 0.75 })
    expect(chooseThreshold([1, 1], [0.5, 0.4], 'youden')).toBeNull()
    expect(chooseThreshold([0], [0.5], 'f1')).toBeNull()
  })
})

describe('temperature scaling', () => {
  it('finds the temperature that data were drawn with', () => {
    const { scores, labels } = drawn(20_000, 0.5, 0)
    expect(fitTemperature(labels, scores)!.temperature).toBeCloseTo(2, 0)
  })

  it('is at a minimum of the log loss', () => {
    const { scores, labels } = drawn(300, 0.4, 0.2)
    const { temperature } = fitTemperature(labels, scores)!
    const loss = (t: number) =>
      logLoss(
        labels,
        scores.map((score) => sigmoid(score / t)),
      )!
    expect(loss(temperature)).toBeLessThan(loss(temperature * 1.01))
    expect(loss(temperature)).toBeLessThan(loss(temperature * 0.99))
  })

  it('says so when the data want no limit', () => {
    expect(fitTemperature([1, 0], [2, -2])).toEqual({ temperature: 0.01, atLimit: true })
    expect(fitTemperature([0, 1], [2, -2])).toEqual({ temperature: 100, atLimit: true })
    expect(fitTemperature([], [])).toBeNull()
  })
})

describe('Platt scaling', () => {
  it('finds the curve that data were drawn with', () => {
    const { scores, labels } = drawn(20_000, 1.5, -0.7)
    const fit = fitPlatt(labels, scores)!
    expect(fit.slope).toBeCloseTo(1.5, 1)
    expect(fit.offset).toBeCloseTo(-0.7, 1)
    expect(applyPlatt(fit, 0)).toBeCloseTo(sigmoid(-0.7), 1)
  })

  it('stays finite on separable and on constant scores', () => {
    const separable = fitPlatt([0, 0, 1, 1], [1, 2, 3, 4])!
    expect(Number.isFinite(separable.slope) && separable.slope > 0).toBe(true)
    const constant = fitPlatt([0, 1, 1], [5, 5, 5])!
    expect(applyPlatt(constant, 5)).toBeCloseTo((2 * 0.75 + 1 / 3) / 3, 6)
    expect(fitPlatt([], [])).toBeNull()
  })
})

describe('isotonic regression', () => {
  it('pools what falls', () => {
    const fit = fitIsotonic([0, 1, 0, 1, 1], [1, 2, 3, 4, 5])!
    expect(fit.blocks.map(({ p, n }) => [p, n])).toEqual([
      [0, 1],
      [0.5, 2],
      [1, 2],
    ])
    expect([0, 1, 1.5, 2.5, 4, 9].map((score) => applyIsotonic(fit, score))).toEqual([0, 0, 0.25, 0.5, 1, 1])
  })

  it('never falls, keeps the mean, and gives equal scores one value', () => {
    const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 6 })), { minLength: 1 })
    fc.assert(
      fc.property(pairs, (list) => {
        const labels = list.map(([label]) => label)
        const scores = list.map(([, score]) => score)
        const fitted = scores.map((score) => applyIsotonic(fitIsotonic(labels, scores)!, score))
        const total = (values: readonly number[]) => values.reduce((all, value) => all + value, 0)
        expect(total(fitted)).toBeCloseTo(total(labels), 9)
        const order = scores.map((_score, index) => index).sort((one, other) => scores[one]! - scores[other]!)
        order.slice(1).forEach((index, position) => {
          expect(fitted[index]!).toBeGreaterThanOrEqual(fitted[order[position]!]! - 1e-12)
        })
      }),
    )
  })
})

describe('the logit', () => {
  it('is the inverse of the sigmoid and finite at the ends', () => {
    expect(sigmoid(logit(0.3))).toBeCloseTo(0.3, 14)
    expect(logit(1)).toBeCloseTo(Math.log(1e7), 6)
    expect(sigmoid(-800)).toBe(0)
    expect(sigmoid(800)).toBe(1)
  })
})
