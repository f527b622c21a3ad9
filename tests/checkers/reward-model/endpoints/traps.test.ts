import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  openRewardModelEndpoint,
  type RewardModelEndpointOptions,
} from '../../../../src/checkers/reward-model/endpoints/index.ts'
import { type Answer, sendJson, startServer } from '../../../models/_server.ts'
import { testTemplate } from './_model.ts'

async function open(protocol: string, answer: Answer, options: RewardModelEndpointOptions = {}, tail = '') {
  const server = await startServer(answer)
  const warnings: string[] = []
  const endpoint = await openRewardModelEndpoint(`${protocol}+${server.origin}${tail}`, {
    template: testTemplate,
    environment: {},
    firstDelayMs: 1,
    maxRetries: 2,
    warn: (message) => warnings.push(message),
    ...options,
  })
  onTestFinished(() => endpoint.close())
  const posts = () => server.requests.filter(({ method }) => method === 'POST')
  return { endpoint, posts, warnings, server }
}

const pair = (id: string, response = 'x') => ({ id, response, constraint: 'c' })

describe('the verl-if server', () => {
  it('keeps its own verdict beside the rounded probability', async () => {
    const { endpoint, posts } = await open('verl-if', ({ json }, response) =>
      sendJson(response, { ...json, pred: 0, value: 0.5 }),
    )
    expect(await endpoint.score([pair('a', 'é')])).toEqual([{ id: 'a', p: 0.5, pred: 0, truncated: false }])
    expect(posts()[0]!.json).toEqual({ question: 'c', answer: 'é' })
  })

  it('is not asked again about a mistake of ours that it reports as 500', async () => {
    for (const text of ['400 Bad Request: The browser sent', '415 Unsupported Media Type: x']) {
      const { endpoint, posts } = await open('verl-if', (_request, response) =>
        sendJson(response, { error: text }, 500),
      )
      const [score] = await endpoint.score([pair('a')])
      expect(score!.error).toContain(text.slice(0, 15))
      expect(posts()).toHaveLength(1)
    }
  })

  it('that mixes up parallel answers is found out by its echo', async () => {
    const { endpoint } = await open('verl-if', (_request, response) =>
      sendJson(response, { answer: 'another', question: 'c', pred: 1, value: 0.9 }),
    )
    expect((await endpoint.score([pair('a')]))[0]).toMatchObject({
      p: null,
      error: expect.stringContaining('another pair'),
    })
  })

  it('is asked four at a time', async () => {
    const { endpoint, server } = await open('verl-if', ({ json }, response) =>
      setTimeout(() => sendJson(response, { ...json, pred: 1, value: 1 }), 10),
    )
    await endpoint.score(Array.from({ length: 24 }, (_, number) => pair(`${number}`)))
    expect(server.mostOpen()).toBe(4)
  })
})

describe('the verl-if server, read the other way round', () => {
  it('gives the probability and the verdict of class 0', async () => {
    const { endpoint } = await open(
      'verl-if',
      ({ json }, response) => sendJson(response, { ...json, pred: 1, value: 0.622 }),
      {},
      '?positive=0',
    )
    expect(endpoint.id).toContain('positive=0')
    expect(await endpoint.score([pair('a')])).toEqual([{ id: 'a', p: 0.378, pred: 0, truncated: false }])
  })

  it('knows no labels', async () => {
    const opening = open('verl-if', (_request, response) => response.writeHead(404).end(), {}, '?positive=met')
    await expect(opening).rejects.toMatchObject({ code: 'rm-label' })
  })

  it('is not given what it would cut the constraint off from, where its length is told', async () => {
    const { endpoint, posts } = await open(
      'verl-if',
      ({ json }, response) => sendJson(response, { ...json, pred: 1, value: 1 }),
      {},
      '?max-tokens=512',
    )
    const scores = await endpoint.score([pair('a', 'word '.repeat(400)), pair('b', 'word '.repeat(200))])
    expect(scores[0]).toMatchObject({ p: null, error: expect.stringMatching(/^rm_overlong: about 71\d tokens/) })
    expect(scores[1]!.p).toBe(1)
    expect(posts()).toHaveLength(1)
  })
})

const entry = (index: number, probs: unknown, label = 'LABEL_1') => ({ index, label, probs, num_classes: 2 })

