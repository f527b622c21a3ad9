import { UsageError } from '../../core/errors.ts'
import { deriveSeed, mulberry32, type Random } from '../../core/random.ts'

/** Settings of the queue of one endpoint. Times are in milliseconds. */
export interface QueueSettings {
  /** Most requests under way at once. */
  readonly concurrency: number
  /** Most calls taken in and not yet answered; `ready()` waits for room. At least `concurrency`. */
  readonly window: number
  /** Cap, or null for none. */
  readonly requestsPerMinute: number | null
  /** Cap on input and output tokens together, or null for none. */
  readonly tokensPerMinute: number | null
  /** Further tries after server errors, network errors and time-outs. */
  readonly maxRetries: number
  /** Further tries after rate limits: these pass by waiting. */
  readonly maxRateLimitRetries: number
  /** Further tries after replies that cannot be read: such calls were paid for. */
  readonly maxMalformedRetries: number
  /** Upper end of the first random wait; it doubles with every try. */
  readonly firstDelayMs: number
  /** Upper end of the longest random wait. */
  readonly maxDelayMs: number
  /** A server that asks for a longer wait than this is not believed. */
  readonly maxRetryAfterMs: number
  /** Concurrency is cut at most once in this time, and rises only when this time has passed without a rate limit. */
  readonly cooldownMs: number
  /** Source of the random waits. */
  readonly random: Random
}

/**
 * Fills in the defaults.
 * @throws UsageError for a concurrency or a cap that would let nothing through
 */
export function queueSettings(given: Partial<QueueSettings> = {}): QueueSettings {
  const concurrency = given.concurrency ?? 64
  if (!Number.isInteger(concurrency) || concurrency < 1) {
    throw new UsageError('bad-concurrency', `Expected a concurrency of 1 or more, got ${concurrency}`)
  }
  for (const cap of [given.requestsPerMinute, given.tokensPerMinute]) {
    if (cap !== undefined && cap !== null && !(cap > 0)) {
      throw new UsageError('bad-rate', `Expected a cap per minute above 0, got ${cap}`)
    }
  }
  return {
    concurrency,
    window: Math.max(given.window ?? 2 * concurrency, concurrency),
    requestsPerMinute: given.requestsPerMinute ?? null,
    tokensPerMinute: given.tokensPerMinute ?? null,
    maxRetries: given.maxRetries ?? 8,
    maxRateLimitRetries: given.maxRateLimitRetries ?? 30,
    maxMalformedRetries: given.maxMalformedRetries ?? 2,
    firstDelayMs: given.firstDelayMs ?? 500,
    maxDelayMs: given.maxDelayMs ?? 60_000,
    maxRetryAfterMs: given.maxRetryAfterMs ?? 600_000,
    cooldownMs: given.cooldownMs ?? 5000,
    random: given.random ?? mulberry32(deriveSeed('call-queue')),
  }
}
