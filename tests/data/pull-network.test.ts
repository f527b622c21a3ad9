import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { gitBlobId, sha256 } from '../../src/core/hash.ts'
import type { DataLock } from '../../src/data/data-lock.ts'
import { type PullOptions, pull } from '../../src/data/pull.ts'
import { hasWrongHash, type PullEvent } from '../../src/data/pull-report.ts'
import {
  blobEntry,
  commit,
  fastNetwork,
  fileEntry,
  httpServer,
  serve,
  tear,
  tempFolder,
  testLock,
} from './_fixtures.ts'

const text = `${'a line of text\n'.repeat(20_000)}end\n`
const path = `/${commit}/upstream/items.txt`

/** Lock of one file with addresses on the given servers. */
const lockAt = (...servers: string[]) =>
  testLock(
    { toy: [fileEntry('items.txt', text)] },
    servers.map((server) => `${server}/{commit}/{path}`),
  )

async function pullWith(lock: DataLock, options: Partial<PullOptions> = {}) {
  const events: PullEvent[] = []
  const dataDirectory = options.dataDirectory ?? tempFolder()
  const onEvent = (event: PullEvent) => events.push(event)
  const report = await pull([], { lock, network: fastNetwork, onEvent, ...options, dataDirectory })
  const installed = join(dataDirectory, 'toy/items.txt')
  return { report, file: report.files[0]!, events, dataDirectory, installed }
}

const left = (dataDirectory: string) => {
  const folder = join(dataDirectory, 'toy')
  return existsSync(folder) ? readdirSync(folder).sort() : []
}

