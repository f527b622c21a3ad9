import type { CallFailure } from '../core/call.ts'
import { HeedError } from '../core/errors.ts'

/** What can be said of a failed request beside its {@link CallFailure}. */
export interface CallErrorOptions {
  /** Another try may succeed. @default false */
  readonly retryable?: boolean
  /** No request to this endpoint can succeed: wrong key, unknown model, empty account. @default false */
  readonly fatal?: boolean
  /** How long the server asks to wait, in milliseconds from now. */
  readonly retryAfterMs?: number | undefined
  readonly httpStatus?: number | undefined
  /** Names the rejected request parameter where the server did. */
  readonly parameter?: string | undefined
  /** The server's own error code or type, empty where it gives none. */
  readonly serverCode?: string | undefined
  /** The server's whole error reply, secrets taken out. */
  readonly serverText?: string | undefined
  readonly cause?: unknown
}

/** One failed request. The message is safe to print: it has passed the redactor. */
export class CallError extends HeedError {
  readonly kind: CallFailure['kind']
  readonly retryable: boolean
  readonly fatal: boolean
  readonly retryAfterMs: number | undefined
  readonly httpStatus: number | undefined
  readonly parameter: string | undefined
  readonly serverCode: string
  readonly serverText: string | undefined

  constructor(kind: CallFailure['kind'], message: string, options: CallErrorOptions = {}) {
    super(`call-${kind}`, message, options.cause === undefined ? {} : { cause: options.cause })
    this.kind = kind
    this.retryable = options.retryable ?? false
    this.fatal = options.fatal ?? false
    this.retryAfterMs = options.retryAfterMs
    this.httpStatus = options.httpStatus
    this.parameter = options.parameter
    this.serverCode = options.serverCode ?? ''
    this.serverText = options.serverText
  }

  get failure(): CallFailure {
    const { kind, message, httpStatus } = this
    return httpStatus === undefined ? { kind, message } : { kind, message, httpStatus }
  }
}

/** The error of a call that was stopped by its signal. */
export function abortedError(): CallError {
  return new CallError('aborted', 'stopped before a reply came')
}
