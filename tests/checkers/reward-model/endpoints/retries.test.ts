import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openRewardModelEndpoint } from '../../../../src/checkers/reward-model/endpoints/index.ts'
import { type Answer, sendJson, startServer } from '../../../models/_server.ts'

const pair = { id: 'a', response: 'x', constraint: 'c' }

/** Scores one pair with a server that answers every POST in the same way. @returns error and number of tries */
async function triesOf(answer: Answer, path = ''): Promise<{ error: string; tries: number }> {
  const server = await startServer((request, response) =>
    request.method === 'GET' ? response.writeHead(404).end() : answer(request, response),
  )
  const endpoint = await openRewardModelEndpoint(`verl-if+${server.origin}${path}`, {
    environment: {},
    firstDelayMs: 1,
  })
  onTestFinished(() => endpoint.close())
  const [score] = await endpoint.score([pair])
  expect(score!.p).toBeNull()
  const tries = server.requests.filter(({ method }) => method === 'POST').length
  expect(endpoint.stats).toMatchObject({ asked: 1, failed: 1, requests: tries, retries: tries - 1 })
  return { error: score!.error!, tries }
}

describe('a pair that gets no score', () => {
  it.each([429, 500, 502, 503, 504])('is tried three times more after %i', async (status) => {
    const { error, tries } = await triesOf((_request, response) => sendJson(response, { error: 'busy' }, status))
    expect(tries).toBe(4)
    expect(error).toContain(`answered ${status}: busy (after 4 tries)`)
  })

  it('is tried three times more after a connection that breaks, before or within the reply', async () => {
    expect((await triesOf((_request, response) => response.destroy())).tries).toBe(4)
    const torn: Answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' }).write('{"value": 0.')
      setTimeout(() => response.destroy(), 5)
    }
    expect((await triesOf(torn)).tries).toBe(4)
  })

  it.each([400, 401, 404, 405, 413, 415, 422])('is not tried again after %i', async (status) => {
    const { error, tries } = await triesOf((_request, response) => sendJson(response, { error: 'no' }, status))
    expect(tries).toBe(1)
    expect(error).toContain(`answered ${status}: no`)
  })

  it('is not tried again after the mistakes of a request that Flask answers with 500', async () => {
    for (const text of [
      '400 Bad Request: The browser (or proxy) sent a request that this server could not understand.',
      '415 Unsupported Media Type: Did not attempt to load JSON data.',
    ]) {
      expect((await triesOf((_request, response) => sendJson(response, { error: text }, 500))).tries).toBe(1)
    }
    const another = 'list indices must be integers or slices, not str'
    expect((await triesOf((_request, response) => sendJson(response, { error: another }, 500))).tries).toBe(4)
  })

  it('is tried once more after a reply that cannot be read', async () => {
    for (const body of ['', '[]', '{"pred": 1}', '{"error": "x"}', '{"value": 0.5'])
      expect((await triesOf((_request, response) => response.writeHead(200).end(body))).tries).toBe(2)
  })

  it.each([
    ['null', /got null/],
    ['"0.5"', /got "0.5"/],
    ['1.001', /got 1.001/],
    ['-0.1', /got -0.1/],
    ['NaN', /NaN/],
    ['true', /got true/],
  ])('has no score where `value` is %s', async (value, reason) => {
    const answer: Answer = (_request, response) => response.writeHead(200).end(`{"value": ${value}, "pred": 1}`)
    expect((await triesOf(answer)).error).toMatch(reason)
  })

  it('names both lengths that the server names', async () => {
    const text = "This model's maximum context length is 4096 tokens, the input has 5000"
    for (const body of [{ error: { message: text, code: 400 } }, { object: 'error', message: text, code: 400 }])
      expect((await triesOf((_request, response) => sendJson(response, body, 400))).error).toMatch(
        /^rm_overlong: .*4096 tokens.*5000/,
      )
  })
})

describe('a pair that waits for its next try', () => {
  it('holds up no other one, and requests under way stay within the concurrency', async () => {
    let failures = 0
    const server = await startServer(({ method, json }, response) => {
      if (method === 'GET') return response.writeHead(404).end()
      if (json!.answer === 'bad') {
        failures += 1
        return sendJson(response, { error: 'CUDA out of memory' }, 500, { 'retry-after-ms': '1500' })
      }
      setTimeout(() => sendJson(response, { ...json, pred: 1, value: 1 }), 2)
    })
    const endpoint = await openRewardModelEndpoint(`verl-if+${server.origin}`, { environment: {}, maxRetries: 1 })
    onTestFinished(() => endpoint.close())
    const started = performance.now()
    const finished = new Map<string, number>()
    const scores = await Promise.all(
      Array.from({ length: 80 }, async (_, number) => {
        const response = number < 20 ? 'bad' : 'good'
        const [score] = await endpoint.score([{ id: `${number}`, response, constraint: 'c' }])
        finished.set(`${number}`, performance.now() - started)
        return score!
      }),
    )
    expect(scores.filter(({ p }) => p === null).map(({ id }) => Number(id))).toEqual([...Array(20).keys()])
    expect(failures).toBe(40)
    expect(server.mostOpen()).toBeLessThanOrEqual(4)
    const firstBad = Math.min(...[...Array(20).keys()].map((number) => finished.get(`${number}`)!))
    const good = scores.slice(20).filter(({ id }) => finished.get(id)! < firstBad)
    expect(good.length).toBeGreaterThan(40)
  })

  it('keeps its place where the server asks for patience', async () => {
    let open = 0
    const server = await startServer(({ method, json, number }, response) => {
      if (method === 'GET') return response.writeHead(404).end()
      open += 1
      if (number < 4) return sendJson(response, { error: 'slow down' }, 429, { 'retry-after-ms': '800' })
      sendJson(response, { ...json, pred: 1, value: 1 })
    })
    const endpoint = await openRewardModelEndpoint(`verl-if+${server.origin}`, { environment: {} })
    onTestFinished(() => endpoint.close())
    const scoring = endpoint.score(Array.from({ length: 40 }, (_, id) => ({ ...pair, id: `${id}` })))
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(open).toBeLessThan(20)
    expect((await scoring).every(({ p }) => p === 1)).toBe(true)
  })
})

describe('a server on this machine', () => {
  it('is not asked through the proxy of the environment', async () => {
    const server = await startServer(({ json }, response) => sendJson(response, { ...json, pred: 1, value: 1 }))
    const environment = { http_proxy: 'http://127.0.0.1:9', HTTP_PROXY: 'http://127.0.0.1:9', NO_PROXY: 'example.org' }
    const endpoint = await openRewardModelEndpoint(`verl-if+${server.origin}`, { environment, maxRetries: 0 })
    onTestFinished(() => endpoint.close())
    expect((await endpoint.score([pair]))[0]!.p).toBe(1)
  })

  it('elsewhere is asked through it, unless NO_PROXY names it', async () => {
    const targets: string[] = []
    const proxy = createServer().on('connect', (request, socket) => {
      targets.push(request.url ?? '')
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
    })
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void proxy.close())
    const environment = { http_proxy: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` }
    const far = 'verl-if+http://rm.invalid:5000'
    await expect(openRewardModelEndpoint(far, { environment })).rejects.toMatchObject({ code: 'rm-unreachable' })
    expect(targets[0]).toBe('rm.invalid:5000')
    targets.length = 0
    const direct = openRewardModelEndpoint(far, { environment: { ...environment, NO_PROXY: '.invalid' } })
    await expect(direct).rejects.toMatchObject({ code: 'rm-unreachable' })
    expect(targets).toEqual([])
  })
})
