import { randomUUID } from 'node:crypto'
import { CallError } from '../call-error.ts'
import type { Connection } from '../http/connection.ts'
import { exchange } from '../http/exchange.ts'
import { httpFailure } from '../http/http-failure.ts'
import { parseJsonReply } from '../http/json-reply.ts'

/** How a batch is getting on. */
export interface BatchState {
  /** The provider's own word: `in_progress`, `completed`, `expired`, ... */
  readonly status: string
  /** Requests that are done, and all of them; null where the provider does not say. */
  readonly done: number | null
  readonly total: number | null
  /** False while results are still to come. */
  readonly ended: boolean
}

/** The batch API of a provider. */
export interface BatchApi {
  /** Hands a file of requests over. @returns the id of the batch */
  submit(requests: string, signal: AbortSignal): Promise<string>
  state(id: string, signal: AbortSignal): Promise<BatchState>
  /** Lines of results of a batch that has ended; empty when it failed as a whole. */
  results(id: string, signal: AbortSignal): Promise<string>
}

type Fields = Readonly<Record<string, unknown>>

const endedAtOpenAI = new Set(['completed', 'failed', 'expired', 'cancelled'])

/** Files and batches of OpenAI and servers that copy it. */
export class OpenAIBatchApi implements BatchApi {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async submit(requests: string, signal: AbortSignal): Promise<string> {
    const boundary = `heed-${randomUUID()}`
    const part = (head: string, content: string) =>
      `--${boundary}\r\nContent-Disposition: form-data; ${head}\r\n\r\n${content}\r\n`
    const form =
      part('name="purpose"', 'batch') +
      part('name="file"; filename="requests.jsonl"\r\nContent-Type: application/jsonl', requests) +
      `--${boundary}--\r\n`
    const type = `multipart/form-data; boundary=${boundary}`
    const file = await askJson(this.#connection, 'POST', '/files', signal, { body: form, type })
    const body = JSON.stringify({
      input_file_id: stringOf(file, 'id'),
      endpoint: '/v1/chat/completions',
      completion_window: '24h',
    })
    return stringOf(await askJson(this.#connection, 'POST', '/batches', signal, { body }), 'id')
  }

  async state(id: string, signal: AbortSignal): Promise<BatchState> {
    const batch = await this.#batch(id, signal)
    const status = stringOf(batch, 'status')
    const counts = isFields(batch.request_counts) ? batch.request_counts : {}
    const completed = numberOf(counts.completed)
    const done = completed === null ? null : completed + (numberOf(counts.failed) ?? 0)
    return { status, done, total: numberOf(counts.total), ended: endedAtOpenAI.has(status) }
  }

  async results(id: string, signal: AbortSignal): Promise<string> {
    const batch = await this.#batch(id, signal)
    const files = [batch.output_file_id, batch.error_file_id].filter((file) => typeof file === 'string' && file !== '')
    if (files.length === 0 && batch.status !== 'cancelled' && batch.status !== 'expired') {
      const why = isFields(batch.errors) ? `: ${JSON.stringify(batch.errors.data ?? batch.errors).slice(0, 500)}` : ''
      const { redactor, base } = this.#connection
      throw new CallError('client', redactor.message(`${base.origin} ended batch ${id} as ${batch.status}${why}`))
    }
    let lines = ''
    for (const file of files) {
      const text = await ask(this.#connection, 'GET', `/files/${encodeURIComponent(String(file))}/content`, signal)
      lines += text === '' || text.endsWith('\n') ? text : `${text}\n`
    }
    return lines
  }

  #batch(id: string, signal: AbortSignal): Promise<Fields> {
    return askJson(this.#connection, 'GET', `/batches/${encodeURIComponent(id)}`, signal)
  }
}

/** Message batches of Anthropic. */
export class AnthropicBatchApi implements BatchApi {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  async submit(requests: string, signal: AbortSignal): Promise<string> {
    const body = `{"requests":[${requests.trimEnd().split('\n').join(',')}]}`
    return stringOf(await askJson(this.#connection, 'POST', '/v1/messages/batches', signal, { body }), 'id')
  }

  async state(id: string, signal: AbortSignal): Promise<BatchState> {
    const path = `/v1/messages/batches/${encodeURIComponent(id)}`
    const batch = await askJson(this.#connection, 'GET', path, signal)
    const status = stringOf(batch, 'processing_status')
    const counts = isFields(batch.request_counts) ? Object.values(batch.request_counts).map(numberOf) : []
    const total = counts.length === 0 ? null : counts.reduce<number>((sum, count) => sum + (count ?? 0), 0)
    const running = isFields(batch.request_counts) ? numberOf(batch.request_counts.processing) : null
    const done = total === null || running === null ? null : total - running
    return { status, done, total, ended: status === 'ended' }
  }

  results(id: string, signal: AbortSignal): Promise<string> {
    return ask(this.#connection, 'GET', `/v1/messages/batches/${encodeURIComponent(id)}/results`, signal)
  }
}

interface Posted {
  readonly body: string
  /** @default application/json */
  readonly type?: string
}

async function exchangeOnce(
  connection: Connection,
  method: 'GET' | 'POST',
  path: string,
  signal: AbortSignal,
  posted: Partial<Posted> = {},
) {
  const { dispatcher, base, timeoutMs, redactor } = connection
  const headers = posted.type === undefined ? connection.headers : withType(connection.headers, posted.type)
  const sent = posted.body === undefined ? {} : { body: posted.body }
  const request = { origin: base.origin, path: base.path + path, method, headers, timeoutMs, ...sent }
  const reply = await exchange(dispatcher, request, signal)
  if (reply.status < 200 || reply.status > 299) throw httpFailure(reply, base.origin, (text) => redactor.message(text))
  return reply
}

/** Results of hundreds of megabytes are compared with known secrets line by line, when they are imported. */
async function ask(...args: Parameters<typeof exchangeOnce>): Promise<string> {
  return (await exchangeOnce(...args)).text
}

async function askJson(...args: Parameters<typeof exchangeOnce>): Promise<Fields> {
  const [{ base, redactor }] = args
  const value = parseJsonReply(await exchangeOnce(...args), base.origin, redactor)
  if (isFields(value)) return value
  throw new CallError('malformed', `Expected a JSON object from ${base.origin}${args[2]}`)
}

function withType(headers: readonly string[], type: string): string[] {
  return headers.map((word, at) => (headers[at - 1]?.toLowerCase() === 'content-type' && at % 2 === 1 ? type : word))
}

function stringOf(fields: Fields, name: string): string {
  const value = fields[name]
  if (typeof value === 'string' && value !== '') return value
  throw new CallError('malformed', `Expected \`${name}\` in the reply of the batch API, got ${JSON.stringify(value)}`)
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
