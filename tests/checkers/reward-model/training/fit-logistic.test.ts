import { describe, expect, it } from 'vitest'
import { fitLogistic } from '../../../../src/checkers/reward-model/training/fit-logistic.ts'
import { mulberry32 } from '../../../../src/core/random.ts'
import { sigmoid } from '../../../../src/stats/logistic.ts'

describe('ridge-penalised logistic regression', () => {
  it('finds the weights that drew the labels', () => {
    const random = mulberry32(5)
    const inputs = Array.from({ length: 20_000 }, () => [random() * 4, random() * 100, 7])
    const labels = inputs.map(([x, y]) => (random() < sigmoid(1.5 * x! - 0.02 * y! - 2) ? 1 : 0))
    const { weights, offset } = fitLogistic(inputs, labels, 1)
    expect(weights[0]).toBeCloseTo(1.5, 1)
    expect(weights[1]).toBeCloseTo(-0.02, 2)
    // A column that never changes tells nothing.
    expect(weights[2]).toBeCloseTo(0, 6)
    expect(offset).toBeCloseTo(-2, 0)
  })

  it('stays finite where a column parts the labels, and shrinks with the penalty', () => {
    const inputs = [[0], [1], [2], [3]]
    const strong = fitLogistic(inputs, [0, 0, 1, 1], 10).weights[0]!
    const weak = fitLogistic(inputs, [0, 0, 1, 1], 0.1).weights[0]!
    expect(strong).toBeGreaterThan(0)
    expect(weak).toBeGreaterThan(strong)
    expect(Number.isFinite(weak)).toBe(true)
  })

  it('gives the share of ones without anything to go by', () => {
    const { weights, offset } = fitLogistic([[1], [1], [1], [1]], [1, 1, 1, 0], 10)
    expect(sigmoid(offset + weights[0]!)).toBeCloseTo(0.75, 3)
  })
})
