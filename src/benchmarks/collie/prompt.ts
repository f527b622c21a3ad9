import type { Item } from '../../core/item.ts'
import type { Message } from '../../core/message.ts'
import type { Sampling } from '../../core/sampling.ts'
import type { CollieData } from './schema.ts'

/**
 * Settings of the official API runs (scripts/run_api_models.py of princeton-nlp/Collie at
 * efce1c882e995cca65e1244545167a95dba72df9): 20 trials of each prompt at these settings.
 */
export const officialSampling: Sampling = { temperature: 0.7, topP: 1, maxTokens: 1000 }

/**
 * The item's prompt as the only message. Items with the same prompt give equal requests, so one call serves them all,
 * and sample i of a prompt is sample i of each of its items.
 */
export function generation(item: Item<CollieData>): {
  readonly messages: readonly Message[]
  readonly sampling: Sampling
} {
  return { messages: item.messages, sampling: officialSampling }
}
