import { describe, expect, it, onTestFinished } from 'vitest'
import { openRewardModelEndpoint, parseRewardModelSpec } from '../../../../src/checkers/reward-model/endpoints/index.ts'
import { servedRewardModel } from '../../../../src/checkers/reward-model/index.ts'
import { sendJson, startServer } from '../../../models/_server.ts'
import { testTemplate } from './_model.ts'
import { serverKinds } from './_protocol-servers.ts'

const base = { template: testTemplate, environment: {}, firstDelayMs: 1, maxRetries: 1 }

async function open(spec: string, warn?: (message: string) => void) {
  const endpoint = await openRewardModelEndpoint(spec, { ...base, warn })
  onTestFinished(() => endpoint.close())
  return endpoint
}

const pair = { id: 'a', response: 'A lamp.', constraint: 'Mention the lamp.' }

describe('an address without a protocol', () => {
  const detected = serverKinds.filter(({ name }) => name !== 'sglang /classify' && name !== 'vllm /rerank')

  it.each(detected)('is recognised as $name by GET requests alone', async ({ name, start, spec }) => {
    const server = await start()
    const model = spec('').includes('#') ? '#rm' : ''
    const said: string[] = []
    const endpoint = await open(`${server.origin}${model}`, (message) => said.push(message))
    expect(said[0]).toContain(`recognised as ${spec('').split('+')[0]}`)
    expect(server.requests.every(({ method }) => method === 'GET')).toBe(true)
    expect(endpoint.id.split(' ')[0]).toBe(spec('').split('+')[0])
    expect((await endpoint.score([pair])).map(({ p }) => p && Math.round(p * 1000))).toEqual([875])
    expect(name).not.toBe('')
  })

  it('that nothing known answers is refused with the forms that name a protocol', async () => {
    const server = await startServer((_request, response) => response.writeHead(404).end())
    await expect(open(server.origin)).rejects.toMatchObject({
      code: 'rm-unknown-protocol',
      message: expect.stringContaining('GET /predict 404'),
      hint: expect.stringContaining(`vllm+${server.origin}`),
    })
    expect(server.requests.every(({ method }) => method === 'GET')).toBe(true)
  })

  it('that wants a key says so', async () => {
    const server = await startServer((_request, response) => sendJson(response, { error: 'no' }, 401))
    await expect(open(server.origin)).rejects.toMatchObject({ code: 'rm-auth' })
  })

  it('that nobody listens at is named', async () => {
    await expect(open('http://127.0.0.1:9')).rejects.toMatchObject({
      code: 'rm-unreachable',
      message: expect.stringContaining('http://127.0.0.1:9'),
    })
  })

  it('is asked for nothing but its presence where the protocol is named and needs no facts', async () => {
    const server = await startServer((_request, response) => response.writeHead(404).end())
    await open(`verl-if+${server.origin}`)
    expect(server.requests.map(({ method, url }) => [method, url])).toEqual([['GET', '/']])
  })

  it.each(serverKinds)('is told before a run when nobody listens, also for $name', async ({ spec }) => {
    await expect(open(spec('http://127.0.0.1:9'))).rejects.toMatchObject({ code: 'rm-unreachable' })
  })
})

describe('a spec', () => {
  it('may end in a route of the server', () => {
    const addressOf = (spec: string) => {
      const parsed = parseRewardModelSpec(spec)
      return parsed.kind === 'http' ? parsed.base.address : null
    }
    const routes = ['', '/', '/predict', '/v1', '/v1/classify', '/v2/rerank', '/pooling/', '/score', '/v1/']
    for (const route of routes) expect(addressOf(`http://host:8000/rm${route}?batch=1#m`)).toBe('http://host:8000/rm')
    expect(addressOf('http://host:8000/predict/rm')).toBe('http://host:8000/predict/rm')
  })

  it('tells by which word the identity of its model is known', () => {
    expect(servedRewardModel('vllm+http://user:key@host:8000/x?overlong=head#rm')).toBe('http://host:8000/x')
    expect(servedRewardModel('llm:http://host:8000?concurrency=2#qwen')).toBe('http://host:8000/v1')
    expect(servedRewardModel('llm:openai/gpt')).toBe('gpt')
    expect(['onnx:./rm', 'embedded', 'embedded:./rm'].map(servedRewardModel)).toEqual([null, null, null])
  })

  it.each([
    ['vllm+http://127.0.0.1:1?treshold=0.4', 'unknown-rm-setting', 'threshold'],
    ['vlm+http://127.0.0.1:1', 'unknown-rm-spec', 'vllm+http://'],
    ['localhost:8000', 'unknown-rm-spec', 'http://localhost:8000'],
    ['http://127.0.0.1:1?overlong=left', 'bad-rm-setting', undefined],
    ['onnx:', 'unknown-rm-spec', 'onnx:<folder>'],
    ['llm:', 'unknown-rm-spec', 'llm:<model spec>'],
    ['llm:http://127.0.0.1:1?positive=0#rm', 'unknown-rm-setting', 'concurrency'],
    ['onnx:./rm?timeout=3', 'unknown-rm-setting', 'max-tokens'],
    ['ftp://host', 'unknown-rm-spec', 'vllm+http://'],
  ])('%s is refused with advice', async (spec, code, advice) => {
    await expect(open(spec)).rejects.toMatchObject({
      code,
      ...(advice ? { hint: expect.stringContaining(advice) } : {}),
    })
  })

  it('says which of its settings the protocol has no use for', async () => {
    const server = await startServer((_request, response) => response.writeHead(404).end())
    const said: string[] = []
    const warn = (message: string) => said.push(message)
    const settings = 'query=response&input=text&overlong=middle&template=/nonexistent'
    await open(`verl-if+${server.origin}?${settings}`, warn)
    expect(said).toEqual([
      expect.stringContaining('the template is not used'),
      'query has no effect with verl-if',
      'input and output have no effect with verl-if',
      expect.stringContaining('overlong=middle has no effect'),
    ])
  })

  it('carries threshold and revision', async () => {
    const server = await startServer((_request, response) => response.writeHead(404).end())
    const endpoint = await open(`verl-if+${server.origin}?threshold=0.7&revision=step-5274`)
    expect(endpoint.threshold).toBe(0.7)
    expect(endpoint.id).toBe(`verl-if ${server.origin} rev=step-5274`)
  })

  it('never shows a password', async () => {
    await expect(open('vlm+http://me:hunter22@host')).rejects.not.toThrow(/hunter22/)
    const server = await startServer((_request, response) => response.writeHead(404).end())
    const endpoint = await open(`verl-if+${server.origin.replace('//', '//me:hunter22@')}`)
    expect(server.requests[0]!.headers.authorization).toBe(`Basic ${Buffer.from('me:hunter22').toString('base64')}`)
    expect(endpoint.id).not.toContain('hunter22')
  })
})
