import type { CallFailure } from '../../core/call.ts'
import { type EndpointError, HeedError } from '../../core/errors.ts'
import type { CallError } from '../call-error.ts'
import type { GiveUpReason } from './retry-policy.ts'

/** A call that was given up, with the errors of all its tries. */
export class CallFailedError extends HeedError {
  readonly reason: GiveUpReason
  /** One error per try, in order. */
  readonly attempts: readonly CallError[]
  /** Requests that were sent; less than the attempts when the call was stopped while it waited. */
  readonly tries: number
  /** Set when no call to the endpoint can succeed: the run should stop with this error. */
  readonly fatal: EndpointError | undefined
  readonly failure: CallFailure

  constructor(reason: GiveUpReason, attempts: readonly CallError[], tries: number, fatal: EndpointError | undefined) {
    const latest = attempts.at(-1)!
    const message = summary(reason, attempts)
    super('call-failed', message, { cause: latest })
    this.reason = reason
    this.attempts = attempts
    this.tries = tries
    this.fatal = fatal
    this.failure = { ...latest.failure, message }
  }
}

function summary(reason: GiveUpReason, attempts: readonly CallError[]): string {
  const latest = attempts.at(-1)!
  if (attempts.length === 1) return latest.message
  const counts = new Map<string, number>()
  for (const { message } of attempts) counts.set(message, (counts.get(message) ?? 0) + 1)
  const list = [...counts].map(([message, count]) => (count === 1 ? message : `${count} x ${message}`)).join('; ')
  const given =
    reason === 'retries-used-up' ? `gave up after ${attempts.length} tries` : `tried ${attempts.length} times`
  return `${given}: ${list}`
}
