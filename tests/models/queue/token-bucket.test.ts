import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TokenBucket } from '../../../src/models/queue/token-bucket.ts'

describe('TokenBucket', () => {
  it('gives one second at once, and then at the rate', () => {
    const bucket = new TokenBucket(120, 0)
    expect([1, 2, 3, 4].map(() => bucket.take(1, 0))).toEqual([0, 0, 500, 1000])
  })

  it('spaces slow rates evenly', () => {
    const bucket = new TokenBucket(6, 0)
    expect([1, 2, 3].map(() => bucket.take(1, 0))).toEqual([0, 10_000, 20_000])
  })

  it('lets a piece through that is larger than the bucket, and makes the next one wait for it', () => {
    const bucket = new TokenBucket(60_000, 0)
    expect(bucket.take(3000, 0)).toBe(2000)
    expect(bucket.take(1, 1000)).toBe(1001)
  })

  it('gives back what was estimated too high', () => {
    const bucket = new TokenBucket(60_000, 0)
    bucket.take(3000, 0)
    bucket.correct(-2500)
    expect(bucket.take(500, 0)).toBe(0)
  })

  it('never exceeds rate and burst, whenever the takers come', () => {
    const takers = fc.array(fc.record({ after: fc.nat(500), amount: fc.integer({ min: 1, max: 300 }) }), {
      minLength: 1,
    })
    fc.assert(
      fc.property(takers, (list) => {
        const bucket = new TokenBucket(6000, 0)
        let now = 0
        let taken = 0
        for (const { after, amount } of list) {
          now += after
          taken += amount
          const usedAt = now + bucket.take(amount, now)
          expect(taken).toBeLessThanOrEqual(100 + usedAt * 0.1 + 1e-6)
        }
      }),
    )
  })
})
