import { closeSync, openSync, writeSync } from 'node:fs'
import { finished } from 'node:stream/promises'
import { type Dispatcher, request } from 'undici'
import type { PartialFile, PartialMeta } from './_partial-file.ts'
import type { NetworkOptions } from './network-options.ts'

/** One request that did not bring the file. */
export class AttemptError extends Error {
  /** False when asking again cannot help. */
  readonly isRetryable: boolean
  /** What the server asked to wait, in milliseconds. */
  readonly retryAfter: number | null

  constructor(message: string, options: { isRetryable: boolean; retryAfter?: number | null; cause?: unknown }) {
    super(message, { cause: options.cause })
    this.isRetryable = options.isRetryable
    this.retryAfter = options.retryAfter ?? null
  }
}

/** What one request needs. */
export interface AttemptRequest {
  readonly url: string
  readonly part: PartialFile
  readonly dispatcher: Dispatcher
  readonly network: NetworkOptions
  /** A reply that grows beyond this is cut off. */
  readonly mostBytes: number
  readonly signal?: AbortSignal | undefined
  readonly onBytes: (received: number, total: number | null) => void
}

/**
 * Fetches the rest of a file into its partial file: all of it, or what is missing when the server still has the same
 * version. Returns whether former bytes were built upon.
 * @throws AttemptError
 */
export async function attemptDownload(attempt: AttemptRequest): Promise<{ isResumed: boolean }> {
  const { url, part, dispatcher, network, signal } = attempt
  const have = await part.usableBytes(url)
  const meta = have > 0 ? part.meta() : null
  const reply = await request(url, {
    dispatcher,
    headersTimeout: network.headersTimeout,
    bodyTimeout: network.idleTimeout,
    signal: signal ?? null,
    headers: {
      'user-agent': 'heed-data-pull',
      accept: '*/*',
      'accept-encoding': meta?.encoding ?? 'gzip',
      ...(meta ? { range: `bytes=${have}-` } : {}),
      ...(meta?.validator ? { 'if-range': meta.validator } : {}),
    },
  })
  try {
    return await receive(attempt, reply, have, meta)
  } finally {
    reply.body.on('error', () => {}).destroy()
  }
}

async function receive(
  attempt: AttemptRequest,
  reply: Dispatcher.ResponseData,
  have: number,
  meta: PartialMeta | null,
): Promise<{ isResumed: boolean }> {
  const { url, part } = attempt
  const encoding = header(reply, 'content-encoding') ?? 'identity'
  const range = /^bytes (?:(\d+)-\d+|\*)\/(\d+|\*)$/.exec(header(reply, 'content-range') ?? '')
  if (reply.statusCode === 416 && meta && range?.[2] === String(have)) return { isResumed: true }
  if (reply.statusCode === 206 && meta && range?.[1] === String(have) && encoding === meta.encoding) {
    await store(attempt, reply, have)
    return { isResumed: true }
  }
  if (reply.statusCode === 206 || reply.statusCode === 416) {
    await part.discard()
    throw new AttemptError(`the server could not continue at byte ${have} (HTTP ${reply.statusCode})`, {
      isRetryable: true,
    })
  }
  if (reply.statusCode !== 200) throw statusError(reply)
  if (encoding !== 'identity' && encoding !== 'gzip') {
    throw new AttemptError(`the reply is encoded as ${encoding}, which was not asked for`, { isRetryable: false })
  }
  part.begin({ url, encoding, validator: validatorOf(reply) })
  await store(attempt, reply, 0)
  return { isResumed: false }
}

/**
 * Writes every chunk as it comes, so that nothing received is lost when the connection dies: bytes that wait in the
 * stream's buffer would be thrown away with it.
 */
async function store(attempt: AttemptRequest, { body, headers }: Dispatcher.ResponseData, from: number): Promise<void> {
  const { part, mostBytes, onBytes } = attempt
  const length = headers['content-length']
  const total = length === undefined ? null : from + Number(length)
  const descriptor = openSync(part.path, from === 0 ? 'w' : 'a')
  try {
    let received = from
    body.on('data', (chunk: Buffer) => {
      try {
        received += chunk.byteLength
        if (received > mostBytes) {
          throw new AttemptError(`the reply is larger than the file can be (${mostBytes} bytes)`, {
            isRetryable: false,
          })
        }
        writeAll(descriptor, chunk)
        onBytes(received, total)
      } catch (error) {
        body.destroy(error as Error)
      }
    })
    await finished(body)
  } finally {
    closeSync(descriptor)
  }
}

function writeAll(descriptor: number, chunk: Buffer): void {
  for (let at = 0; at < chunk.byteLength; ) at += writeSync(descriptor, chunk, at)
}

function statusError(reply: Dispatcher.ResponseData): AttemptError {
  const { statusCode } = reply
  const isRetryable = statusCode >= 500 || [408, 425, 429].includes(statusCode)
  const after = Number(header(reply, 'retry-after') ?? Number.NaN)
  return new AttemptError(`HTTP ${statusCode}`, {
    isRetryable,
    retryAfter: Number.isFinite(after) && after >= 0 ? after * 1000 : null,
  })
}

/** A weak entity tag must not be used with `If-Range` (RFC 9110, 13.1.5). */
function validatorOf(reply: Dispatcher.ResponseData): string | null {
  const tag = header(reply, 'etag')
  return tag && !tag.startsWith('W/') ? tag : (header(reply, 'last-modified') ?? null)
}

function header(reply: Dispatcher.ResponseData, name: string): string | undefined {
  const value = reply.headers[name]
  return Array.isArray(value) ? value[0] : value
}
