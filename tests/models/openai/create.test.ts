import { describe, expect, it } from 'vitest'
import { EndpointError, UsageError } from '../../../src/core/errors.ts'
import { preferredLimitName } from '../../../src/models/openai/token-limit-name.ts'
import { callError, endpointFor, never, request } from '../_call.ts'
import { answerHello, completion, sendJson, startServer } from '../_server.ts'

const listing = (...ids: string[]) => ({ object: 'list', data: ids.map((id) => ({ id, object: 'model' })) })

describe('model discovery', () => {
  it('takes the only model that the server serves', async () => {
    const server = await startServer((_seen, response) => sendJson(response, listing('my-7b')))
    const endpoint = await endpointFor(server.base)
    expect(server.requests[0]).toMatchObject({ method: 'GET', url: '/v1/models' })
    expect(endpoint).toMatchObject({ model: 'my-7b', id: `openai ${server.base} my-7b` })
  })

  it('lists the models where there are several', async () => {
    const server = await startServer((_seen, response) => sendJson(response, listing('base', 'base-lora')))
    await expect(endpointFor(server.base)).rejects.toMatchObject({
      exitCode: 2,
      message: `${server.base} serves 2 models: base, base-lora`,
      hint: `Choose one: ${server.base}#base`,
    })
  })

  it('says what is wrong where nothing listens or a web page comes', async () => {
    await expect(endpointFor('http://127.0.0.1:1/v1')).rejects.toMatchObject({
      code: 'endpoint-unreachable',
      exitCode: 2,
    })
    const server = await startServer((_seen, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html><title>Proxy login</title></html>'),
    )
    await expect(endpointFor(server.base)).rejects.toMatchObject({
      code: 'endpoint-malformed',
      exitCode: 2,
      message: expect.stringContaining('Proxy login'),
    })
  })

  it('adds /v1 to a bare host and takes the address of the endpoint itself', async () => {
    const server = await startServer(answerHello)
    for (const address of [server.origin, `${server.base}/`, `${server.base}/chat/completions`]) {
      const endpoint = await endpointFor(`${address}#m`)
      await endpoint.complete(request(), never)
    }
    expect(new Set(server.requests.map(({ url }) => url))).toEqual(new Set(['/v1/chat/completions']))
  })
})

describe('probe', () => {
  it('passes where the server lists the model, and makes no paid call', async () => {
    const server = await startServer((_seen, response) => sendJson(response, listing('m')))
    await (await endpointFor(`${server.base}#m`)).probe!(never)
    expect(server.requests.map(({ url }) => url)).toEqual(['/v1/models'])
  })

  it('passes where there is no list', async () => {
    const server = await startServer((_seen, response) => sendJson(response, {}, 404))
    await (await endpointFor(`${server.base}#m`)).probe!(never)
    expect(server.requests).toHaveLength(1)
  })

  it('asks for a word where the model is not listed, since gateways serve more than they list', async () => {
    const server = await startServer((seen, response) =>
      seen.method === 'GET' ? sendJson(response, listing('*')) : sendJson(response, completion({ content: 'Hi' })),
    )
    await (await endpointFor(`${server.base}#routed/model`)).probe!(never)
    expect(server.requests).toHaveLength(2)
  })

  it.each([404, 400])('names the models that there are (status %i)', async (status) => {
    const server = await startServer((seen, response) =>
      seen.method === 'GET'
        ? sendJson(response, listing('llama-8b', 'qwen-7b'))
        : sendJson(response, { message: 'The model `qwen-8b` does not exist.' }, status),
    )
    await expect((await endpointFor(`${server.base}#qwen-8b`)).probe!(never)).rejects.toMatchObject({
      code: 'model-not-found',
      exitCode: 2,
      message: `${server.base} does not serve the model "qwen-8b"`,
      hint: 'Did you mean qwen-7b? It serves: llama-8b, qwen-7b',
    })
  })

  it.each([401, 403])('says which key was refused (status %i)', async (status) => {
    const server = await startServer((_seen, response) => sendJson(response, { error: { message: 'bad key' } }, status))
    const withKey = await endpointFor(`${server.base}#m`, {
      apiKeyEnv: 'MY_KEY',
      environment: { MY_KEY: 'wrong-key-1' },
    })
    await expect(withKey.probe!(never)).rejects.toMatchObject({
      code: 'endpoint-auth',
      exitCode: 2,
      message: expect.stringContaining('refuses the key in MY_KEY'),
    })
    const without = await endpointFor(`${server.base}#m`)
    await expect(without.probe!(never)).rejects.toMatchObject({
      message: expect.stringContaining('wants a key: '),
      hint: expect.stringMatching(/^Set HEED_API_KEY_127_0_0_1_\d+ or HEED_API_KEY_127_0_0_1\.$/),
    })
  })

  it('says that nothing listens', async () => {
    const endpoint = await endpointFor('http://127.0.0.1:1/v1#m')
    await expect(endpoint.probe!(never)).rejects.toBeInstanceOf(EndpointError)
    await expect(endpoint.probe!(never)).rejects.toMatchObject({ code: 'endpoint-unreachable', exitCode: 2 })
  })

  it('has patience with a busy server', async () => {
    const server = await startServer((seen, response) =>
      seen.number === 0 ? sendJson(response, {}, 503) : sendJson(response, listing('m')),
    )
    await (await endpointFor(`${server.base}#m`)).probe!(never)
    expect(server.requests).toHaveLength(2)
  })
})

describe('keys', () => {
  it('wants one for OpenAI when a request is made, and says where it looks', async () => {
    const endpoint = await endpointFor('openai/gpt-4o-mini')
    expect(endpoint.id).toBe('openai https://api.openai.com/v1 gpt-4o-mini')
    const expected = {
      exitCode: 2,
      message: 'https://api.openai.com/v1 wants a key: OPENAI_API_KEY is not set',
      hint: 'Set OPENAI_API_KEY.',
    }
    await expect(endpoint.probe!(never)).rejects.toMatchObject(expected)
    const error = await callError(endpoint.complete(request(), never))
    expect(error).toMatchObject({ kind: 'auth', fatal: true })
    expect(endpoint.explain!(error)).toMatchObject(expected)
  })

  it('sends it where OPENAI_BASE_URL points, and needs none there', async () => {
    const server = await startServer(answerHello)
    const environment = { OPENAI_BASE_URL: server.base, OPENAI_API_KEY: 'key-of-mine' }
    await (await endpointFor('openai/m', { environment })).complete(request(), never)
    await (await endpointFor('openai/m', { environment: { OPENAI_BASE_URL: server.base } })).complete(request(), never)
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer key-of-mine', undefined])
  })

  it('prefers the key of host and port to that of the host', async () => {
    const server = await startServer(answerHello)
    const { port } = new URL(server.origin)
    const environment = { HEED_API_KEY_127_0_0_1: 'key-of-host', [`HEED_API_KEY_127_0_0_1_${port}`]: 'key-of-port' }
    await (await endpointFor(`${server.base}#m`, { environment })).complete(request(), never)
    expect(server.requests[0]!.headers.authorization).toBe('Bearer key-of-port')
  })

  it('refuses a variable that is not set, and a key that is none', async () => {
    await expect(endpointFor('http://h/v1#m', { apiKeyEnv: 'NOPE' })).rejects.toBeInstanceOf(UsageError)
    const environment = { K: 'two words' }
    await expect(endpointFor('http://h/v1#m', { apiKeyEnv: 'K', environment })).rejects.toMatchObject({
      code: 'bad-key',
    })
    await expect(endpointFor('http://h/v1#m', { headers: { 'X-A': `\${NOPE}` } })).rejects.toMatchObject({
      code: 'unset-variable',
    })
  })
})

describe('identity', () => {
  it('changes with everything that can change a reply, and holds no secret', async () => {
    const base = 'http://127.0.0.1:1/v1#m'
    const plain = (await endpointFor(base)).id
    const environment = { K: 'secret-key-123' }
    const others = [
      await endpointFor('http://127.0.0.1:1/v2#m'),
      await endpointFor('http://127.0.0.1:1/v1#n'),
      await endpointFor(base, { revision: 'abc' }),
      await endpointFor(base, { system: 'Be brief.' }),
      await endpointFor(base, { sampling: { temperature: 1 } }),
      await endpointFor(base, { thinking: 'keep' }),
      await endpointFor(base, { headers: { 'x-route': 'b' } }),
    ].map(({ id }) => id)
    expect(new Set([plain, ...others]).size).toBe(others.length + 1)
    expect((await endpointFor(base, { apiKeyEnv: 'K', environment })).id).toBe(plain)
    expect((await endpointFor('http://me:secret@127.0.0.1:1/v1#m')).id).toBe(plain)
  })
})

describe('the name of the token limit', () => {
  it.each([
    ['https://api.openai.com', 'max_completion_tokens'],
    ['https://eu.api.openai.com', 'max_completion_tokens'],
    ['https://mine.openai.azure.com', 'max_completion_tokens'],
    ['http://localhost:8000', 'max_tokens'],
    ['https://api.openai.com.example', 'max_tokens'],
  ])('at %s is %s', (origin, name) => {
    expect(preferredLimitName(origin)).toBe(name)
  })
})
