import { mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { Dispatcher } from 'undici'
import { DataError, HeedError } from '../core/errors.ts'
import { AttemptError, type AttemptRequest, attemptDownload } from './_http-attempt.ts'
import { type PartialFile, partialFile } from './_partial-file.ts'
import { explainWriteError } from './_write-errors.ts'
import { largestFile } from './folder-index.ts'
import type { NetworkOptions } from './network-options.ts'

const unzip = promisify(gunzip)

/** One file to download. */
export interface DownloadRequest<T> {
  readonly url: string
  /** Where unfinished bytes are kept, between runs, too. */
  readonly workFile: string
  /** Size of the content, or null when it is not known. */
  readonly bytes: number | null
  /** Judges the content; throws HeedError when it is not the wanted one. */
  readonly accept: (content: Buffer) => T
  readonly dispatcher: Dispatcher
  readonly network: NetworkOptions
  readonly signal?: AbortSignal | undefined
  readonly onBytes?: (received: number, total: number | null) => void
  readonly onRetry?: (reason: string, delay: number) => void
}

/** Content that was accepted. */
export interface Downloaded<T> {
  readonly content: Buffer
  readonly accepted: T
}

/**
 * Downloads one file, going on where a former try or a former run stopped. Network errors, HTTP 5xx and 429 are tried
 * again; other statuses are not. Content that was put together from pieces and is refused is fetched once more as a
 * whole before the refusal counts. Nothing unfinished or refused stays behind except bytes that can be continued.
 * @throws HeedError `download-failed`, or what `accept` threw
 */
export async function download<T>(request: DownloadRequest<T>): Promise<Downloaded<T>> {
  const part = partialFile(request.workFile)
  await mkdir(dirname(request.workFile), { recursive: true }).catch((error: unknown) => {
    throw explainWriteError(error, request.workFile)
  })
  for (let isSecond = false; ; isSecond = true) {
    const { isResumed } = await fetchWhole(request, part)
    try {
      const content = await decode(request, part)
      const accepted = request.accept(content)
      await part.discard()
      return { content, accepted }
    } catch (error) {
      await part.discard()
      if (!isResumed || isSecond) throw error
    }
  }
}

async function fetchWhole<T>(request: DownloadRequest<T>, part: PartialFile): Promise<{ isResumed: boolean }> {
  const { url, network, signal } = request
  const attempt: AttemptRequest = {
    ...{ url, part, network, signal, dispatcher: request.dispatcher },
    mostBytes: mostBytes(request.bytes),
    onBytes: request.onBytes ?? (() => {}),
  }
  let isResumed = false
  for (let failures = 0; ; ) {
    const before = await part.usableBytes(url)
    try {
      return { isResumed: (await attemptDownload(attempt)).isResumed || isResumed }
    } catch (error) {
      const failure = explain(error, request, part)
      const grown = (await part.usableBytes(url)) > before
      isResumed ||= grown
      failures = grown ? 1 : failures + 1
      if (!failure.isRetryable || failures >= network.tries) {
        throw new HeedError('download-failed', `Expected ${url} to answer with the file, got: ${failure.message}`, {
          cause: error,
        })
      }
      const wait = Math.min(failure.retryAfter ?? network.retryDelay * 2 ** (failures - 1), network.longestDelay)
      request.onRetry?.(failure.message, wait)
      await delay(wait, undefined, signal ? { signal } : {})
    }
  }
}

/** Tells errors of the network, which are tried again, from those of the disk and of the user's interrupt. */
function explain<T>(error: unknown, request: DownloadRequest<T>, part: PartialFile): AttemptError {
  if (error instanceof AttemptError) return error
  if (request.signal?.aborted) throw error
  const explained = explainWriteError(error, part.path)
  if (HeedError.is(explained)) throw explained
  const { code, message } = error as NodeJS.ErrnoException
  const isBadAddress = ['ERR_INVALID_URL', 'UND_ERR_INVALID_ARG', 'ENOTFOUND'].includes(code ?? '')
  return new AttemptError(code && !message.includes(code) ? `${message} (${code})` : message, {
    isRetryable: !isBadAddress,
    cause: error,
  })
}

/** Room beyond the size of the file, so that a page that came in its place is read and recognised. */
function mostBytes(bytes: number | null): number {
  return bytes === null ? largestFile : bytes + 1024 * 1024
}

/** The content: unzipped when the server zipped it on the way, and when the address is that of a gzip file. */
async function decode<T>({ url, bytes }: DownloadRequest<T>, part: PartialFile): Promise<Buffer> {
  const raw = await readFile(part.path)
  const limit = { maxOutputLength: mostBytes(bytes) }
  try {
    const content = part.meta()?.encoding === 'gzip' ? await unzip(raw, limit) : raw
    // Some servers unzip such files on the way or declare them as zipped for the transport: look before unzipping.
    const isStillZipped = new URL(url).pathname.endsWith('.gz') && content[0] === 0x1f && content[1] === 0x8b
    return isStillZipped ? await unzip(content, limit) : content
  } catch (cause) {
    throw new DataError('broken-gzip', `Expected whole gzip data from ${url}, got something else`, { cause })
  }
}
