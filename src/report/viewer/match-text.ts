import type { Message } from '../../core/message.ts'
import type { SpanReader } from './read-span.ts'
import type { RunIndex } from './run-index.ts'
import { scanFields } from './scan-fields.ts'

/** True when a text occurs in the row's item id, prompt, response or reasoning, whatever the case. */
export async function matchesText(index: RunIndex, row: number, text: string, reader: SpanReader): Promise<boolean> {
  const span = index.responseAt(row)
  if (!span) return false
  const bytes = await reader.read(index.callsFile, span)
  const wanted = ['item', 'messages', 'text', 'reasoning']
  const [item, messages, answer, reasoning] = scanFields(bytes, 0, bytes.length, wanted)
  const needle = text.toLowerCase()
  return [item, ...contents(messages), answer, reasoning].some(
    (part) => typeof part === 'string' && part.toLowerCase().includes(needle),
  )
}

function contents(messages: unknown): string[] {
  if (typeof messages !== 'string') return []
  try {
    return (JSON.parse(messages) as Message[]).map(({ content }) => content)
  } catch {
    return [messages]
  }
}
