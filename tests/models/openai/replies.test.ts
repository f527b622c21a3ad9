import { describe, expect, it } from 'vitest'
import type { EndpointReply } from '../../../src/models/endpoint.ts'
import type { EndpointOptions } from '../../../src/models/endpoint-options.ts'
import { endpointFor, never, request } from '../_call.ts'
import { completion, sendJson, startServer } from '../_server.ts'

async function replyTo(body: unknown, options: EndpointOptions = {}): Promise<EndpointReply> {
  const server = await startServer((_request, response) => sendJson(response, body))
  const endpoint = await endpointFor(`${server.base}#m`, options)
  return endpoint.complete(request(), never)
}

describe('replies of an OpenAI-compatible server', () => {
  it('gives text, finish reason, model and usage, and keeps the whole reply', async () => {
    const body = completion({ content: 'Hello.' }, 'stop', {
      usage: {
        prompt_tokens: 11,
        completion_tokens: 7,
        completion_tokens_details: { reasoning_tokens: 3 },
        prompt_tokens_details: { cached_tokens: 8 },
      },
      vendor_field: { kept: true },
    })
    const reply = await replyTo(body)
    expect(reply).toEqual({
      status: 'ok',
      text: 'Hello.',
      reasoning: null,
      finishReason: 'stop',
      returnedModel: 'served-model',
      usage: { inputTokens: 11, outputTokens: 7, reasoningTokens: 3, cachedInputTokens: 8 },
      raw: body,
    })
  })

  it.each([
    ['null content', completion({ content: null }), 'empty', ''],
    ['absent content', completion({}), 'empty', ''],
    ['white space', completion({ content: ' \n' }), 'empty', ' \n'],
    ['a token limit', completion({ content: 'Hello, I' }, 'length'), 'truncated', 'Hello, I'],
    ['a content filter', completion({ content: 'Hel' }, 'content_filter'), 'refused', null],
    ['a refusal field', completion({ content: null, refusal: 'I cannot.' }), 'refused', null],
    ['a refusal field beside an answer', completion({ content: '{}', refusal: '' }), 'ok', '{}'],
    ['a null finish reason', completion({ content: 'Hi' }, null), 'ok', 'Hi'],
    ['tool calls instead of text', completion({ content: null, tool_calls: [{ id: 'x' }] }, 'tool_calls'), 'empty', ''],
    [
      'text parts',
      completion({
        content: [
          { type: 'text', text: 'a' },
          { type: 'text', text: 'b' },
        ],
      }),
      'ok',
      'ab',
    ],
  ])('reads %s', async (_name, body, status, text) => {
    const reply = await replyTo(body)
    expect(reply.status).toBe(status)
    expect(reply.text).toBe(text)
    expect(reply.raw).toEqual(body)
  })

  it.each(['reasoning_content', 'reasoning'])('keeps %s apart from the answer', async (field) => {
    const reply = await replyTo(completion({ content: 'Answer <think>of its own</think>', [field]: 'Let me see.' }))
    expect(reply).toMatchObject({ status: 'ok', text: 'Answer <think>of its own</think>', reasoning: 'Let me see.' })
  })

  it('keeps nested thinking parts apart from the answer', async () => {
    const content = [
      { type: 'thinking', thinking: [{ type: 'text', text: 'Let me see.' }] },
      { type: 'text', text: 'Answer' },
    ]
    expect(await replyTo(completion({ content }))).toMatchObject({ text: 'Answer', reasoning: 'Let me see.' })
  })

  it('takes a think block off the text', async () => {
    const reply = await replyTo(completion({ content: '<think>Let me see.</think>\n\nAnswer' }))
    expect(reply).toMatchObject({ status: 'ok', text: 'Answer', reasoning: 'Let me see.' })
  })

  it('gives an unclosed think block a status of its own, and no text', async () => {
    const reply = await replyTo(completion({ content: '<think>Let me see' }, 'length'))
    expect(reply).toMatchObject({ status: 'unclosed-thinking', text: null, reasoning: 'Let me see' })
  })

  it('gives reasoning that used up the limit the same status', async () => {
    const shown = await replyTo(completion({ content: null, reasoning_content: 'Let me see' }, 'length'))
    expect(shown).toMatchObject({ status: 'unclosed-thinking', text: null, reasoning: 'Let me see' })
    const hidden = await replyTo(
      completion({ content: '' }, 'length', { usage: { completion_tokens_details: { reasoning_tokens: 64 } } }),
    )
    expect(hidden).toMatchObject({ status: 'unclosed-thinking', text: null })
  })

  it('leaves tags in the answer when told to', async () => {
    const reply = await replyTo(completion({ content: '<think>a</think>b' }), { thinking: 'keep' })
    expect(reply).toMatchObject({ status: 'ok', text: '<think>a</think>b', reasoning: null })
  })

  it('says null, not zero, where the server does not count', async () => {
    expect((await replyTo(completion({ content: 'Hi' }, 'stop', { usage: null }))).usage).toBeNull()
    expect((await replyTo(completion({ content: 'Hi' }, 'stop', { usage: {} }))).usage).toEqual({
      inputTokens: null,
      outputTokens: null,
      reasoningTokens: null,
      cachedInputTokens: null,
    })
  })

  it('reads a reply of several megabytes', async () => {
    const content = 'ab '.repeat(1_500_000)
    expect((await replyTo(completion({ content }))).text).toBe(content)
  })

  it('reads lone surrogates, NUL and line separators as they are', async () => {
    const content = '\ud800 \u0000 \u2028 \u{1f98a}'
    expect((await replyTo(completion({ content }))).text).toBe(content)
  })
})
