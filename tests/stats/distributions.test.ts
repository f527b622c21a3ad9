import { describe, expect, it } from 'vitest'
import {
  clusterCriticalValue,
  criticalValue,
  normalCdf,
  normalQuantile,
  studentCdf,
  studentQuantile,
  twoSidedNormalP,
} from '../../src/stats/distributions.ts'

describe('distributions', () => {
  it('give the normal quantiles of the tables', () => {
    expect(normalQuantile(0.8)).toBeCloseTo(0.8416212335729143, 14)
    expect(normalQuantile(0.995)).toBeCloseTo(2.5758293035489004, 14)
    expect(criticalValue(0.95)).toBe(1.959963984540054)
  })

  it('keep their digits in the tail', () => {
    expect(normalCdf(-8) / 6.220960574271786e-16).toBeCloseTo(1, 12)
    expect(twoSidedNormalP(12) / 3.5529642241553e-33).toBeCloseTo(1, 10)
    expect(normalCdf(normalQuantile(1e-10)) / 1e-10).toBeCloseTo(1, 12)
  })

  it('give the t quantiles of the tables', () => {
    expect(studentQuantile(0.975, 1)).toBeCloseTo(12.706204736174705, 9)
    expect(studentQuantile(0.975, 39)).toBeCloseTo(2.0226909200367604, 12)
    expect(studentCdf(-2.5, 5)).toBeCloseTo(0.02724504967118812, 14)
  })

  it('use t below forty clusters and the normal distribution from there on', () => {
    expect(clusterCriticalValue(0.95, 4)).toBeCloseTo(3.182446305284263, 9)
    expect(clusterCriticalValue(0.95, 39)).toBeGreaterThan(2.02)
    expect(clusterCriticalValue(0.95, 40)).toBe(criticalValue(0.95))
  })
})
