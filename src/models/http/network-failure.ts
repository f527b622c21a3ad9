import { CallError } from '../call-error.ts'

/** What system and undici error codes mean, in words that name the server. */
const explanations: ReadonlyMap<string, (place: string) => string> = new Map([
  ['ECONNREFUSED', (place) => `nothing listens at ${place} (connection refused)`],
  ['ENOTFOUND', (place) => `the host of ${place} has no address (DNS)`],
  ['EAI_AGAIN', (place) => `the host of ${place} could not be looked up (DNS does not answer)`],
  ['ECONNRESET', (place) => `${place} broke the connection off`],
  ['EPIPE', (place) => `${place} broke the connection off`],
  ['UND_ERR_SOCKET', (place) => `${place} closed the connection before the reply was complete`],
  ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', (place) => `${place} sent less or more than it announced`],
  ['EHOSTUNREACH', (place) => `no route to ${place}`],
  ['ENETUNREACH', (place) => `no network on the way to ${place}`],
])

/** Turns a socket, DNS, TLS or HTTP parser error into a call error. */
export function networkFailure(error: unknown, place: string): CallError {
  if (error instanceof CallError) return error
  const cause = innermost(error)
  const code = codeOf(cause)
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT') {
    return new CallError('timeout', `no connection to ${place} in time`, { retryable: true, cause: error })
  }
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') {
    return new CallError('malformed', `the reply of ${place} is larger than allowed`, { cause: error })
  }
  const detail = cause instanceof Error && cause.message ? cause.message : String(cause)
  if (/CERT|SELF_SIGNED|ERR_TLS|UNABLE_TO_(GET|VERIFY)/.test(code)) {
    const advice = 'if the certificate is your own, name its authority in NODE_EXTRA_CA_CERTS'
    return new CallError('network', `the TLS certificate of ${place} is not trusted (${detail}); ${advice}`, {
      fatal: true,
      cause: error,
    })
  }
  if (code === 'UND_ERR_INVALID_ARG' || code === 'ERR_INVALID_URL') {
    return new CallError('client', `the request to ${place} cannot be sent: ${detail}`, { fatal: true, cause: error })
  }
  const explanation = explanations.get(code)?.(place) ?? `the connection to ${place} failed: ${detail}`
  return new CallError('network', explanation, { retryable: true, cause: error })
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** The error that says most: addresses tried one after the other come as one AggregateError. */
function innermost(error: unknown): unknown {
  if (error instanceof AggregateError && error.errors.length > 0) return innermost(error.errors[0])
  if (error instanceof Error && !codeOf(error) && error.cause) return innermost(error.cause)
  return error
}
