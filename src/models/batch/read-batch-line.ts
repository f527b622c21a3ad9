import type { Redactor } from '../../core/redact.ts'
import { readMessage } from '../anthropic/read-message.ts'
import { CallError } from '../call-error.ts'
import type { BatchForm, EndpointReply } from '../endpoint.ts'
import { httpFailure } from '../http/http-failure.ts'
import { ResponseHeaders } from '../http/response-headers.ts'
import { blockedPrompt } from '../openai/blocked-prompt.ts'
import { readCompletion } from '../openai/read-completion.ts'

type Fields = Readonly<Record<string, unknown>>

/** Id of a line of batch results; null where the line is none. */
export function batchLineId(line: unknown): string | null {
  return isFields(line) && typeof line.custom_id === 'string' ? line.custom_id : null
}

/**
 * Reads one line of batch results: `{custom_id, response: {status_code, body}, error}` (OpenAI, vLLM) or
 * `{custom_id, result: {type, message | error}}` (Anthropic).
 * @throws CallError for a request that failed, and for a line that is no result
 */
export function readBatchLine(
  line: unknown,
  { kind, address, thinking }: Pick<BatchForm, 'kind' | 'address' | 'thinking'>,
  redactor: Redactor,
): EndpointReply {
  const redact = (text: string) => redactor.message(text)
  const place = `the batch of ${address}`
  if (kind === 'anthropic') return readMessage(anthropicMessage(line, place, redact), place)
  if (!isFields(line)) throw noResult(line, place, redact)
  const response = isFields(line.response) ? line.response : null
  const status = typeof response?.status_code === 'number' ? response.status_code : null
  if (response && (status === null || status === 200) && !line.error)
    return readCompletion(response.body, place, thinking, redact)
  if (!response && !line.error) throw noResult(line, place, redact)
  const body = isFields(response?.body) && response.body.error !== undefined ? response.body : { error: line.error }
  const error = failure(status ?? statusOf(line.error) ?? 500, body, place, redact)
  const refused = blockedPrompt(error)
  if (refused) return refused
  throw error
}

function anthropicMessage(line: unknown, place: string, redact: (text: string) => string): unknown {
  const result = isFields(line) && isFields(line.result) ? line.result : null
  if (!result) throw noResult(line, place, redact)
  if (result.type === 'succeeded') return result.message
  if (result.type === 'canceled' || result.type === 'expired') {
    throw new CallError('aborted', `${place}: the request was ${result.type}`, { retryable: true })
  }
  const error = isFields(result.error) && isFields(result.error.error) ? result.error : { error: result.error }
  const isClient = JSON.stringify(error).includes('invalid_request')
  throw failure(isClient ? 400 : 500, error, place, redact)
}

function failure(status: number, body: unknown, place: string, redact: (text: string) => string): CallError {
  return httpFailure({ status, headers: new ResponseHeaders({}), text: JSON.stringify(body) }, place, redact)
}

/** vLLM and OpenAI write an HTTP status, or a word such as `batch_expired`, into the error's code. */
function statusOf(error: unknown): number | null {
  const code = isFields(error) ? Number(error.code) : Number.NaN
  return Number.isInteger(code) && code >= 400 && code < 600 ? code : null
}

function noResult(line: unknown, place: string, redact: (text: string) => string): CallError {
  const excerpt = redact(JSON.stringify(line) ?? 'nothing').slice(0, 120)
  return new CallError('malformed', `Expected a line of results from ${place}, got ${excerpt}`)
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
