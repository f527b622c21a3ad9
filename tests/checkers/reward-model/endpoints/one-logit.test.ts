import { describe, expect, it, onTestFinished } from 'vitest'
import { openRewardModelEndpoint } from '../../../../src/checkers/reward-model/endpoints/index.ts'
import { type Answer, sendJson, startServer } from '../../../models/_server.ts'

async function open(protocol: string, answer: Answer, tail = '') {
  const server = await startServer((request, response) =>
    request.method === 'GET' ? response.writeHead(404).end() : answer(request, response),
  )
  const endpoint = await openRewardModelEndpoint(`${protocol}+${server.origin}${tail}`, {
    environment: {},
    firstDelayMs: 1,
  })
  onTestFinished(() => endpoint.close())
  return { endpoint, bodies: () => server.requests.flatMap(({ json }) => json ?? []) }
}

const scored: Answer = ({ json }, response) =>
  sendJson(response, { data: (json!.text_1 as string[]).map((_text, index) => ({ index, score: 0.75 })) })
const raw: Answer = (_request, response) => sendJson(response, { data: [{ index: 0, score: Math.log(3) }] })
const ranked: Answer = ({ json }, response) => {
  const documents = json!.documents as string[]
  const results = documents.map((text, index) => ({ index, document: { text }, relevance_score: text.length / 10 }))
  sendJson(response, { results: results.sort((a, b) => b.relevance_score - a.relevance_score) })
}

const pairs = [
  { id: 'a', response: 'four', constraint: 'one' },
  { id: 'b', response: 'longest', constraint: 'two' },
  { id: 'c', response: 'ab', constraint: 'one' },
]

describe('a model of one logit', () => {
  it('is given constraint and response as query and document, or the other way round', async () => {
    const { endpoint, bodies } = await open('vllm-score', scored)
    expect((await endpoint.score(pairs)).map(({ p }) => p)).toEqual([0.75, 0.75, 0.75])
    expect(bodies()).toEqual([{ text_1: ['one', 'two', 'one'], text_2: ['four', 'longest', 'ab'] }])
    const other = await open('vllm-score', scored, '?query=response')
    await other.endpoint.score(pairs.slice(0, 1))
    expect(other.bodies()).toEqual([{ text_1: ['four'], text_2: ['one'] }])
    expect(endpoint.id).toContain('query=constraint')
    expect(other.endpoint.id).toContain('query=response')
  })

  it('is reranked one query at a time, and read by index', async () => {
    const { endpoint, bodies } = await open('vllm-rerank', ranked)
    expect((await endpoint.score(pairs)).map(({ id, p }) => [id, p])).toEqual([
      ['a', 0.4],
      ['b', 0.7],
      ['c', 0.2],
    ])
    expect(bodies()).toEqual([
      { query: 'one', documents: ['four', 'ab'], top_n: 0 },
      { query: 'two', documents: ['longest'], top_n: 0 },
    ])
  })

  it('gives no score where it gives a raw value, unless that is allowed', async () => {
    const { endpoint } = await open('vllm-score', raw)
    expect((await endpoint.score(pairs.slice(0, 1)))[0]!.error).toContain('logits=softmax')
    const allowed = await open('vllm-score', raw, '?logits=softmax')
    expect((await allowed.endpoint.score(pairs.slice(0, 1)))[0]!.p).toBeCloseTo(0.75, 12)
  })

  it('has no classes', async () => {
    for (const tail of ['?positive=0', '?positive=GOOD'])
      await expect(open('vllm-score', scored, tail)).rejects.toMatchObject({ code: 'rm-label' })
  })

  it('behind /classify is told where it can be asked', async () => {
    const one: Answer = (_request, response) =>
      sendJson(response, { data: [{ index: 0, label: 'LABEL_0', probs: [0.9], num_classes: 1 }] })
    const { endpoint } = await open('vllm', one)
    expect((await endpoint.score(pairs.slice(0, 1)))[0]).toMatchObject({
      p: null,
      error: expect.stringContaining('vllm-score+http'),
    })
  })
})
