import type { Redactor } from '../../core/redact.ts'
import { CallError } from '../call-error.ts'
import type { HttpReply } from './exchange.ts'
import { isHtml, pageTitle } from './server-error.ts'

/**
 * Parses a successful reply, with known secrets taken out first.
 * @throws CallError `malformed` that says what came instead of JSON
 */
export function parseJsonReply(reply: HttpReply, place: string, redactor: Redactor): unknown {
  const text = redactor.reply(reply.text)
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new CallError('malformed', `Expected JSON from ${place}, got ${redactor.message(describe(reply, text))}`, {
      retryable: true,
      httpStatus: reply.status,
      cause,
    })
  }
}

function describe({ headers }: HttpReply, text: string): string {
  const contentType = headers.get('content-type')
  if (isHtml(text, contentType)) {
    const title = pageTitle(text)
    return `a web page${title ? ` titled ${JSON.stringify(title)}` : ''}: is a proxy in between, or the address wrong?`
  }
  if (contentType?.includes('event-stream') || /^\s*(data|event):/.test(text)) {
    return 'a stream of events, though none was asked for: does the extra body set `stream`?'
  }
  if (text.trim() === '') return 'an empty body'
  const excerpt = JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text)
  return `${text.length} characters that are no JSON: ${excerpt}`
}
