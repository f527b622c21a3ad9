import { describe, expect, it } from 'vitest'
import { chooseCascade } from '../../../../src/checkers/reward-model/evaluation/cascade-thresholds.ts'

/** Judge and model agree above 0.8 and below 0.1; in between the labels alternate. */
const p = Array.from({ length: 400 }, (_, index) => index / 400)
const labels = p.map((value, index) => (value >= 0.8 ? 1 : value <= 0.1 ? 0 : index % 2))

describe('the choice of a cascade', () => {
  it('leaves what is in doubt to the judge and reaches the stated agreement', () => {
    const chosen = chooseCascade(labels, p, 0.95)
    expect(chosen.agreement).toBeGreaterThanOrEqual(0.95)
    expect(chosen.above).toBeGreaterThan(0.7)
    expect(chosen.below).toBeLessThan(0.2)
    expect(chosen.decided).toBeGreaterThan(100)
    expect(chosen.low!).toBeLessThan(chosen.agreement!)
  })

  it('decides more when less agreement is asked', () => {
    expect(chooseCascade(labels, p, 0.8).decided).toBeGreaterThan(chooseCascade(labels, p, 0.99).decided)
  })

  it('decides nothing with a scorer that is a coin', () => {
    const coin = labels.map((_label, index) => ((index * 7919) % 400) / 400)
    const alternating = labels.map((_label, index) => index % 2)
    expect(chooseCascade(alternating, coin, 0.95)).toMatchObject({ below: -1, above: 2, decided: 0, agreement: null })
  })

  it('decides nothing on fewer than twenty pairs a side', () => {
    expect(chooseCascade([1, 1, 0], [0.9, 0.95, 0.1], 0.9).decided).toBe(0)
  })

  it('keeps pairs of one score together', () => {
    const equal = new Array<number>(100).fill(0.9)
    const mixed = equal.map((_, index) => (index < 60 ? 1 : 0))
    expect(chooseCascade(mixed, equal, 0.95).decided).toBe(0)
  })
})
