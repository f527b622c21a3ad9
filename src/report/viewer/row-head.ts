import type { Message } from '../../core/message.ts'
import type { SpanReader } from './read-span.ts'
import type { RunIndex } from './run-index.ts'
import { scanFields } from './scan-fields.ts'

/** What a list needs to say of a row beside its outcome. */
export interface RowHead {
  readonly item: string
  readonly sample: number
  /** Start of the last message of the prompt; empty where it is not known. */
  readonly prompt: string
}

/** Enough for the head of a record and the start of its prompt. */
const headBytes = 16_384
const promptLength = 400

/** Reads the head of a row's record: never more than a few kilobytes, whatever the model wrote. */
export async function readRowHead(index: RunIndex, row: number, reader: SpanReader): Promise<RowHead> {
  const response = index.responseAt(row)
  if (response) {
    const bytes = await reader.read(index.callsFile, response, headBytes)
    const [item, sample, messages] = scanFields(bytes, 0, bytes.length, ['item', 'sample', 'messages'])
    const prompt = typeof messages === 'string' ? lastContent(messages) : tornPrompt(bytes)
    return { item: String(item ?? ''), sample: Number(sample ?? 0), prompt: prompt.slice(0, promptLength) }
  }
  const [verdicts] = index.verdictsAt(row)
  if (!verdicts) return { item: '', sample: 0, prompt: '' }
  const bytes = await reader.read(index.verdictsFile, verdicts, headBytes)
  const [item, sample] = scanFields(bytes, 0, bytes.length, ['item', 'sample'])
  return { item: String(item ?? ''), sample: Number(sample ?? 0), prompt: '' }
}

function lastContent(messages: string): string {
  try {
    return (JSON.parse(messages) as Message[]).at(-1)?.content ?? ''
  } catch {
    return ''
  }
}

/** The start of the first message of a record that was not read to its end. */
function tornPrompt(bytes: Buffer): string {
  const text = bytes.toString('utf8')
  const start = text.indexOf('"content":"')
  if (start === -1) return ''
  const raw = text.slice(start + 11, start + 11 + promptLength)
  const end = /^(?:[^"\\]|\\(?:u[0-9a-fA-F]{4}|["\\/bfnrt]))*/.exec(raw)![0]
  return JSON.parse(`"${end.replace(/[\u0000-\u001f]/g, ' ')}"`) as string
}
