import type { CallFailure } from '../../core/call.ts'
import { CallError } from '../call-error.ts'
import type { HttpReply } from './exchange.ts'
import { retryAfter } from './retry-after.ts'
import { type ServerError, serverError } from './server-error.ts'

/** What follows from a status, where neither body nor headers say otherwise. */
interface StatusMeaning {
  readonly kind: CallFailure['kind']
  readonly retryable?: boolean
  readonly fatal?: boolean
}

const meanings: ReadonlyMap<number, StatusMeaning> = new Map([
  [401, { kind: 'auth', fatal: true }],
  [402, { kind: 'auth', fatal: true }],
  [403, { kind: 'auth', fatal: true }],
  [404, { kind: 'not-found', fatal: true }],
  [407, { kind: 'auth', fatal: true }],
  [408, { kind: 'timeout', retryable: true }],
  [409, { kind: 'server', retryable: true }],
  [425, { kind: 'server', retryable: true }],
  [429, { kind: 'rate-limit', retryable: true }],
  [501, { kind: 'client', fatal: true }],
])

/** Account limits that no waiting lifts, though they come with status 429. */
const emptyAccount = /insufficient_quota|billing_hard_limit|credit balance|spend_limit/i

function meaningOf(status: number, error: ServerError): StatusMeaning {
  if (status === 429 && emptyAccount.test(`${error.code} ${error.message}`)) return { kind: 'auth', fatal: true }
  const known = meanings.get(status)
  if (known) return known
  if (status >= 500) return { kind: 'server', retryable: true }
  // Redirects are not followed: a POST may not be repeated elsewhere unasked, and a key must not travel.
  return status < 400 ? { kind: 'client', fatal: true } : { kind: 'client' }
}

/** The call error for a response that is no success. `redact` is applied to whatever the server wrote. */
export function httpFailure(reply: HttpReply, place: string, redact: (text: string) => string): CallError {
  const { status, headers } = reply
  const error = serverError(reply)
  const meaning = meaningOf(status, error)
  const target = status < 400 ? headers.get('location') : null
  const text = target ? `redirects to ${target}; use that address` : error.message
  const forced = headers.get('x-should-retry')
  return new CallError(meaning.kind, redact(`${place} answered ${status}${text ? `: ${text}` : ''}`), {
    retryable: forced === 'false' ? false : (meaning.retryable ?? false),
    fatal: meaning.fatal ?? false,
    retryAfterMs: retryAfter(headers),
    httpStatus: status,
    parameter: error.parameter,
    serverCode: error.code,
    serverText: redact(reply.text),
  })
}

/** Status of an error that a gateway wrapped into a reply with status 200. */
export function wrappedFailure(reply: HttpReply, place: string, redact: (text: string) => string): CallError {
  const { code } = serverError(reply)
  const status = /^[45]\d\d\b/.test(code) ? Number(code.slice(0, 3)) : 500
  return httpFailure({ ...reply, status }, place, redact)
}
