import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DataError } from '../../core/errors.ts'
import { readJsonl } from '../../core/jsonl.ts'

/** Folder of the embedded samples. */
export const embeddedSamples = fileURLToPath(new URL('../../data/samples/', import.meta.url))

/** One line of `responses.<name>.jsonl`. */
interface ResponseLine {
  readonly id: string
  readonly sample?: number
  readonly response: string
}

/** One line of `judge.jsonl`. */
interface JudgeLine {
  readonly checkpoint: string
  readonly item: string
  readonly constraint: string | null
  readonly purpose: string
  readonly attempt?: number
  readonly reply: string
}

/** What a recorded judge reply is looked up by. */
export type JudgeQuestion = Required<Omit<JudgeLine, 'reply'>>

/** Recorded responses of one demo checkpoint to one benchmark's sample, by item and sample. */
export async function readResponses(root: string, benchmark: string, name: string): Promise<Map<string, string>> {
  const file = join(root, benchmark, `responses.${name}.jsonl`)
  const responses = new Map<string, string>()
  if (!existsSync(file)) return responses
  for await (const { value, line } of readJsonl<ResponseLine>(file)) {
    const { id, sample = 0, response } = value
    if (typeof id !== 'string' || typeof response !== 'string') {
      throw new DataError('bad-sample', 'Expected {id, sample?, response}', { location: { file, line } })
    }
    responses.set(responseKey(id, sample), response)
  }
  return responses
}

/** Recorded judge replies to one benchmark's sample. */
export async function readJudgeReplies(root: string, benchmark: string): Promise<Map<string, string>> {
  const file = join(root, benchmark, 'judge.jsonl')
  const replies = new Map<string, string>()
  if (!existsSync(file)) return replies
  for await (const { value, line } of readJsonl<JudgeLine>(file)) {
    const { checkpoint, item, constraint = null, purpose, attempt = 0, reply } = value
    if (typeof reply !== 'string' || typeof item !== 'string') {
      throw new DataError('bad-sample', 'Expected {checkpoint, item, constraint, purpose, attempt?, reply}', {
        location: { file, line },
      })
    }
    replies.set(judgeKey({ checkpoint, item, constraint, purpose, attempt }), reply)
  }
  return replies
}

export function responseKey(item: string, sample: number): string {
  return JSON.stringify([item, sample])
}

export function judgeKey({ checkpoint, item, constraint, purpose, attempt }: JudgeQuestion): string {
  return JSON.stringify([checkpoint, item, constraint, purpose, attempt])
}