describe('pull from the network', () => {
  it('installs a verified file and tells how far it is', async () => {
    const { url, requests } = await httpServer({ [path]: serve(text) })
    const { file, installed, events, dataDirectory } = await pullWith(lockAt(url))
    expect(file).toMatchObject({ outcome: 'installed', source: url + path, receipt: { sha256: sha256(text) } })
    expect(readFileSync(installed, 'utf8')).toBe(text)
    expect(left(dataDirectory)).toEqual(['items.txt', 'receipts.json'])
    expect(events[0]).toEqual({ kind: 'plan', files: 1, bytes: text.length })
    expect(events.filter(({ kind }) => kind === 'bytes').at(-1)).toMatchObject({
      received: text.length,
      total: text.length,
    })
    expect(requests).toHaveLength(1)
  })

  it('unzips what the server zipped for the transport', async () => {
    const { url, requests } = await httpServer({ [path]: serve(gzipSync(text), { 'content-encoding': 'gzip' }) })
    const { file, installed } = await pullWith(lockAt(url))
    expect(file.outcome).toBe('installed')
    expect(readFileSync(installed, 'utf8')).toBe(text)
    expect(requests[0]?.headers['accept-encoding']).toBe('gzip')
  })

  it('goes on where a torn reply stopped', async () => {
    const etag = '"v1"'
    const { url, requests } = await httpServer({
      [path]: (request, response, count) => {
        if (count === 0) tear(text, 100_000, { etag })(request, response, count)
        else serve(text, { etag })(request, response, count)
      },
    })
    const { file, installed, events } = await pullWith(lockAt(url))
    expect(file.outcome).toBe('installed')
    expect(readFileSync(installed, 'utf8')).toBe(text)
    expect(requests[1]?.headers).toMatchObject({ range: 'bytes=100000-', 'if-range': etag })
    expect(events.some(({ kind }) => kind === 'retry')).toBe(true)
  })

  it('goes on in the next run where the last one stopped', async () => {
    const torn = await httpServer({ [path]: tear(text, 100_000) })
    const lock = lockAt(torn.url)
    const first = await pullWith(lock, { network: { ...fastNetwork, tries: 1 } })
    expect(first.file.outcome).toBe('failed')
    expect(left(first.dataDirectory)).toEqual(['items.txt.part', 'items.txt.part.json'])
    expect(existsSync(first.installed)).toBe(false)

    const part = join(first.dataDirectory, 'toy/items.txt.part')
    const { url, requests } = await httpServer({ [path]: serve(text) })
    writeFileSync(`${part}.json`, readFileSync(`${part}.json`, 'utf8').replace(torn.url, url))
    const second = await pullWith(lockAt(url), { dataDirectory: first.dataDirectory })
    expect(second.file.outcome).toBe('installed')
    expect(requests.map(({ headers }) => headers.range)).toEqual(['bytes=100000-'])
    expect(left(first.dataDirectory)).toEqual(['items.txt', 'receipts.json'])
  })

  it('starts over when the server has another version by now', async () => {
    const { url, requests } = await httpServer({
      [path]: (request, response, count) => {
        if (count === 0) tear(text.replaceAll('line', 'LINE'), 100_000, { etag: '"old"' })(request, response, count)
        else serve(text, { etag: '"new"' })(request, response, count)
      },
    })
    const { file, installed } = await pullWith(lockAt(url))
    expect(file.outcome).toBe('installed')
    expect(readFileSync(installed, 'utf8')).toBe(text)
    expect(requests).toHaveLength(2)
  })

  it('fetches the whole again when pieces of two versions came together', async () => {
    const { url, requests } = await httpServer({
      [path]: (request, response, count) => {
        if (count === 0) tear(text.replaceAll('line', 'LINE'), 100_000)(request, response, count)
        else serve(text)(request, response, count)
      },
    })
    const { file, installed } = await pullWith(lockAt(url))
    expect(file.outcome).toBe('installed')
    expect(readFileSync(installed, 'utf8')).toBe(text)
    expect(requests.map(({ headers }) => headers.range)).toEqual([undefined, 'bytes=100000-', undefined])
  })

  it('ends a download that was complete when the connection died', async () => {
    const dataDirectory = tempFolder()
    const { url, requests } = await httpServer({
      [path]: (_request, response) => response.writeHead(416, { 'content-range': `bytes */${text.length}` }).end(),
    })
    await pullWith(lockAt('http://127.0.0.1:9'), { dataDirectory, network: { ...fastNetwork, tries: 1 } })
    const part = join(dataDirectory, 'toy/items.txt.part')
    const { mkdirSync } = await import('node:fs')
    mkdirSync(join(dataDirectory, 'toy'), { recursive: true })
    writeFileSync(part, text)
    writeFileSync(`${part}.json`, JSON.stringify({ url: url + path, encoding: 'identity', validator: null }))
    const { file } = await pullWith(lockAt(url), { dataDirectory })
    expect(file.outcome).toBe('installed')
    expect(requests).toHaveLength(1)
  })

  it('tries again after 5xx, 429 and silence, but not after other statuses', async () => {
    const { url, requests } = await httpServer({
      [path]: (request, response, count) => {
        if (count === 0) response.writeHead(500).end('oops')
        else if (count === 1) response.writeHead(429, { 'retry-after': '600' }).end()
        else serve(text)(request, response, count)
      },
    })
    const { file, events } = await pullWith(lockAt(url))
    expect(file.outcome).toBe('installed')
    expect(requests).toHaveLength(3)
    const retries = events.filter((event) => event.kind === 'retry')
    expect(retries.map(({ reason }) => reason)).toEqual(['HTTP 500', 'HTTP 429'])
    expect(retries.every(({ delay }) => delay <= fastNetwork.longestDelay)).toBe(true)

    const forbidden = await httpServer({ [path]: (_request, response) => response.writeHead(403).end() })
    const refused = await pullWith(lockAt(forbidden.url))
    expect(refused.file).toMatchObject({ outcome: 'failed', reason: expect.stringContaining('HTTP 403') })
    expect(forbidden.requests).toHaveLength(1)
  })

  it('gives up a server that falls silent, within its tries', async () => {
    const { url, requests } = await httpServer({
      [path]: (_request, response) => {
        response.writeHead(200, { 'content-length': text.length }).write(text.slice(0, 10))
      },
    })
    const started = performance.now()
    const { file } = await pullWith(lockAt(url), { network: { ...fastNetwork, idleTimeout: 200 } })
    expect(file).toMatchObject({ outcome: 'failed', errors: [{ code: 'download-failed' }] })
    expect(requests.length).toBeLessThanOrEqual(4)
    expect(performance.now() - started).toBeLessThan(10_000)
  })

  it('takes the next address when one has nothing, is down or has damaged data', async () => {
    const missing = await httpServer({})
    const damaged = await httpServer({ [path]: serve(text.replace('end', 'END')) })
    const { url } = await httpServer({ [path]: serve(text) })
    const { file } = await pullWith(lockAt(missing.url, 'http://127.0.0.1:9', damaged.url, url))
    expect(file).toMatchObject({ outcome: 'installed', source: url + path })
  })

  it('refuses other content with both hashes, file and address, and keeps nothing of it', async () => {
    const other = text.replace('end', 'END')
    const { url } = await httpServer({ [path]: serve(other) })
    const { file, dataDirectory } = await pullWith(lockAt('http://127.0.0.1:9', url))
    expect(hasWrongHash(file)).toBe(true)
    for (const part of [sha256(text), sha256(other), 'toy/items.txt', url + path]) expect(file.reason).toContain(part)
    expect(left(dataDirectory)).toEqual([])
  })

  it('recognises a page that came instead of the file', async () => {
    const page = `<!-- gate -->\n<!DOCTYPE html><html><head><title> Please log in </title>${'<p>'.repeat(9000)}`
    const { url } = await httpServer({ [path]: serve(page, { 'content-type': 'text/html' }) })
    const { file } = await pullWith(lockAt(url))
    expect(file.errors).toMatchObject([
      {
        code: 'html-instead-of-data',
        message: expect.stringMatching(/toy\/items\.txt, got an HTML page \(«Please log in»\)/),
      },
    ])
  })

  it('does not take in more than the file can be', async () => {
    const { url } = await httpServer({
      [path]: (_request, response) => {
        response.writeHead(200)
        const more = () => {
          while (!response.destroyed && response.write('x'.repeat(65_536)));
          if (!response.destroyed) response.once('drain', more)
        }
        more()
      },
    })
    const { file, dataDirectory } = await pullWith(lockAt(url))
    expect(file.reason).toMatch(/larger than the file can be/)
    const bomb = await httpServer({ [path]: serve(gzipSync(Buffer.alloc(50_000_000)), { 'content-encoding': 'gzip' }) })
    const zipped = await pullWith(lockAt(bomb.url), { dataDirectory })
    expect(zipped.file.errors[0]?.code).toBe('broken-gzip')
  })

  it('follows redirects', async () => {
    const target = await httpServer({ '/store/1': serve(text) })
    const { url } = await httpServer({
      [path]: (_request, response) => response.writeHead(302, { location: `${target.url}/store/1` }).end(),
    })
    expect((await pullWith(lockAt(url))).file).toMatchObject({ outcome: 'installed', source: url + path })
  })

  it('refuses another version from a pinned address but takes it with a warning from an open one', async () => {
    const open = await httpServer({ '/main/eval.json': serve('[2]') })
    const { url } = await httpServer({ [`/${commit}/upstream/eval.json`]: serve('[2, 3]') })
    const entry = blobEntry('eval.json', '[1]', { onMismatch: 'warn', urls: [`${open.url}/main/eval.json`] })
    const { file } = await pullWith(testLock({ toy: [entry] }, [`${url}/{commit}/{path}`]))
    expect(file).toMatchObject({ outcome: 'installed', source: `${open.url}/main/eval.json` })
    expect(file.warning).toContain(`expected git blob ${gitBlobId(Buffer.from('[1]'))}`)
    expect(file.warning).toContain(`found ${gitBlobId(Buffer.from('[2]'))}`)
  })

  it('never asks the network when told so', async () => {
    const { url, requests } = await httpServer({ [path]: serve(text) })
    const { file } = await pullWith(lockAt(url), { isOffline: true })
    expect(file).toMatchObject({ outcome: 'missing', reason: expect.stringContaining('--offline') })
    expect((await pullWith(lockAt(url), { isOffline: true, from: url })).file.outcome).toBe('missing')
    expect(requests).toEqual([])
  })

  it('stops when it is told to, leaving what can be continued', async () => {
    const stop = new AbortController()
    const { url } = await httpServer({
      [path]: (_request, response) => {
        response.writeHead(200, { 'content-length': text.length })
        response.write(text.slice(0, 1000), () => setTimeout(() => stop.abort(), 50))
      },
    })
    const dataDirectory = tempFolder()
    await expect(pullWith(lockAt(url), { signal: stop.signal, dataDirectory })).rejects.toThrow(/abort/i)
    expect(left(dataDirectory)).toEqual(['items.txt.part', 'items.txt.part.json'])
  })
})

