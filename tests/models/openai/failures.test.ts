import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { EndpointOptions } from '../../../src/models/endpoint-options.ts'
import { callError, endpointFor, never, request } from '../_call.ts'
import { type Answer, completion, sendJson, startServer } from '../_server.ts'

async function failureOf(answer: Answer, options: EndpointOptions = {}) {
  const server = await startServer(answer)
  const endpoint = await endpointFor(`${server.base}#m`, options)
  return callError(endpoint.complete(request(), never))
}

describe('failures of an OpenAI-compatible server', () => {
  it.each([
    [400, 'client', false, false],
    [401, 'auth', false, true],
    [402, 'auth', false, true],
    [403, 'auth', false, true],
    [404, 'not-found', false, true],
    [408, 'timeout', true, false],
    [409, 'server', true, false],
    [413, 'client', false, false],
    [422, 'client', false, false],
    [429, 'rate-limit', true, false],
    [500, 'server', true, false],
    [501, 'client', false, true],
    [502, 'server', true, false],
    [503, 'server', true, false],
    [529, 'server', true, false],
  ] as const)('takes status %i for %s', async (status, kind, retryable, fatal) => {
    const error = await failureOf((_request, response) =>
      sendJson(response, { error: { message: 'says why' } }, status),
    )
    expect(error).toMatchObject({ kind, retryable, fatal, httpStatus: status })
    expect(error.message).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:\\d+ answered ${status}: says why$`))
    expect(error.failure).toEqual({ kind, message: error.message, httpStatus: status })
  })

  it.each([
    ['OpenAI', { error: { message: 'the reason', type: 't', code: 'c' } }],
    ['vLLM', { object: 'error', message: 'the reason', code: 400 }],
    ['FastAPI', { detail: 'the reason' }],
    ['Ollama', { error: 'the reason' }],
    ['OpenRouter', { error: { message: 'Provider returned error', code: 400, metadata: { raw: 'the reason' } } }],
  ])("passes on the server's message as %s spells it", async (_name, body) => {
    const error = await failureOf((_request, response) => sendJson(response, body, 400))
    expect(error.message).toContain('the reason')
  })

  it('stops the run where the account is empty, though the status is that of a rate limit', async () => {
    const body = { error: { message: 'You exceeded your current quota', code: 'insufficient_quota' } }
    const error = await failureOf((_request, response) => sendJson(response, body, 429))
    expect(error).toMatchObject({ kind: 'auth', retryable: false, fatal: true })
  })

  it.each([
    ['retry-after-ms', '1500', 1500],
    ['retry-after', '2', 2000],
    ['retry-after', '0.25', 250],
    ['retry-after', 'Wed, 21 Oct 2015 07:28:00 GMT', 0],
    ['retry-after', 'soon', undefined],
    ['retry-after', '-5', undefined],
  ])('reads %s: %s', async (name, value, expected) => {
    const error = await failureOf((_request, response) => sendJson(response, {}, 429, { [name]: value }))
    expect(error.retryAfterMs).toBe(expected)
  })

  it('reads Retry-After as an HTTP date in the future', async () => {
    const date = new Date(Date.now() + 30_000).toUTCString()
    const error = await failureOf((_request, response) => sendJson(response, {}, 503, { 'retry-after': date }))
    expect(error.retryAfterMs).toBeGreaterThan(28_000)
    expect(error.retryAfterMs).toBeLessThanOrEqual(30_000)
  })

  it('says that a web page came instead of JSON', async () => {
    const page = '<!DOCTYPE html><html><head><title>Sign in to the\n network</title></head></html>'
    const ok = await failureOf((_request, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end(page),
    )
    expect(ok).toMatchObject({ kind: 'malformed', retryable: true })
    expect(ok.message).toContain('a web page titled "Sign in to the network"')
    const bad = await failureOf((_request, response) =>
      response.writeHead(502, { 'content-type': 'text/html' }).end(page),
    )
    expect(bad.kind).toBe('server')
    expect(bad.message).toContain('a web page titled "Sign in to the network"')
    expect(bad.message).not.toContain('<')
  })

  it.each([
    ['broken JSON', '{"choices": [', 'no JSON'],
    ['an empty body', '', 'an empty body'],
    ['JSON of another kind', '{"generated_text": "x"}', 'choices[0].message'],
    ['null', 'null', 'choices[0].message'],
    ['no choices', '{"choices": []}', 'choices[0].message'],
    ['a choice without message', '{"choices": [{"text": "x"}]}', 'choices[0].message'],
  ])('does not take %s for an answer', async (_name, body, words) => {
    const error = await failureOf((_request, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(body),
    )
    expect(error.kind).toBe('malformed')
    expect(error.message).toContain(words)
  })

  it('says that events came though none were asked for', async () => {
    const error = await failureOf((_request, response) =>
      response
        .writeHead(200, { 'content-type': 'text/event-stream' })
        .end('data: {"choices":[{"delta":{"content":"Hi"}}]}\n\ndata: [DONE]\n\n'),
    )
    expect(error.kind).toBe('malformed')
    expect(error.message).toContain('a stream of events, though none was asked for')
  })

  it('reads JSON under a wrong content type', async () => {
    const server = await startServer((_request, response) =>
      response.writeHead(200, { 'content-type': 'text/plain' }).end(JSON.stringify(completion({ content: 'Hi' }))),
    )
    const endpoint = await endpointFor(`${server.base}#m`)
    expect((await endpoint.complete(request(), never)).text).toBe('Hi')
  })

  it('reads a reply that was compressed without being asked', async () => {
    const server = await startServer((_request, response) =>
      response
        .writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
        .end(gzipSync(JSON.stringify(completion({ content: 'Hi' })))),
    )
    const endpoint = await endpointFor(`${server.base}#m`)
    expect((await endpoint.complete(request(), never)).text).toBe('Hi')
  })

  it('finds the error that a gateway wraps into status 200', async () => {
    const body = { error: { message: 'Upstream is overloaded', code: 503 } }
    const error = await failureOf((_request, response) => sendJson(response, body))
    expect(error).toMatchObject({ kind: 'server', retryable: true, httpStatus: 503 })
    expect(error.message).toContain('Upstream is overloaded')
    const nested = { choices: [{ ...body, message: { content: '' }, finish_reason: 'error' }] }
    expect(await failureOf((_request, response) => sendJson(response, nested))).toMatchObject({ httpStatus: 503 })
  })

  it('does not take a generation that broke off for an answer', async () => {
    const error = await failureOf((_request, response) => sendJson(response, completion({ content: 'Hel' }, 'error')))
    expect(error).toMatchObject({ kind: 'server', retryable: true })
  })

  it.each([
    [400, { error: { code: 'content_filter', message: 'The prompt was filtered' } }],
    [400, { error: { code: 'data_inspection_failed', message: 'Input may be inappropriate' } }],
    [403, { error: { code: 403, message: 'Flagged', metadata: { reasons: ['x'], flagged_input: 'y' } } }],
  ])('takes a filtered prompt for a refusal, not for an error (status %i)', async (status, body) => {
    const server = await startServer((_request, response) => sendJson(response, body, status))
    const endpoint = await endpointFor(`${server.base}#m`)
    const reply = await endpoint.complete(request(), never)
    expect(reply).toMatchObject({ status: 'refused', text: null, raw: body })
  })

  it('reports a server that closes in the middle of a reply as a network error', async () => {
    const error = await failureOf((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
      response.write('{"choices": [')
      setTimeout(() => response.destroy(), 20)
    })
    expect(error).toMatchObject({ kind: 'network', retryable: true })
    expect(error.message).toContain('closed the connection before the reply was complete')
  })

  it('reports a server that closes in the middle of a chunked reply as a network error', async () => {
    const error = await failureOf((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.write('{"choices": [{"message": {"content": "Hi"}}]}')
      setTimeout(() => response.destroy(), 20)
    })
    expect(error.kind).toBe('network')
  })

  it('reports a server that never answers as a time-out', async () => {
    const error = await failureOf(() => undefined, { timeoutMs: 80 })
    expect(error).toMatchObject({ kind: 'timeout', retryable: true })
    expect(error.message).toContain('within 0.08 s')
  })

  it('has one deadline for the whole reply, however it drips', async () => {
    const error = await failureOf(
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/json' })
        const timer = setInterval(() => response.write(' '), 10)
        response.on('close', () => clearInterval(timer))
      },
      { timeoutMs: 100 },
    )
    expect(error.kind).toBe('timeout')
  })

  it('says where nothing listens', async () => {
    const endpoint = await endpointFor('http://127.0.0.1:1/v1#m')
    const error = await callError(endpoint.complete(request(), never))
    expect(error).toMatchObject({ kind: 'network', retryable: true })
    expect(error.message).toBe('nothing listens at http://127.0.0.1:1 (connection refused)')
  })

  it('does not read a reply beyond the largest allowed', async () => {
    const error = await failureOf(
      (_request, response) => sendJson(response, completion({ content: 'x'.repeat(200_000) })),
      { maxReplyBytes: 100_000 },
    )
    expect(error).toMatchObject({ kind: 'malformed', retryable: false })
    expect(error.message).toContain('larger than allowed')
  })

  it('does not follow redirects, and names the address', async () => {
    const error = await failureOf((_request, response) =>
      response.writeHead(307, { location: 'https://elsewhere.example/v1/chat/completions' }).end(),
    )
    expect(error).toMatchObject({ kind: 'client', fatal: true })
    expect(error.message).toContain('redirects to https://elsewhere.example/v1/chat/completions')
  })

  it('stops at once when the signal fires, and before sending when it has fired', async () => {
    const server = await startServer(() => undefined)
    const endpoint = await endpointFor(`${server.base}#m`)
    const controller = new AbortController()
    const promise = callError(endpoint.complete(request(), controller.signal))
    setTimeout(() => controller.abort(), 30)
    expect(await promise).toMatchObject({ kind: 'aborted', retryable: false })
    expect(await callError(endpoint.complete(request(), controller.signal))).toMatchObject({ kind: 'aborted' })
    expect(server.requests).toHaveLength(1)
  })

  it('keeps a key out of everything, even when the server echoes it', async () => {
    const key = 'sk-test/very+secret=1234'
    const echo: Answer = (seen, response) => {
      const said = `Invalid ${seen.headers.authorization} or ${encodeURIComponent(key)}`
      const detail = Buffer.from(`user:${key}`).toString('base64')
      if (seen.number === 0) sendJson(response, { error: { message: said, detail } }, 401)
      else if (seen.number === 1)
        response.writeHead(200, { 'content-type': 'text/html' }).end(`<html><title>${said}</title></html>`)
      else sendJson(response, completion({ content: `Your key is ${key}.` }, 'stop', { echo: [said, detail] }))
    }
    const server = await startServer(echo)
    const host = new URL(server.origin).hostname.replaceAll('.', '_')
    const endpoint = await endpointFor(`${server.base}#m`, { environment: { [`HEED_API_KEY_${host}`]: key } })
    const failures = [
      await callError(endpoint.complete(request(), never)),
      await callError(endpoint.complete(request(), never)),
    ]
    const reply = await endpoint.complete(request(), never)
    expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${key}`)
    const texts = [
      JSON.stringify(reply),
      ...failures.map(({ message, serverText, stack }) => `${message} ${serverText} ${stack}`),
    ]
    for (const text of texts) {
      expect(text).toContain('[redacted]')
      expect(text).not.toContain('very')
      expect(text).not.toContain(Buffer.from(key).toString('base64').slice(4, 20))
    }
    expect(reply.text).toBe('Your key is [redacted].')
  })
})
