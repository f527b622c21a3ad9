import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { fakeModel, record, startRewardServer } from './_reward-server.ts'

const down = () => fakeModel({ fail: () => 'nothing listens there' })
const nemo = { responses_create_params: {}, response: { output: [{ content: 'x' }] }, ...record }

const singleRoutes = [
  ['/predict', { question: 'c', answer: 'a' }],
  ['/get_reward', { query: ['x'], prompts: [''], labels: [record] }],
  ['/slime/reward', { response: 'x', label: record }],
  ['/verify', nemo],
] as const

describe('a reward model that cannot be reached', () => {
  it.each(singleRoutes)('fails %s with 503, never with a reward of 0', async (path, body) => {
    const { post } = await startRewardServer(down())
    const { status, json, headers } = await post(path, body)
    expect(status).toBe(503)
    expect(headers.get('retry-after')).toBe('1')
    expect(json).toEqual({ error: 'nothing listens there', code: 'rm-error' })
  })

  it('fails only the items that need it in a batch', async () => {
    const { post } = await startRewardServer(down())
    const { status, json, headers } = await post('/v1/reward/batch', {
      items: [
        { id: 'soft', response: 'x', ...record },
        { id: 'hard', response: 'x', instruction_id_list: ['punctuation:no_comma'] },
      ],
    })
    expect(status).toBe(200)
    expect(headers.get('x-reward-failures')).toBe('1')
    expect(json).toMatchObject({
      failures: 1,
      items: [
        { id: 'soft', reward: null, error: { code: 'rm-error', message: 'nothing listens there', retryable: true } },
        { id: 'hard', reward: 1 },
      ],
    })
  })

  it.each([
    ['throws', () => Promise.reject(new Error('boom'))],
    ['answers nothing', async () => []],
    ['answers NaN', async () => [{ id: '0', p: Number.NaN, truncated: false }]],
    ['answers 1.5', async () => [{ id: '0', p: 1.5, truncated: false }]],
  ])('is the same as one that %s', async (_name, score) => {
    const { post } = await startRewardServer({ id: 'bad', threshold: 0.5, score })
    expect((await post('/slime/reward', { response: 'x', label: record })).status).toBe(503)
  })

  it('is told from a pair that is too long, which no other try mends', async () => {
    const { post } = await startRewardServer(fakeModel({ fail: () => 'rm_overlong: 9000 tokens' }))
    expect(await post('/predict', { question: 'c', answer: 'a' })).toMatchObject({
      status: 422,
      json: { code: 'rm-overlong' },
    })
  })
})

describe('an item that cannot be scored', () => {
  it.each([
    [{ instruction_id_list: ['nobody:knows'], kwargs: [{}], constraints: ['x'] }, 'unknown-instruction'],
    [{ instruction_id_list: ['length_constraints:number_words'], kwargs: [{}], constraints: ['x'] }, 'bad-parameters'],
    [{ instruction_id_list: ['soft', 'soft'], constraints: ['x'] }, 'unequal-lists'],
    [{ instruction_id_list: [] }, 'no-constraints'],
    [{ constraints: [{}] }, 'bad-request'],
    [{ instruction_id_list: ['soft'] }, 'no-text'],
    [{ constraints: [{ text: ' ' }] }, 'no-text'],
    [{ instruction_id_list: ['soft'], constraints: [['a', 'b']] }, 'no-text'],
    [{ instruction_id_list: ['light'] }, 'no-answer'],
    [{ instruction_id_list: ['light'], constraints: [[]] }, 'no-answer'],
    [{ instruction_id_list: ['light_choice'], constraints: [null] }, 'no-answer'],
    [{}, 'bad-request'],
  ])('%j is an error of its own', async (question, code) => {
    const { post } = await startRewardServer()
    const { json } = await post('/v1/reward/batch', {
      items: [
        { id: 1, response: 'x', ...question },
        { response: 'x', ...record },
      ],
    })
    expect(json).toMatchObject({
      items: [{ id: 1, reward: null, error: { code, retryable: false } }, { reward: expect.any(Number) }],
    })
    expect((await post('/slime/reward', { response: 'x', label: question })).status).toBe(422)
  })
})

describe('the published form', () => {
  it.each([
    [{ instruction_id_list: ['light'], constraints: [''] }, 'no-answer'],
    [{ instruction_id_list: ['light'], constraints: [[]] }, 'no-answer'],
    [{ instruction_id_list: ['light_choice'], constraints: [['A']] }, 'no-answer'],
    [{ instruction_id_list: ['soft'], constraints: [['a']] }, 'no-text'],
  ])('gives %j no 0 that nobody has earned', async (question, code) => {
    const { post } = await startRewardServer()
    const items = [{ response: '</think>\n\n\\boxed{A}', ...question }]
    expect((await post('/v1/reward/batch', { items, form: 'code' })).json).toMatchObject({
      items: [{ reward: null, error: { code } }],
    })
  })
})

