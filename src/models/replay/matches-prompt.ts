import type { Message } from '../../core/message.ts'
import type { ReplayRow } from './read-row.ts'
import { lastUserText } from './replay-index.ts'

/**
 * Guards against ids of another data set: a record that holds a prompt must hold the one that is asked. White space
 * does not count, and the record may have wrapped the prompt in a chat template, or kept less than what is sent.
 */
export function matchesPrompt(row: ReplayRow, messages: readonly Message[]): boolean {
  const recorded = row.conversation ? [...row.prompts, lastUserText(row.conversation) ?? ''] : row.prompts
  if (recorded.length === 0) return true
  const asked = squeeze(lastUserText(messages) ?? '')
  return recorded.some((prompt) => {
    const text = squeeze(prompt)
    return text.includes(asked) || (text !== '' && asked.includes(text))
  })
}

/** The text without white space. */
export function squeeze(text: string): string {
  return text.replace(/\s+/gu, '')
}
