import type { CallFailure } from '../../core/call.ts'
import type { CallError } from '../call-error.ts'
import type { QueueSettings } from './queue-settings.ts'

/** Why a call is given up. */
export type GiveUpReason = 'aborted' | 'not-retryable' | 'retries-used-up'

export type RetryDecision =
  | { readonly kind: 'wait'; readonly delayMs: number }
  | { readonly kind: 'give-up'; readonly reason: GiveUpReason }

/** Which allowance a failure is counted against. */
type Allowance = 'maxRetries' | 'maxRateLimitRetries' | 'maxMalformedRetries'

function allowanceOf(kind: CallFailure['kind']): Allowance {
  if (kind === 'rate-limit') return 'maxRateLimitRetries'
  return kind === 'malformed' ? 'maxMalformedRetries' : 'maxRetries'
}

/**
 * Decides whether a call is tried again, and when. A sane delay that the server asks for is kept, with up to a tenth on
 * top so that not all calls come back at once; else the wait is exponential with full jitter: uniform between 0 and
 * `firstDelayMs` x 2^n (AWS Architecture Blog, "Exponential Backoff And Jitter", 2015).
 * @param attempts errors of all tries so far, the latest last
 */
export function decideRetry(attempts: readonly CallError[], settings: QueueSettings): RetryDecision {
  const latest = attempts.at(-1)!
  if (latest.kind === 'aborted') return { kind: 'give-up', reason: 'aborted' }
  if (!latest.retryable) return { kind: 'give-up', reason: 'not-retryable' }
  const allowance = allowanceOf(latest.kind)
  const failures = attempts.filter((error) => allowanceOf(error.kind) === allowance).length
  if (failures > settings[allowance]) return { kind: 'give-up', reason: 'retries-used-up' }
  const retryAfterMs = saneRetryAfter(latest, settings)
  if (retryAfterMs !== undefined) {
    return { kind: 'wait', delayMs: retryAfterMs + settings.random() * Math.min(retryAfterMs / 10, 1000) }
  }
  const upperEnd = Math.min(settings.maxDelayMs, settings.firstDelayMs * 2 ** (failures - 1))
  return { kind: 'wait', delayMs: settings.random() * upperEnd }
}

/** The delay that a server asks for, unless it is too long to be believed. */
export function saneRetryAfter({ retryAfterMs }: CallError, settings: QueueSettings): number | undefined {
  return retryAfterMs !== undefined && retryAfterMs <= settings.maxRetryAfterMs ? retryAfterMs : undefined
}
