import { request } from 'node:http'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { admit } from '../../../src/report/viewer/gate.ts'
import { serveViewer } from '../../../src/report/viewer/serve.ts'
import { ViewerState } from '../../../src/report/viewer/viewer-state.ts'
import { openFinishedRun } from '../../../src/runners/read-run.ts'
import { bench, temporaryFolder } from '../../cli/_bench.ts'

const headers = { host: '127.0.0.1:7000' }

describe('admit', () => {
  const ask = (over: object = {}, more: object = {}) =>
    admit({ method: 'GET', url: '/secret/api/rows?run=0', headers: { ...headers, ...over }, ...more }, 7000, 'secret')

  it('lets the page in, by both names of this machine', () => {
    expect(ask()).toEqual({ path: '/api/rows?run=0' })
    expect(ask({ host: 'localhost:7000', origin: 'http://localhost:7000', 'sec-fetch-site': 'same-origin' })).toEqual({
      path: '/api/rows?run=0',
    })
  })

  it.each([
    ['a name that was rebound to this machine', { host: 'evil.test:7000' }, {}, 403],
    ['another port', { host: '127.0.0.1:7001' }, {}, 403],
    ['another origin', { origin: 'http://evil.test' }, {}, 403],
    ['a page without an origin', { origin: 'null' }, {}, 403],
    ['a request from another site', { 'sec-fetch-site': 'cross-site' }, {}, 403],
    ['a wrong token', {}, { url: '/secreT/api/rows' }, 404],
    ['no token', {}, { url: '/' }, 404],
    ['a request that writes', {}, { method: 'POST' }, 405],
  ])('turns away %s', (_name, over, more, status) => {
    expect(ask(over, more)).toMatchObject({ status })
  })
})

describe('serveViewer', () => {
  it('listens on the loopback address alone, and answers the page, data and nothing else', async () => {
    using folder = temporaryFolder()
    const out = join(folder.path, 'run')
    await bench(['run', '--bench', 'ifeval', '--model', 'demo/base', '--out', out, '--limit', '3', '--quiet'])
    const viewer = await serveViewer(new ViewerState([openFinishedRun(out)], null))
    try {
      const get = (path: string) => fetch(new URL(path, viewer.url))
      const page = await get('')
      expect(new URL(viewer.url).hostname).toBe('127.0.0.1')
      expect(page.headers.get('content-security-policy')).toMatch(
        /default-src 'none'; script-src 'nonce-[^']+'; style-src 'self'/,
      )
      expect(await page.text()).toContain('<script type="module" src="app.mjs" nonce="')
      expect((await get('app.mjs')).headers.get('content-type')).toContain('text/javascript')
      expect((await get('api/rows?run=0')).status).toBe(200)
      expect((await get('api/rows?run=7')).status).toBe(400)
      expect((await get('api/rows?run=0&outcome=lucky')).status).toBe(400)
      for (const path of ['../../package.json', '%2e%2e/serve.js', 'serve.js', 'constructor', 'api/__proto__']) {
        expect((await get(path)).status).toBe(404)
      }
      expect(await status(viewer.url, { host: 'evil.test' })).toBe(403)
    } finally {
      await viewer.close()
    }
  })
})

/** Status of a request with a host header that `fetch` would not send. */
function status(url: string, given: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { headers: given }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end()
  })
}