describe('a batch', () => {
  it('loses only the pair whose score is NaN', async () => {
    const { endpoint } = await open('vllm', (_request, response) =>
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(
          '{"data":[{"index":0,"label":"NaN","probs":[0.25,0.75]},{"index":1,"label":"a","probs":[NaN,-Infinity]}]}',
        ),
    )
    const scores = await endpoint.score([pair('a'), pair('b')])
    expect(scores[0]).toEqual({ id: 'a', p: 0.75, truncated: false })
    expect(scores[1]).toMatchObject({ p: null, error: expect.stringContaining('NaN') })
  })

  it('with the same index twice is no answer', async () => {
    const { endpoint } = await open('vllm', ({ method }, response) =>
      method === 'GET'
        ? response.writeHead(404).end()
        : sendJson(response, { data: [entry(0, [0, 1]), entry(0, [1, 0])] }),
    )
    const scores = await endpoint.score([pair('a'), pair('b')])
    expect(scores.map(({ p }) => p)).toEqual([null, null])
    expect(scores[0]!.error).toContain('every index')
  })

  it('of one whose model answered nothing in SGLang is an error, though its probability is 1', async () => {
    const { endpoint } = await open('sglang', (_request, response) =>
      sendJson(response, { data: [{ index: 0, label: 'Default', probs: [1], num_classes: 1 }] }),
    )
    expect((await endpoint.score([pair('a')]))[0]).toMatchObject({ p: null, error: expect.stringContaining('Default') })
  })
})

describe('the class "satisfied"', () => {
  const answer: Answer = (_request, response) => sendJson(response, { data: [entry(0, [0.75, 0.25], 'GOOD')] })

  it('is the one of index 1, whatever its label', async () => {
    const { endpoint } = await open('vllm', answer)
    expect((await endpoint.score([pair('a')]))[0]!.p).toBe(0.25)
  })

  it('may be named by index or label', async () => {
    for (const tail of ['?positive=0', '?positive=GOOD']) {
      const { endpoint } = await open('vllm', answer, {}, tail)
      expect((await endpoint.score([pair('a')]))[0]!.p).toBe(0.75)
    }
    const { endpoint } = await open('vllm', answer, {}, '?positive=BAD')
    expect((await endpoint.score([pair('a')]))[0]!.p).toBe(0.25)
  })

  it('is not found by a label where the server tells none', async () => {
    const nameless: Answer = (_request, response) =>
      sendJson(response, { data: [{ index: 0, label: null, probs: [0.75, 0.25], num_classes: 2 }] })
    const { endpoint } = await open('vllm', nameless, {}, '?positive=GOOD')
    expect((await endpoint.score([pair('a')]))[0]).toMatchObject({ p: null, error: expect.stringContaining('GOOD') })
  })

  it('is not found by a label that neither class has', async () => {
    const both: Answer = ({ json }, response) =>
      sendJson(response, {
        data: (json?.input as string[] | undefined)?.map((text, index) =>
          text.includes('yes') ? entry(index, [0.25, 0.75], 'GOOD') : entry(index, [0.75, 0.25], 'BAD'),
        ),
      })
    const { endpoint } = await open('vllm', both, {}, '?positive=Good')
    await endpoint.score([pair('a', 'no'), pair('b', 'yes')])
    expect((await endpoint.score([pair('c', 'no')]))[0]).toMatchObject({
      p: null,
      error: expect.stringMatching(/"Good".*"BAD" and "GOOD"/),
    })
  })

  const tei =
    (labels: Record<string, string>): Answer =>
    ({ url, json }, response) =>
      sendJson(
        response,
        url === '/info'
          ? { model_type: { classifier: { id2label: labels } }, max_client_batch_size: 32 }
          : (json!.inputs as unknown[]).map(() => [
              { score: 0.9, label: 'violated' },
              { score: 0.1, label: 'met' },
            ]),
      )

  it('is found by its label where the server sorts by score', async () => {
    const { endpoint } = await open('tei', tei({ '0': 'violated', '1': 'met' }))
    expect((await endpoint.score([pair('a'), pair('b')])).map(({ p }) => p)).toEqual([0.1, 0.1])
  })

  it('is doubted where the labels read the other way round', async () => {
    const { endpoint, warnings } = await open('tei', tei({ '0': 'met', '1': 'violated' }))
    expect(warnings.join()).toContain('is the order right?')
    expect((await endpoint.score([pair('a')]))[0]!.p).toBe(0.9)
    const right = await open('tei', tei({ '0': 'met', '1': 'violated' }), {}, '?positive=met')
    expect(right.warnings).toEqual([])
    expect((await right.endpoint.score([pair('a')]))[0]!.p).toBe(0.1)
  })

  it('cannot be guessed where there are three', async () => {
    await expect(open('tei', tei({ '0': 'a', '1': 'b', '2': 'c' }))).rejects.toMatchObject({ code: 'rm-classes' })
  })

  it('is not there where TEI serves an embedding model', async () => {
    const answer: Answer = (_request, response) => sendJson(response, { model_type: { embedding: { pooling: 'cls' } } })
    await expect(open('tei', answer)).rejects.toMatchObject({ code: 'rm-classes' })
  })
})

