import { describe, expect, it } from 'vitest'
import { callError, endpointFor, never, request } from '../_call.ts'
import { answerHello, completion, sendJson, startServer } from '../_server.ts'

describe('requests to an OpenAI-compatible server', () => {
  it('sends what is set, and nothing that is not', async () => {
    const server = await startServer(answerHello)
    const endpoint = await endpointFor(`${server.base}#m`)
    await endpoint.complete(request(), never)
    expect(server.requests[0]).toMatchObject({
      method: 'POST',
      url: '/v1/chat/completions',
      json: { model: 'm', messages: [{ role: 'user', content: 'Say hello.' }] },
    })
    expect(Object.keys(server.requests[0]!.json!)).toEqual(['model', 'messages'])
    expect(server.requests[0]!.headers).not.toHaveProperty('authorization')
  })

  it('spells every sampling setting as the API does, the extra body last', async () => {
    const server = await startServer(answerHello)
    const endpoint = await endpointFor(`${server.base}#m`)
    const sampling = {
      temperature: 0,
      topP: 0.9,
      maxTokens: 50,
      seed: 7,
      stop: ['END'],
      extraBody: { chat_template_kwargs: { enable_thinking: false }, top_p: 1 },
    }
    const replyFormat = { name: 'verdict', schema: { type: 'object' }, strict: true }
    await endpoint.complete(request({ sampling, replyFormat }), never)
    expect(server.requests[0]!.json).toEqual({
      model: 'm',
      messages: [{ role: 'user', content: 'Say hello.' }],
      temperature: 0,
      top_p: 1,
      max_tokens: 50,
      seed: 7,
      stop: ['END'],
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'verdict', schema: { type: 'object' }, strict: true },
      },
      chat_template_kwargs: { enable_thinking: false },
    })
  })

  it('takes out of the body what the extra body says is null', async () => {
    const server = await startServer(answerHello)
    const endpoint = await endpointFor(`${server.base}#m`, { sampling: { extraBody: { temperature: null } } })
    const sampling = {
      temperature: 0,
      topP: 0.9,
      maxTokens: 50,
      extraBody: { top_p: null, best_of: null, logprobs: true },
    }
    await endpoint.complete(request({ sampling }), never)
    expect(server.requests[0]!.json).toEqual({
      model: 'm',
      messages: [{ role: 'user', content: 'Say hello.' }],
      max_tokens: 50,
      logprobs: true,
    })
  })

  it('gives every sample and every attempt a seed of its own', async () => {
    const server = await startServer(answerHello)
    const endpoint = await endpointFor(`${server.base}#m`)
    for (const meta of [{}, { sample: 1 }, { attempt: 1 }, { sample: 1, attempt: 2 }]) {
      await endpoint.complete(request({ sampling: { seed: 5 } }, meta), never)
    }
    expect(server.requests.map(({ json }) => json!.seed)).toEqual([5, 6, 1005, 2006])
  })

  it("puts the endpoint's sampling over the request's, and its system prompt first", async () => {
    const server = await startServer(answerHello)
    const endpoint = await endpointFor(`${server.base}#m`, { sampling: { temperature: 0.6 }, system: 'Be brief.' })
    await endpoint.complete(request({ sampling: { temperature: 0, topP: 0.5 } }), never)
    const messages = [
      { role: 'system' as const, content: 'Answer in French.' },
      { role: 'user' as const, content: 'Say hello.' },
    ]
    await endpoint.complete(request({ messages }), never)
    expect(server.requests[0]!.json).toMatchObject({ temperature: 0.6, top_p: 0.5 })
    expect(server.requests.map(({ json }) => (json!.messages as unknown[])[0])).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'system', content: 'Be brief.\n\nAnswer in French.' },
    ])
  })

  it('switches the name of the token limit once where the server refuses it, and remembers', async () => {
    const message =
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."
    const error = { message, type: 'invalid_request_error', param: 'max_tokens', code: 'unsupported_parameter' }
    const server = await startServer((seen, response) =>
      'max_tokens' in seen.json!
        ? sendJson(response, { error }, 400)
        : sendJson(response, completion({ content: 'Hi' })),
    )
    const endpoint = await endpointFor(`${server.base}#m`)
    const limited = request({ sampling: { maxTokens: 9 } })
    const together = await Promise.all([1, 2, 3].map(() => endpoint.complete(limited, never)))
    expect(together.map(({ text }) => text)).toEqual(['Hi', 'Hi', 'Hi'])
    await endpoint.complete(limited, never)
    expect(server.requests).toHaveLength(7)
    expect(server.requests.at(-1)!.json).toMatchObject({ max_completion_tokens: 9 })
  })

  it('does not switch for a limit that is merely too large, and not twice', async () => {
    const tooLarge = { error: { message: "'max_tokens' must not exceed 4096", param: 'max_tokens' } }
    const server = await startServer((_seen, response) => sendJson(response, tooLarge, 400))
    const endpoint = await endpointFor(`${server.base}#m`)
    await callError(endpoint.complete(request({ sampling: { maxTokens: 9999 } }), never))
    expect(server.requests).toHaveLength(1)

    const neither = await startServer((seen, response) =>
      sendJson(response, { error: { message: `Unknown parameter: ${Object.keys(seen.json!).at(-1)}` } }, 400),
    )
    const stubborn = await endpointFor(`${neither.base}#m`)
    const limited = request({ sampling: { maxTokens: 9 } })
    expect((await callError(stubborn.complete(limited, never))).message).toContain('max_completion_tokens')
    await callError(stubborn.complete(limited, never))
    expect(neither.requests.map(({ json }) => Object.keys(json!).at(-1))).toEqual([
      'max_tokens',
      'max_completion_tokens',
      'max_completion_tokens',
    ])
  })

  it('sends headers with references to the environment expanded, over its own', async () => {
    const server = await startServer(answerHello)
    const endpoint = await endpointFor(`${server.base}#m`, {
      headers: { 'X-Team': 'evals', 'X-Gateway-Key': `\${GATEWAY}`, 'User-Agent': 'mine' },
      environment: { GATEWAY: 'gateway-secret-1' },
    })
    await endpoint.complete(request(), never)
    expect(server.requests[0]!.headers).toMatchObject({
      'x-team': 'evals',
      'x-gateway-key': 'gateway-secret-1',
      'user-agent': 'mine',
    })
    expect(endpoint.id).not.toContain('gateway-secret')
  })

  it('sends the account headers and the key of OpenAI to nobody else', async () => {
    const server = await startServer(answerHello)
    const environment = {
      OPENAI_API_KEY: 'sk-openai-only',
      OPENAI_ADMIN_KEY: 'sk-admin-only',
      OPENAI_ORG_ID: 'org-1',
      OPENAI_PROJECT_ID: 'proj-1',
      OPENAI_CUSTOM_HEADERS: 'X-Custom: 1',
    }
    const before = { ...process.env }
    Object.assign(process.env, environment)
    try {
      const endpoint = await endpointFor(`${server.base}#m`, { environment })
      await endpoint.complete(request(), never)
    } finally {
      for (const name of Object.keys(environment)) delete process.env[name]
      Object.assign(process.env, before)
    }
    const sent = JSON.stringify(server.requests[0]!.headers)
    for (const part of ['only', 'org-1', 'proj-1', 'custom']) expect(sent.toLowerCase()).not.toContain(part)
  })

  it('sends user and password of the address as such, and shows them nowhere', async () => {
    const server = await startServer((_seen, response) => sendJson(response, { error: { message: 'no' } }, 401))
    const address = server.base.replace('//', '//user:p%40ssw0rd@')
    const endpoint = await endpointFor(`${address}#m`)
    const error = await callError(endpoint.complete(request(), never))
    expect(server.requests[0]!.headers.authorization).toBe(`Basic ${Buffer.from('user:p@ssw0rd').toString('base64')}`)
    expect(`${endpoint.id} ${error.message}`).not.toMatch(/p%40ss|p@ss/)
  })

  it('reuses connections', async () => {
    const ports = new Set<number | undefined>()
    const server = await startServer((_seen, response) => {
      ports.add(response.req.socket.remotePort)
      sendJson(response, completion({ content: 'Hi' }))
    })
    const endpoint = await endpointFor(`${server.base}#m`)
    for (let call = 0; call < 20; call += 1) await endpoint.complete(request(), never)
    // undici lets a connection rest for one turn of the event loop after each reply.
    expect(ports.size).toBeLessThanOrEqual(2)
  })

  it('opens no more connections than allowed', async () => {
    const server = await startServer((_seen, response) =>
      setTimeout(() => sendJson(response, completion({ content: 'Hi' })), 20),
    )
    const endpoint = await endpointFor(`${server.base}#m`, { connections: 3 })
    await Promise.all(Array.from({ length: 12 }, () => endpoint.complete(request(), never)))
    expect(server.mostOpen()).toBe(3)
  })
})
