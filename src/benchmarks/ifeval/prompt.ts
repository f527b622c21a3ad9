import type { Item } from '../../core/item.ts'
import type { Message } from '../../core/message.ts'
import type { Sampling } from '../../core/sampling.ts'
import type { IfevalRecord } from './schema.ts'

/**
 * Upstream gives no settings; these are those of lm-evaluation-harness, which published numbers of others rest on.
 * Reasoning models need more tokens.
 */
export const commonSampling: Sampling = { temperature: 0, maxTokens: 1280 }

/** The prompt is the whole user message; nothing is added. */
export function generation(item: Item<IfevalRecord>): {
  readonly messages: readonly Message[]
  readonly sampling: Sampling
} {
  return { messages: item.messages, sampling: commonSampling }
}
