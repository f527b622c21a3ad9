import type { Usage } from '../../core/call.ts'
import { toAnswer } from '../answer.ts'
import { CallError } from '../call-error.ts'
import type { EndpointReply } from '../endpoint.ts'
import { wrappedFailure } from '../http/http-failure.ts'
import { ResponseHeaders } from '../http/response-headers.ts'
import type { ThinkingMode } from '../split-thinking.ts'

/** Finish reasons beside `stop`, as OpenAI-compatible servers and gateways spell them. */
const finishes: ReadonlyMap<string, 'cut' | 'withheld' | 'broken'> = new Map([
  ['length', 'cut'],
  ['max_tokens', 'cut'],
  ['model_length', 'cut'],
  ['content_filter', 'withheld'],
  ['safety', 'withheld'],
  ['prohibited_content', 'withheld'],
  ['sensitive', 'withheld'],
  ['error', 'broken'],
  ['abort', 'broken'],
  ['network_error', 'broken'],
  ['insufficient_system_resource', 'broken'],
])

type Fields = Readonly<Record<string, unknown>>

/**
 * Reads a chat completion. Shapes are checked by hand: a schema library would cost more than the rest of the call.
 * @param redact for what a gateway wraps into a reply
 * @throws CallError `malformed` for anything that is no chat completion; the wrapped error where there is one
 */
export function readCompletion(
  raw: unknown,
  place: string,
  thinking: ThinkingMode,
  redact: (text: string) => string,
): EndpointReply {
  if (!isFields(raw)) throw malformed(place, raw, redact)
  const choice = Array.isArray(raw.choices) ? (raw.choices[0] as unknown) : undefined
  const message = isFields(choice) ? choice.message : undefined
  if (!isFields(choice) || !isFields(message)) {
    if (raw.error) throw wrapped(raw, place, redact)
    throw malformed(place, raw, redact)
  }
  if (isFields(choice.error)) throw wrapped({ error: choice.error }, place, redact)
  const finishReason = typeof choice.finish_reason === 'string' ? choice.finish_reason : null
  const finish = finishReason === null ? undefined : finishes.get(finishReason.toLowerCase())
  if (finish === 'broken') {
    throw new CallError('server', `${place} ended its reply with finish reason ${finishReason}`, { retryable: true })
  }
  const parts = readContent(message)
  const usage = readUsage(raw.usage)
  const refused = typeof message.refusal === 'string' && message.refusal !== '' && parts.content.trim() === ''
  const { status, text, reasoning } = toAnswer(
    {
      content: parts.content,
      reasoning: parts.reasoning,
      cut: finish === 'cut',
      withheld: finish === 'withheld' || refused,
      reasoningTokens: usage?.reasoningTokens ?? null,
    },
    thinking,
  )
  const returnedModel = typeof raw.model === 'string' ? raw.model : null
  // Field by field: spreading the answer costs more than reading the whole reply.
  return { status, text, reasoning, finishReason, returnedModel, usage, raw }
}

function readContent(message: Fields): { content: string; reasoning: string } {
  const apart = firstText(message.reasoning_content, message.reasoning)
  if (typeof message.content === 'string') return { content: message.content, reasoning: apart }
  if (!Array.isArray(message.content)) return { content: '', reasoning: apart }
  let content = ''
  let reasoning = apart
  for (const part of message.content as readonly unknown[]) {
    if (typeof part === 'string') content += part
    else if (!isFields(part)) continue
    else if (part.type === 'thinking') reasoning += thinkingText(part.thinking)
    else if (typeof part.text === 'string') content += part.text
  }
  return { content, reasoning }
}

/** Mistral nests the text of a thinking part once more. */
function thinkingText(thinking: unknown): string {
  if (typeof thinking === 'string') return thinking
  if (!Array.isArray(thinking)) return ''
  return thinking.map((part: unknown) => (isFields(part) && typeof part.text === 'string' ? part.text : '')).join('')
}

function firstText(...values: readonly unknown[]): string {
  for (const value of values) if (typeof value === 'string' && value !== '') return value
  return ''
}

function readUsage(usage: unknown): Usage | null {
  if (!isFields(usage)) return null
  const input = isFields(usage.prompt_tokens_details) ? usage.prompt_tokens_details : undefined
  const output = isFields(usage.completion_tokens_details) ? usage.completion_tokens_details : undefined
  return {
    inputTokens: count(usage.prompt_tokens),
    outputTokens: count(usage.completion_tokens),
    reasoningTokens: count(output?.reasoning_tokens),
    cachedInputTokens: count(input?.cached_tokens),
  }
}

function count(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function wrapped(body: Fields, place: string, redact: (text: string) => string): CallError {
  const error = typeof body.error === 'string' ? { message: body.error } : body.error
  return wrappedFailure(
    { status: 200, headers: new ResponseHeaders({}), text: JSON.stringify({ error }) },
    place,
    redact,
  )
}

function malformed(place: string, raw: unknown, redact: (text: string) => string): CallError {
  const text = redact(JSON.stringify(raw) ?? 'nothing')
  const excerpt = text.length > 120 ? `${text.slice(0, 120)}…` : text
  return new CallError(
    'malformed',
    `Expected a chat completion with \`choices[0].message\` from ${place}, got ${excerpt}`,
    {
      retryable: true,
    },
  )
}
