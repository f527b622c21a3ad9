import type { Item } from '../../core/item.ts'
import type { Message } from '../../core/message.ts'
import type { Sampling } from '../../core/sampling.ts'

/** The conversation as it stands, with the settings of upstream's API script. */
export function generation({ messages }: Item): { messages: readonly Message[]; sampling: Sampling } {
  return { messages, sampling: { temperature: 0, maxTokens: 10_240 } }
}

/** Settings of upstream's judge call. */
export const judgeSampling: Sampling = { temperature: 0, maxTokens: 8192 }

const slot = '{response}'

/** A judge prompt: the step's own text with every slot filled in one pass. Without a slot, the text is put at the end. */
export function judgePrompt(step: string, text: string): string {
  const template = step.includes(slot) ? step : `${step}\n\nHere is model response: ${slot}`
  return template.split(slot).join(text)
}
