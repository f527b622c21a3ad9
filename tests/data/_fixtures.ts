import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { gitBlobId, sha256 } from '../../src/core/hash.ts'
import { type DataLock, parseDataLock } from '../../src/data/data-lock.ts'

/** An empty folder that is removed when the test ends. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'heed-data-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Writes files below a folder, making folders on the way. */
export function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, content)
  }
}

export const commit = 'c'.repeat(40)

/** Content of the two files of the small lock below. */
export const itemsText = `${JSON.stringify({ id: 1, prompt: 'Say hello in one word.' })}\n`.repeat(40)
export const promptText = 'JUDGE = """Does {answer} follow {rule}?"""\n'

type FileEntry = Record<string, unknown> & { name: string }

/** Lock entry of a file with known content. */
export function fileEntry(name: string, content: string | Uint8Array, more: Record<string, unknown> = {}): FileEntry {
  const bytes = Buffer.from(content as string)
  return { name, path: `upstream/${name}`, bytes: bytes.byteLength, sha256: sha256(bytes), ...more }
}

/** Lock entry of a file of which only git's id is known. */
export function blobEntry(name: string, content: string, more: Record<string, unknown> = {}): FileEntry {
  return { name, path: `upstream/${name}`, gitBlob: gitBlobId(Buffer.from(content)), ...more }
}

/** JSON of a lock with one data set per list of files. */
export function lockJson(
  datasets: Record<string, FileEntry[]>,
  sources: string[] = ['https://nowhere.invalid/{commit}/{path}'],
) {
  const common = {
    title: 'Test',
    licence: 'CC0',
    repository: 'https://nowhere.invalid/repo',
    commit,
    sources,
    notes: [],
  }
  return {
    version: 1,
    bundles: { everything: Object.keys(datasets) },
    datasets: Object.entries(datasets).map(([id, files]) => ({ id, ...common, files })),
  }
}

export function testLock(datasets: Record<string, FileEntry[]>, sources?: string[]): DataLock {
  return parseDataLock(lockJson(datasets, sources), 'test.lock.json')
}

/** A lock with `toy/items.jsonl` and `toy/sub/prompt.py`. */
export function toyLock(sources?: string[]): DataLock {
  return testLock({ toy: [fileEntry('items.jsonl', itemsText), fileEntry('sub/prompt.py', promptText)] }, sources)
}

type Handler = (request: IncomingMessage, response: ServerResponse, count: number) => void

/** A real server on 127.0.0.1 that is closed when the test ends. */
export async function httpServer(routes: Readonly<Record<string, Handler>>) {
  const requests: { url: string; headers: IncomingMessage['headers'] }[] = []
  const counts = new Map<string, number>()
  const server = createServer((request, response) => {
    const url = request.url ?? ''
    requests.push({ url, headers: request.headers })
    const count = counts.get(url) ?? 0
    counts.set(url, count + 1)
    const handler = routes[url]
    if (handler) handler(request, response, count)
    else response.writeHead(404).end('not here')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests }
}

/** Answers with content, whole or from the asked byte on. */
export function serve(content: string | Uint8Array, headers: Record<string, string> = {}): Handler {
  const bytes = Buffer.from(content as string)
  return (request, response) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
    const ifRange = request.headers['if-range']
    if (from > 0 && (ifRange === undefined || ifRange === headers.etag)) {
      const range = `bytes ${from}-${bytes.byteLength - 1}/${bytes.byteLength}`
      response.writeHead(206, { ...headers, 'content-range': range, 'content-length': bytes.byteLength - from })
      response.end(bytes.subarray(from))
      return
    }
    response.writeHead(200, { ...headers, 'content-length': bytes.byteLength }).end(bytes)
  }
}

/** Sends the first bytes of what it announces and closes the connection. */
export function tear(content: string, bytes: number, headers: Record<string, string> = {}): Handler {
  const all = Buffer.from(content)
  return (_request, response) => {
    response.writeHead(200, { ...headers, 'content-length': all.byteLength })
    response.write(all.subarray(0, bytes), () => response.socket?.end())
  }
}

/** Settings that keep tests fast. */
export const fastNetwork = { headersTimeout: 2000, idleTimeout: 400, tries: 3, retryDelay: 5, longestDelay: 20 }
