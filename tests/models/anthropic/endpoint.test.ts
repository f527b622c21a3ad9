import { describe, expect, it } from 'vitest'
import type { EndpointOptions } from '../../../src/models/endpoint-options.ts'
import { callError, endpointFor, never, request } from '../_call.ts'
import { type Answer, sendJson, startServer } from '../_server.ts'

const key = 'sk-ant-0123456789'

async function anthropic(answer: Answer, options: EndpointOptions = {}) {
  const server = await startServer(answer)
  const environment = { ANTHROPIC_BASE_URL: server.origin, ANTHROPIC_API_KEY: key }
  return { server, endpoint: await endpointFor('anthropic/claude-test', { environment, ...options }) }
}

function message(
  content: readonly object[],
  stopReason = 'end_turn',
  usage: object = { input_tokens: 5, output_tokens: 3 },
) {
  return {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'claude-test-1',
    content,
    stop_reason: stopReason,
    usage,
  }
}

describe('Anthropic endpoint', () => {
  it('lifts system messages, and spells the settings as the API does', async () => {
    const { server, endpoint } = await anthropic((_seen, response) =>
      sendJson(response, message([{ type: 'text', text: 'Hi' }])),
    )
    const messages = [
      { role: 'system' as const, content: 'One.' },
      { role: 'user' as const, content: 'Hello' },
      { role: 'assistant' as const, content: 'Yes?' },
      { role: 'system' as const, content: 'Two.' },
      { role: 'user' as const, content: 'Hello again' },
    ]
    const sampling = {
      temperature: 0.5,
      topP: 0.9,
      maxTokens: 10,
      stop: ['X'],
      seed: 3,
      extraBody: { thinking: { type: 'disabled' } },
    }
    const replyFormat = { name: 'n', schema: { type: 'object' }, strict: true }
    const reply = await endpoint.complete(request({ messages, sampling, replyFormat }), never)
    expect(server.requests[0]).toMatchObject({ method: 'POST', url: '/v1/messages' })
    expect(server.requests[0]!.headers).toMatchObject({ 'x-api-key': key, 'anthropic-version': '2023-06-01' })
    expect(server.requests[0]!.json).toEqual({
      model: 'claude-test',
      max_tokens: 10,
      system: 'One.\n\nTwo.',
      messages: [
        { role: 'user', content: 'Hello' },
        { role: 'assistant', content: 'Yes?' },
        { role: 'user', content: 'Hello again' },
      ],
      temperature: 0.5,
      top_p: 0.9,
      stop_sequences: ['X'],
      output_config: { format: { type: 'json_schema', schema: { type: 'object' } } },
      thinking: { type: 'disabled' },
    })
    expect(reply).toMatchObject({ status: 'ok', text: 'Hi', finishReason: 'end_turn', returnedModel: 'claude-test-1' })
  })

  it('always sends a token limit, also a long one', async () => {
    const { server, endpoint } = await anthropic((_seen, response) => sendJson(response, message([])))
    await endpoint.complete(request(), never)
    await endpoint.complete(request({ sampling: { maxTokens: 64_000 } }), never)
    expect(server.requests.map(({ json }) => json!.max_tokens)).toEqual([8192, 64_000])
  })

  it('keeps thinking blocks apart, and counts cached input as input', async () => {
    const body = message(
      [
        { type: 'thinking', thinking: 'Let me see.', signature: 's' },
        { type: 'redacted_thinking', data: 'x' },
        { type: 'text', text: 'One ' },
        { type: 'text', text: 'two' },
      ],
      'end_turn',
      {
        input_tokens: 5,
        cache_read_input_tokens: 100,
        cache_creation_input_tokens: 10,
        output_tokens: 30,
        output_tokens_details: { thinking_tokens: 20 },
      },
    )
    const { endpoint } = await anthropic((_seen, response) => sendJson(response, body))
    expect(await endpoint.complete(request(), never)).toEqual({
      status: 'ok',
      text: 'One two',
      reasoning: 'Let me see.',
      finishReason: 'end_turn',
      returnedModel: 'claude-test-1',
      usage: { inputTokens: 115, outputTokens: 30, reasoningTokens: 20, cachedInputTokens: 100 },
      raw: body,
    })
  })

  it.each([
    ['max_tokens', [{ type: 'text', text: 'Hel' }], 'truncated', 'Hel'],
    ['model_context_window_exceeded', [{ type: 'text', text: 'Hel' }], 'truncated', 'Hel'],
    ['max_tokens', [{ type: 'thinking', thinking: 'Let' }], 'unclosed-thinking', null],
    ['refusal', [{ type: 'text', text: 'I' }], 'refused', null],
    ['end_turn', [], 'empty', ''],
    ['stop_sequence', [{ type: 'text', text: 'a <think>b</think>' }], 'ok', 'a <think>b</think>'],
  ] as const)('maps stop reason %s', async (stopReason, content, status, text) => {
    const { endpoint } = await anthropic((_seen, response) => sendJson(response, message(content, stopReason)))
    expect(await endpoint.complete(request(), never)).toMatchObject({ status, text })
  })

  it.each([
    [401, 'authentication_error', 'auth', false, true],
    [404, 'not_found_error', 'not-found', false, true],
    [400, 'invalid_request_error', 'client', false, false],
    [429, 'rate_limit_error', 'rate-limit', true, false],
    [529, 'overloaded_error', 'server', true, false],
  ] as const)('takes status %i as %s', async (status, type, kind, retryable, fatal) => {
    const body = { type: 'error', error: { type, message: `about ${key}` } }
    const { endpoint } = await anthropic((_seen, response) => sendJson(response, body, status, { 'retry-after': '3' }))
    const error = await callError(endpoint.complete(request(), never))
    expect(error).toMatchObject({ kind, retryable, fatal, httpStatus: status, retryAfterMs: 3000 })
    expect(error.message).toContain('about [redacted]')
  })

  it('does not take a reply of another API for an answer', async () => {
    const { endpoint } = await anthropic((_seen, response) => sendJson(response, { choices: [] }))
    expect(await callError(endpoint.complete(request(), never))).toMatchObject({ kind: 'malformed' })
  })

  it('probes the model by its name', async () => {
    const { server, endpoint } = await anthropic((_seen, response) => sendJson(response, { id: 'claude-test' }))
    await endpoint.probe!(never)
    expect(server.requests[0]).toMatchObject({ method: 'GET', url: '/v1/models/claude-test' })
    const unknown = await anthropic((_seen, response) =>
      sendJson(response, { type: 'error', error: { type: 'not_found_error', message: 'model: claude-test' } }, 404),
    )
    await expect(unknown.endpoint.probe!(never)).rejects.toMatchObject({ code: 'model-not-found', exitCode: 2 })
  })

  it('wants a key for Anthropic, and no seed', async () => {
    const endpoint = await endpointFor('anthropic/claude-test')
    await expect(endpoint.probe!(never)).rejects.toMatchObject({
      code: 'endpoint-auth',
      hint: 'Set ANTHROPIC_API_KEY.',
    })
    expect(await callError(endpoint.complete(request(), never))).toMatchObject({ kind: 'auth', fatal: true })
    await expect(endpointFor('anthropic/claude-test', { sampling: { seed: 1 } })).rejects.toMatchObject({
      code: 'no-seed',
    })
  })
})
