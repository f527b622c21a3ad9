import type { Usage } from '../../core/call.ts'
import { toAnswer } from '../answer.ts'
import { CallError } from '../call-error.ts'
import type { EndpointReply } from '../endpoint.ts'

/** Stop reasons that say more than that the answer is complete. */
const stops: ReadonlyMap<string, 'cut' | 'withheld'> = new Map([
  ['max_tokens', 'cut'],
  ['model_context_window_exceeded', 'cut'],
  ['refusal', 'withheld'],
])

type Fields = Readonly<Record<string, unknown>>

/**
 * Reads a reply of the Messages API. Text blocks make the answer; thinking blocks are kept apart.
 * @throws CallError `malformed` for anything else
 */
export function readMessage(raw: unknown, place: string): EndpointReply {
  if (!isFields(raw) || !Array.isArray(raw.content)) {
    const text = JSON.stringify(raw) ?? 'nothing'
    const excerpt = text.length > 120 ? `${text.slice(0, 120)}…` : text
    throw new CallError('malformed', `Expected a message with \`content\` blocks from ${place}, got ${excerpt}`, {
      retryable: true,
    })
  }
  const blocks = (raw.content as readonly unknown[]).filter(isFields)
  const finishReason = typeof raw.stop_reason === 'string' ? raw.stop_reason : null
  const stop = finishReason === null ? undefined : stops.get(finishReason)
  const usage = readUsage(raw.usage)
  const answer = toAnswer(
    {
      content: textOf(blocks, 'text'),
      reasoning: textOf(blocks, 'thinking'),
      cut: stop === 'cut',
      withheld: stop === 'withheld',
      reasoningTokens: usage?.reasoningTokens ?? null,
    },
    'keep',
  )
  return { ...answer, finishReason, returnedModel: typeof raw.model === 'string' ? raw.model : null, usage, raw }
}

function textOf(blocks: readonly Fields[], type: 'text' | 'thinking'): string {
  let text = ''
  for (const block of blocks) {
    const part = block.type === type ? block[type] : undefined
    if (typeof part === 'string') text += part
  }
  return text
}

/** Tokens read from and written to the prompt cache are input too, though the API counts them apart. */
function readUsage(usage: unknown): Usage | null {
  if (!isFields(usage)) return null
  const input = count(usage.input_tokens)
  const read = count(usage.cache_read_input_tokens)
  const written = count(usage.cache_creation_input_tokens)
  const details = isFields(usage.output_tokens_details) ? usage.output_tokens_details : undefined
  return {
    inputTokens: input === null ? null : input + (read ?? 0) + (written ?? 0),
    outputTokens: count(usage.output_tokens),
    reasoningTokens: count(details?.thinking_tokens),
    cachedInputTokens: read,
  }
}

function count(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
