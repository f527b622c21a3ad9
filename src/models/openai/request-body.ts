import type { ReplyFormat } from '../../core/call.ts'
import type { Message } from '../../core/message.ts'
import type { Sampling } from '../../core/sampling.ts'
import { requestSeed } from '../prepare-messages.ts'
import { withExtraBody } from '../with-extra-body.ts'
import type { TokenLimitName } from './token-limit-name.ts'

/** Everything that goes into one chat completion request. */
export interface ChatRequest {
  readonly model: string
  readonly messages: readonly Message[]
  readonly sampling: Sampling
  readonly replyFormat: ReplyFormat | undefined
  readonly sample: number
  readonly attempt: number
}

/** Body of a chat completion request. What is not set is not sent; the extra body goes over everything. */
export function chatBody(request: ChatRequest, limitName: TokenLimitName): Record<string, unknown> {
  const { model, messages, sampling, replyFormat } = request
  const body: Record<string, unknown> = { model, messages }
  if (sampling.temperature !== undefined) body.temperature = sampling.temperature
  if (sampling.topP !== undefined) body.top_p = sampling.topP
  if (sampling.maxTokens !== undefined) body[limitName] = sampling.maxTokens
  if (sampling.seed !== undefined) body.seed = requestSeed(sampling.seed, request.sample, request.attempt)
  if (sampling.stop !== undefined && sampling.stop.length > 0) body.stop = sampling.stop
  if (replyFormat) {
    const { name, schema, strict } = replyFormat
    body.response_format = { type: 'json_schema', json_schema: { name, schema, strict } }
  }
  return withExtraBody(body, sampling.extraBody)
}
