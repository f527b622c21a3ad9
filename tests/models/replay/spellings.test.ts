import { describe, expect, it } from 'vitest'
import { endpointFor, never, request } from '../_call.ts'
import { temporaryFile } from '../_folder.ts'

const prompt = 'Say hello.'

/** Text of samples 0, 1, ... that a record gives for item `item-1` with the prompt above. */
async function samplesOf(record: object, count = 1, name = 'r.jsonl'): Promise<(string | null)[]> {
  const endpoint = await endpointFor(`replay:${temporaryFile(name, JSON.stringify(record))}`)
  const replies = Array.from({ length: count }, (_, sample) => endpoint.complete(request({}, { sample }), never))
  return (await Promise.all(replies)).map(({ text }) => text)
}

describe('spellings of recorded responses', () => {
  it.each([
    ['prompt/response', { prompt, response: 'Hello' }],
    ['question/answer', { question: prompt, answer: 'Hello' }],
    ['instruction/generated', { main_id: 0, model: 'm', instruction: prompt, generated: 'Hello' }],
    ['instruction/output', { instruction: prompt, output: 'Hello' }],
    ['id/output', { id: 'item-1', output: 'Hello' }],
    ['item/text', { item: 'item-1', text: 'Hello' }],
    ['key/response', { key: 'item-1', response: 'Hello' }],
    ['index/response', { index: 'item-1', response: 'Hello' }],
    ['messages/completion', { messages: [{ role: 'user', content: prompt }], completion: 'Hello' }],
    ['a prompt that is a conversation', { prompt: [{ role: 'user', content: prompt }], response: 'Hello' }],
    ['a response that is a message', { prompt, response: { role: 'assistant', content: 'Hello' } }],
    ['prompt and chat completion', { prompt, choices: [{ message: { role: 'assistant', content: 'Hello' } }] }],
    ['prompt_new and chat completion', { prompt_new: prompt, choices: [{ message: { content: 'Hello' } }] }],
    ['text completion', { prompt, choices: [{ text: 'Hello' }] }],
    ['a list of one', { prompt, responses: ['Hello'] }],
  ])('reads %s', async (_name, record) => {
    expect(await samplesOf(record)).toEqual(['Hello'])
  })

  it('takes a list for samples', async () => {
    expect(await samplesOf({ QUESTION_ID: 'item-1', RESPONSE: ['a', 'b', 'c'] }, 3)).toEqual(['a', 'b', 'c'])
  })

  it('takes choices for samples, and one that was cut for cut', async () => {
    const choices = ['a', 'b'].map((content) => ({ message: { content }, finish_reason: 'stop' }))
    expect(await samplesOf({ prompt, choices }, 2)).toEqual(['a', 'b'])
    const cut = { prompt, choices: [{ message: { content: 'Hel' }, finish_reason: 'length' }] }
    const endpoint = await endpointFor(`replay:${temporaryFile('r.jsonl', JSON.stringify(cut))}`)
    expect(await endpoint.complete(request(), never)).toMatchObject({ status: 'truncated', finishReason: 'length' })
  })

  it('takes a choice without content for no response', async () => {
    await expect(samplesOf({ prompt, choices: [{ message: { content: null } }] })).rejects.toThrow(/no response/)
  })

  it('reads a sample log of lm-evaluation-harness', async () => {
    const record = {
      doc_id: 4,
      doc: { key: 'item-1', prompt, kwargs: [{}] },
      target: 0,
      arguments: { gen_args_0: { arg_0: `<|user|>${prompt}<|assistant|>`, arg_1: { until: [] } } },
      resps: [['first', 'second']],
      filtered_resps: ['first'],
      filter: 'none',
    }
    expect(await samplesOf(record, 2)).toEqual(['first', 'second'])
  })

  it('finds a record of such a log by the prompt that was sent, when it has no other', async () => {
    expect(await samplesOf({ doc_id: 0, doc: {}, arguments: [[prompt, {}]], resps: [['Hello']] })).toEqual(['Hello'])
  })

  it('passes over the copies that a log with several filters holds', async () => {
    const rows = ['strict', 'loose'].map((filter) => ({ doc_id: 0, doc: { prompt }, resps: [['Hello']], filter }))
    const file = temporaryFile('log.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'))
    expect((await endpointFor(`replay:${file}`)).recordedSamples).toBe(1)
  })

  it('keeps finish reason, reasoning and model of the record', async () => {
    const record = { prompt, response: 'Hel', finish_reason: 'length', reasoning_content: 'why', model: 'their-model' }
    const endpoint = await endpointFor(`replay:${temporaryFile('r.jsonl', JSON.stringify(record))}`)
    expect(await endpoint.complete(request(), never)).toMatchObject({
      status: 'truncated',
      text: 'Hel',
      reasoning: 'why',
      finishReason: 'length',
      returnedModel: 'their-model',
      usage: null,
      raw: { line: 1, response: 'Hel' },
    })
  })

  it('takes think blocks off recorded texts too', async () => {
    const endpoint = await endpointFor(
      `replay:${temporaryFile('r.jsonl', JSON.stringify({ prompt, response: '<think>why</think>Hello' }))}`,
    )
    expect(await endpoint.complete(request(), never)).toMatchObject({ text: 'Hello', reasoning: 'why' })
  })
})
