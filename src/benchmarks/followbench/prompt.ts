import type { Item } from '../../core/item.ts'
import type { Message } from '../../core/message.ts'
import type { Sampling } from '../../core/sampling.ts'

/** Greedy, as model_inference_vllm.py at 6278f4c1 fixes it whatever its command line says. */
export const generationSampling: Sampling = { temperature: 0, maxTokens: 2048 }

/** One user turn with the instruction of the level; no system prompt, no history. */
export function generationOf(item: Pick<Item, 'messages'>): { messages: readonly Message[]; sampling: Sampling } {
  return { messages: item.messages, sampling: generationSampling }
}
