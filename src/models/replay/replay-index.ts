import { createHash } from 'node:crypto'
import { DataError } from '../../core/errors.ts'
import type { Message } from '../../core/message.ts'
import { type ReplayRow, readRow, type Turn } from './read-row.ts'
import type { RecordSpan } from './record-scanner.ts'
import type { Recording } from './recording.ts'

/** Row numbers under one key: a number where there is one, which is the rule. */
type Rows = number | number[]

/**
 * Finds the records of an item without holding any text: per record its place, per id, prompt and conversation a hash.
 * A record costs about 250 bytes.
 */
export class ReplayIndex {
  readonly #spans: RecordSpan[] = []
  /** Samples of each record. */
  readonly #counts: number[] = []
  readonly #byKey = new Map<string, Rows>()
  #mostSamples = 0
  #judgements = 0

  /** Number of records that hold what a judge said. */
  get judgements(): number {
    return this.#judgements
  }

  /** Most samples of one item. */
  get mostSamples(): number {
    return this.#mostSamples
  }

  get size(): number {
    return this.#spans.length
  }

  /**
   * Reads a recording from end to end.
   * @throws DataError naming file and line of a record that cannot be used
   */
  static async build(recording: Recording): Promise<ReplayIndex> {
    const index = new ReplayIndex()
    let filter: string | null = null
    for await (const { value, ...span } of recording.records()) {
      const row = checkRow(readRow(value), recording.file, span.line)
      filter ??= row.filter
      // A log with several post-processings lists every response once per post-processing.
      if (row.filter === filter) index.#add(row, span)
    }
    if (index.size === 0) {
      throw new DataError('empty-replay', 'Expected responses, found none', { location: { file: recording.file } })
    }
    return index
  }

  span(row: number): RecordSpan {
    return this.#spans[row]!
  }

  samplesOf(row: number): number {
    return this.#counts[row]!
  }

  /** Records of exactly this conversation. */
  byConversation(messages: readonly (Message | Turn)[]): readonly number[] {
    return this.#get(conversationKey(messages))
  }

  /** Records with exactly this prompt text. */
  byPrompt(prompt: string): readonly number[] {
    return this.#get(promptKey(prompt))
  }

  byId(id: string): readonly number[] {
    return this.#get(idKey(id))
  }

  /** Records with what a judge said about the item. */
  judgementsOf(id: string): readonly number[] {
    return this.#get(judgementKey(id))
  }

  #add(row: ReplayRow, span: RecordSpan): void {
    const number = this.#spans.length
    this.#spans.push(span)
    this.#counts.push(row.responses?.length ?? 0)
    if (row.judgement !== null && row.id !== null) {
      this.#put(judgementKey(row.id), number)
      this.#judgements += 1
    }
    if (row.responses === null) return
    const keys = new Set(row.prompts.map(promptKey))
    if (row.conversation) {
      keys.add(conversationKey(row.conversation))
      const last = lastUserText(row.conversation)
      if (last !== null) keys.add(promptKey(last))
    }
    if (row.id !== null) keys.add(idKey(row.id))
    for (const key of keys) this.#put(key, number)
    const own = row.id === null ? [...keys][0]! : idKey(row.id)
    const samples = this.#get(own).reduce((sum, each) => sum + this.#counts[each]!, 0)
    this.#mostSamples = Math.max(this.#mostSamples, samples)
  }

  #put(key: string, number: number): void {
    const present = this.#byKey.get(key)
    if (present === undefined) this.#byKey.set(key, number)
    else if (typeof present === 'number') this.#byKey.set(key, [present, number])
    else present.push(number)
  }

  #get(key: string): readonly number[] {
    const rows = this.#byKey.get(key)
    if (rows === undefined) return []
    return typeof rows === 'number' ? [rows] : rows
  }
}

/** Text of the last user message, or null. */
export function lastUserText(messages: readonly (Message | Turn)[]): string | null {
  return messages.findLast((message) => message.role === 'user')?.content ?? null
}

function checkRow(row: ReplayRow | null, file: string, line: number): ReplayRow {
  const location = { file, line }
  if (!row) throw new DataError('bad-replay-record', 'Expected an object with a response', { location })
  if (row.responses === null && row.judgement === null) {
    throw new DataError('bad-replay-record', 'Expected a response, found none', {
      location,
      hint: "A record holds its text under response, output, generated, answer, completion, text or resps; a judge's under judge_response.",
    })
  }
  if (row.responses === null && row.id === null) {
    throw new DataError('bad-replay-record', "Expected an id beside the judge's reply, found none", {
      location,
      hint: 'A record names its item under id, key, item, idx or question_id.',
    })
  }
  if (row.id === null && row.prompts.length === 0 && row.conversation === null) {
    throw new DataError('bad-replay-record', 'Expected an id or a prompt beside the response, found neither', {
      location,
      hint: 'A record names its item under id, key, item, question_id, prompt, instruction or question.',
    })
  }
  return row
}

function idKey(id: string): string {
  return shortHash('i', id)
}

function judgementKey(id: string): string {
  return shortHash('j', id)
}

function promptKey(prompt: string): string {
  return shortHash('p', prompt)
}

function conversationKey(messages: readonly (Message | Turn)[]): string {
  return shortHash('c', JSON.stringify(messages.map(({ role, content }) => [role, content])))
}

/** 96 bits in as few bytes as a string can have: collisions are out of reach for any number of records. */
function shortHash(kind: string, text: string): string {
  return createHash('sha1').update(kind).update(text).digest().toString('latin1', 0, 12)
}
