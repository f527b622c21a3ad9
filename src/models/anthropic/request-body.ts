import type { ReplyFormat } from '../../core/call.ts'
import type { Message } from '../../core/message.ts'
import type { Sampling } from '../../core/sampling.ts'
import { withExtraBody } from '../with-extra-body.ts'

/** Anthropic wants a limit with every request. Used where the request sets none. */
export const defaultMaxTokens = 8192

/**
 * Body of a Messages request: system messages are lifted out of the conversation, whatever their place. There is no
 * seed. What is not set is not sent; the extra body goes over everything.
 */
export function messagesBody(
  model: string,
  messages: readonly Message[],
  sampling: Sampling,
  replyFormat: ReplyFormat | undefined,
): Record<string, unknown> {
  const system = messages.filter((message) => message.role === 'system').map((message) => message.content)
  const body: Record<string, unknown> = {
    model,
    max_tokens: sampling.maxTokens ?? defaultMaxTokens,
    messages: messages.filter((message) => message.role !== 'system'),
  }
  if (system.length > 0) body.system = system.join('\n\n')
  if (sampling.temperature !== undefined) body.temperature = sampling.temperature
  if (sampling.topP !== undefined) body.top_p = sampling.topP
  if (sampling.stop !== undefined && sampling.stop.length > 0) body.stop_sequences = sampling.stop
  if (replyFormat) body.output_config = { format: { type: 'json_schema', schema: replyFormat.schema } }
  return withExtraBody(body, sampling.extraBody)
}
