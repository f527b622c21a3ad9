import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UsageError } from '../../../src/core/errors.ts'
import { mulberry32 } from '../../../src/core/random.ts'
import { queueSettings } from '../../../src/models/queue/queue-settings.ts'
import { decideRetry } from '../../../src/models/queue/retry-policy.ts'
import { failure } from './_scripted-endpoint.ts'

describe('decideRetry', () => {
  it('doubles the upper end of the wait with every try, up to the longest', () => {
    const settings = queueSettings({ random: () => 0.999999, maxRetries: 20, firstDelayMs: 100, maxDelayMs: 1000 })
    const delays = Array.from({ length: 6 }, (_, index) => {
      const decision = decideRetry(
        Array.from({ length: index + 1 }, () => failure('server')),
        settings,
      )
      return decision.kind === 'wait' ? Math.round(decision.delayMs) : null
    })
    expect(delays).toEqual([100, 200, 400, 800, 1000, 1000])
  })

  it('counts each class of failure against its own allowance', () => {
    const settings = queueSettings({ maxRetries: 1, maxRateLimitRetries: 2, maxMalformedRetries: 1 })
    const mixed = [failure('rate-limit'), failure('server'), failure('malformed'), failure('rate-limit')]
    expect(decideRetry(mixed, settings).kind).toBe('wait')
    expect(decideRetry([...mixed, failure('network')], settings)).toEqual({
      kind: 'give-up',
      reason: 'retries-used-up',
    })
  })

  it('keeps a delay that the server asks for, with up to a tenth on top', () => {
    fc.assert(
      fc.property(fc.nat(600_000), fc.nat(), (retryAfterMs, seed) => {
        const settings = queueSettings({ random: mulberry32(seed) })
        const decision = decideRetry([failure('rate-limit', { retryAfterMs })], settings)
        if (decision.kind !== 'wait') throw new Error('gave up')
        expect(decision.delayMs).toBeGreaterThanOrEqual(retryAfterMs)
        expect(decision.delayMs).toBeLessThanOrEqual(retryAfterMs + Math.min(1000, retryAfterMs / 10))
      }),
    )
  })

  it('draws its waits from the seeded source alone', () => {
    const draw = () => decideRetry([failure('server')], queueSettings({ random: mulberry32(9) }))
    expect(draw()).toEqual(draw())
  })
})

describe('queueSettings', () => {
  it.each([{ concurrency: 0 }, { concurrency: 1.5 }, { requestsPerMinute: 0 }, { tokensPerMinute: -1 }])(
    'refuses %j, which would let nothing through',
    (given) => {
      expect(() => queueSettings(given)).toThrow(UsageError)
    },
  )

  it('never has a window smaller than the concurrency', () => {
    expect(queueSettings({ concurrency: 9, window: 3 }).window).toBe(9)
  })
})