describe('raw values where probabilities were expected', () => {
  const answer: Answer = (_request, response) => sendJson(response, { data: [entry(0, [0, Math.log(3)])] })

  it('are an error by default, and probabilities where that is asked for', async () => {
    expect((await (await open('vllm', answer)).endpoint.score([pair('a')]))[0]!.error).toContain('logits=softmax')
    const { endpoint } = await open('vllm', answer, {}, '?logits=softmax')
    expect((await endpoint.score([pair('a')]))[0]!.p).toBeCloseTo(0.75, 12)
  })
})

describe('the input text', () => {
  it('is our own wording without the upstream file, and says so', async () => {
    const { endpoint, posts, warnings } = await open(
      'vllm',
      ({ method }, response) =>
        method === 'GET' ? response.writeHead(404).end() : sendJson(response, { data: [entry(0, [0, 1])] }),
      { template: undefined, dataDir: '/nonexistent' },
    )
    await endpoint.score([{ id: 'a', response: '{constraint} $&', constraint: 'the end' }])
    expect(endpoint.promptLabel).toBe('house-prompt')
    expect(warnings.join()).toContain('verl-if-upstream')
    const [text] = posts()[0]!.json!.input as string[]
    expect(text!.endsWith('Constraint:\nthe end')).toBe(true)
    expect(text).toContain('Response:\n{constraint} $&\n')
  })

  it('is read from a file that the spec names, as it stands there', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'heed-template-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const file = join(folder, 'input.txt')
    writeFileSync(file, '{response}|{constraint}|\n')
    const answer: Answer = ({ method }, response) =>
      method === 'GET' ? response.writeHead(404).end() : sendJson(response, { data: [entry(0, [0, 1])] })
    const { endpoint, posts } = await open('vllm', answer, { template: undefined }, `?template=${file}`)
    await endpoint.score([pair('a', '{constraint} $& $1')])
    expect(endpoint.promptLabel).toBe('custom')
    expect(posts()[0]!.json!.input).toEqual(['{constraint} $& $1|c|\n'])
    await expect(open('vllm', answer, { template: undefined }, `?template=${file}.gone`)).rejects.toMatchObject({
      code: 'bad-rm-template',
      message: expect.stringContaining('input.txt.gone'),
    })
  })

  it('is the same where the response is empty, white space or holds a null byte', async () => {
    const { endpoint, posts } = await open('vllm', ({ method, json }, response) =>
      method === 'GET'
        ? response.writeHead(404).end()
        : sendJson(response, { data: (json!.input as string[]).map((_text, index) => entry(index, [0, 1])) }),
    )
    const scores = await endpoint.score([pair('a', ''), pair('b', ' \n'), pair('c', 'x\u0000y')])
    expect(scores.map(({ p }) => p)).toEqual([1, 1, 1])
    expect(posts()[0]!.json!.input).toEqual(['', ' \n', 'x\u0000y'].map((text) => `Response<<${text}>>Constraint<<c>>`))
  })

  it('must have both slots', async () => {
    await expect(
      open('vllm', (_request, response) => response.writeHead(404).end(), { template: 'only {response}' }),
    ).rejects.toMatchObject({
      code: 'bad-rm-template',
    })
  })
})
