import type { Message } from '../core/message.ts'

/**
 * Adds the endpoint's own system prompt. A conversation that brings its own system message keeps it, after ours and in
 * the same message: many chat templates take only one.
 */
export function withSystemPrompt(messages: readonly Message[], system: string | undefined): readonly Message[] {
  if (!system) return messages
  const [first, ...rest] = messages
  if (first?.role !== 'system') return [{ role: 'system', content: system }, ...messages]
  return [{ role: 'system', content: `${system}\n\n${first.content}` }, ...rest]
}

/** The seed of one request: responses drawn with one seed would all be the same, and so would be asking again. */
export function requestSeed(seed: number, sample: number, attempt: number): number {
  return seed + sample + 1000 * attempt
}
