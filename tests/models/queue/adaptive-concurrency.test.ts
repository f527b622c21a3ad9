import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AdaptiveConcurrency } from '../../../src/models/queue/adaptive-concurrency.ts'

function withClock(limit: number, cooldownMs = 1000) {
  const clock = { now: 0 }
  return { clock, concurrency: new AdaptiveConcurrency(limit, cooldownMs, () => clock.now) }
}

describe('AdaptiveConcurrency', () => {
  it('cuts to four fifths, once per cooldown', () => {
    const { clock, concurrency } = withClock(256)
    expect(concurrency.rateLimited()).toBe(true)
    for (let count = 0; count < 255; count += 1) expect(concurrency.rateLimited()).toBe(false)
    expect(concurrency.current).toBe(204)
    clock.now = 999
    concurrency.rateLimited()
    expect(concurrency.current).toBe(204)
    clock.now = 1000
    concurrency.rateLimited()
    expect(concurrency.current).toBe(163)
  })

  it('gives one place back after as many successes as there are places, and not within the cooldown', () => {
    const { clock, concurrency } = withClock(10)
    concurrency.rateLimited()
    for (let count = 0; count < 50; count += 1) concurrency.succeeded()
    expect(concurrency.current).toBe(8)
    clock.now = 1000
    expect(concurrency.succeeded()).toBe(true)
    expect(concurrency.current).toBe(9)
    for (let count = 0; count < 8; count += 1) concurrency.succeeded()
    expect(concurrency.current).toBe(9)
    concurrency.succeeded()
    expect(concurrency.current).toBe(10)
  })

  it('counts successes anew after a rate limit', () => {
    const { clock, concurrency } = withClock(10, 0)
    concurrency.rateLimited()
    for (let count = 0; count < 7; count += 1) concurrency.succeeded()
    clock.now = 5
    concurrency.rateLimited()
    concurrency.succeeded()
    expect(concurrency.current).toBe(6)
  })

  it('stays between 1 and the limit, whatever happens', () => {
    const events = fc.array(fc.tuple(fc.boolean(), fc.nat(2000)), { maxLength: 400 })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), events, (limit, list) => {
        const { clock, concurrency } = withClock(limit)
        for (const [isLimited, passed] of list) {
          clock.now += passed
          if (isLimited) concurrency.rateLimited()
          else concurrency.succeeded()
          expect(concurrency.current).toBeGreaterThanOrEqual(1)
          expect(concurrency.current).toBeLessThanOrEqual(limit)
        }
      }),
    )
  })
})