describe('pull from a mirror', () => {
  const lock = lockAt('http://127.0.0.1:9')
  const layouts = {
    'by data set': ['/m/toy/items.txt', serve(text)],
    'by data set, gzipped': ['/m/toy/items.txt.gz', serve(gzipSync(text))],
    'by data set, gzipped and declared so': [
      '/m/toy/items.txt.gz',
      serve(gzipSync(text), { 'content-encoding': 'gzip' }),
    ],
    'by upstream path': ['/m/upstream/items.txt', serve(text)],
  } as const

  for (const [layout, [place, handler]] of Object.entries(layouts)) {
    it(`finds files ${layout}`, async () => {
      const { url } = await httpServer({ [place]: handler })
      const { file, installed } = await pullWith(lock, { from: `${url}/m/` })
      expect(file).toMatchObject({ outcome: 'installed', source: url + place })
      expect(readFileSync(installed, 'utf8')).toBe(text)
    })
  }

  it('keeps the query of the prefix and fills placeholders', async () => {
    const routes = { '/m/toy/items.txt?key=1': serve(text), '/get?of=toy&file=items.txt': serve(text) }
    const { url } = await httpServer(routes)
    expect((await pullWith(lock, { from: `${url}/m?key=1` })).file.outcome).toBe('installed')
    expect((await pullWith(lock, { from: `${url}/get?of={dataset}&file={name}` })).file.outcome).toBe('installed')
  })

  it('passes the original address on where the prefix asks for it', async () => {
    const { url, requests } = await httpServer({})
    await pullWith(lock, { from: `${url}/p/{url}` })
    expect(requests.map((request) => request.url)).toEqual([`/p/http://127.0.0.1:9${path}`])
  })

  it('verifies a mirror like any other source', async () => {
    const { url } = await httpServer({ '/toy/items.txt': serve('changed') })
    const { file } = await pullWith(lock, { from: url })
    expect(hasWrongHash(file)).toBe(true)
    expect(file.reason).toContain(sha256('changed'))
  })

  it('refuses an address that is none', async () => {
    await expect(pullWith(lock, { from: 'http://' })).rejects.toThrow(expect.objectContaining({ code: 'bad-mirror' }))
  })
})