describe('the door', () => {
  it('refuses bodies of too many brackets, which would cost gigabytes or the stack, and goes on', async () => {
    const { post } = await startRewardServer()
    const deep = '['.repeat(100_000) + ']'.repeat(100_000)
    const verify = JSON.stringify({ ...nemo, extra: 0 }).replace('"extra":0', `"extra":${deep}`)
    expect(await post('/verify', verify)).toMatchObject({ status: 413, json: { code: 'too-large' } })
    expect((await post('/v1/reward/batch', `{"items":[${'{},'.repeat(2_000_000)}{}]}`)).status).toBe(413)
    // Brackets in a text are none.
    const brackets = { question: '[{"'.repeat(1000), answer: '\\"['.repeat(1000) }
    expect((await post('/predict', brackets)).status).toBe(200)
  })

  it('lets only the token in, but tells anybody that it is up', async () => {
    const { get, post } = await startRewardServer(fakeModel(), { token: 'open-sesame' })
    const body = { question: 'c', answer: 'a' }
    expect((await post('/predict', body)).status).toBe(401)
    expect((await post('/predict', body, { authorization: 'Bearer wrong' })).status).toBe(401)
    expect((await post('/predict', body, { authorization: 'Bearer open-sesame' })).status).toBe(200)
    expect((await get('/metrics')).status).toBe(401)
    expect((await get('/nowhere')).status).toBe(401)
    expect((await get('/healthz')).status).toBe(200)
  })

  it('says which routes and methods there are', async () => {
    const { get, post } = await startRewardServer()
    expect(await get('/predict')).toMatchObject({ status: 405 })
    expect((await get('/predict')).headers.get('allow')).toBe('POST')
    expect((await post('/metrics', {})).status).toBe(405)
    expect((await get('/nowhere')).json).toMatchObject({ error: expect.stringContaining('POST /v1/reward/batch') })
  })

  it('refuses what is no JSON, and what a web page could send unasked', async () => {
    const { post } = await startRewardServer()
    expect((await post('/predict', '{"question":')).status).toBe(400)
    expect((await post('/predict', '{}', { 'content-type': 'text/plain' })).status).toBe(415)
  })

  it('refuses bodies that are too large, announced or not, and goes on', async () => {
    const { post, origin } = await startRewardServer(fakeModel(), { maxBodyBytes: 1000, maxItems: 3 })
    expect((await post('/predict', { question: 'x'.repeat(2000), answer: 'a' })).status).toBe(413)
    expect((await post('/v1/reward/batch', { items: [1, 2, 3, 4] })).status).toBe(413)
    const port = Number(new URL(origin).port)
    const reply = await new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(
          'POST /predict HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n',
        )
        socket.write(`7d0\r\n${'x'.repeat(2000)}\r\n`)
      })
      let text = ''
      socket.on('data', (data) => {
        text += data.toString()
      })
      socket.on('close', () => resolve(text))
    })
    expect(reply).toMatch(/^HTTP\/1\.1 413 /)
    expect((await post('/predict', { question: 'c', answer: 'a' })).status).toBe(200)
  })

  it('survives targets that are no addresses, and clients that leave in the middle', async () => {
    const seen: unknown[] = []
    const { post, get, origin } = await startRewardServer(fakeModel(), { onError: (error) => seen.push(error) })
    const port = Number(new URL(origin).port)
    const send = (text: string) =>
      new Promise<string>((resolve) => {
        const socket = connect(port, '127.0.0.1', () => socket.write(text))
        let reply = ''
        socket.on('data', (data) => {
          reply += data.toString()
          socket.end()
        })
        socket.on('close', () => resolve(reply))
        setTimeout(() => socket.destroy(), 200)
      })
    for (const target of ['//', '/%', 'http://[', '*', '/predict?%zz&&=']) {
      expect(await send(`GET ${target} HTTP/1.1\r\nhost: x\r\n\r\n`)).toMatch(/^HTTP\/1\.1 4\d\d /)
    }
    await send('POST /predict HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{"qu')
    expect((await post('/predict', { question: 'c', answer: 'a' })).status).toBe(200)
    await expect
      .poll(async () => (await get('/metrics')).text)
      .toContain('heed_reward_requests_total{route="/predict",status="400"} 1')
    expect(seen).toEqual([])
  })

  it('gives up after its time', async () => {
    const { post } = await startRewardServer(
      { id: 'slow', threshold: 0.5, score: () => new Promise(() => undefined) },
      { timeoutMs: 50 },
    )
    expect(await post('/predict', { question: 'c', answer: 'a' })).toMatchObject({
      status: 504,
      json: { code: 'timeout' },
    })
  })

  it('keeps the details of its own defects to its log', async () => {
    const seen: unknown[] = []
    const { post } = await startRewardServer(fakeModel(), { onError: (error) => seen.push(error), form: null as never })
    const { status, json } = await post('/slime/reward', { response: 'x', label: record })
    expect(status).toBe(500)
    expect(json).toEqual({ error: 'The reward server failed: see its log', code: 'internal' })
    expect(seen).toHaveLength(1)
  })
})
