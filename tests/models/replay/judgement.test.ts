import { describe, expect, it } from 'vitest'
import type { EndpointRequest } from '../../../src/models/endpoint.ts'
import { callError, endpointFor, never, request } from '../_call.ts'
import { jsonl, temporaryFile } from '../_folder.ts'

async function judgeFor(records: readonly unknown[]) {
  const endpoint = await endpointFor(`replay:${temporaryFile('eval.jsonl', jsonl(records))}`)
  const ask = (meta: Partial<EndpointRequest['meta']> = {}, prompt = 'Is "Hello, you" friendly?') =>
    endpoint.complete(
      request({ messages: [{ role: 'user', content: prompt }] }, { item: 'a', purpose: 'judge', ...meta }),
      never,
    )
  return { endpoint, ask }
}

describe('recorded judge replies', () => {
  it('answer the judge with what the judge said, and the model under test with the response', async () => {
    const { endpoint, ask } = await judgeFor([
      {
        idx: 'a',
        prompt: 'Greet me.',
        response: 'Hello, you',
        infer_model: 'some-model',
        judge_response: 'friendly\t1',
      },
    ])
    // The name in the record is that of the checkpoint: as the judge's it would be reported as drift.
    expect(await ask()).toMatchObject({ text: 'friendly\t1', status: 'ok', returnedModel: null })
    const asModel = request({ messages: [{ role: 'user', content: 'Greet me.' }] }, { item: 'a' })
    expect(await endpoint.complete(asModel, never)).toMatchObject({ text: 'Hello, you', returnedModel: 'some-model' })
  })

  it('need no response beside them, but an id', async () => {
    const { endpoint, ask } = await judgeFor([{ QUESTION_ID: 'a', JUDGE_RESPONSE: 'yes' }])
    expect((await ask()).text).toBe('yes')
    expect(endpoint.recordedSamples).toBe(0)
    expect((await callError(endpoint.complete(request({}, { item: 'a' }), never))).message).toBe(
      'eval.jsonl holds no response for item a',
    )
    await expect(judgeFor([{ judge_response: 'yes' }])).rejects.toThrow("Expected an id beside the judge's reply")
  })

  it('stand for every constraint, step and round unless they name one', async () => {
    const { ask } = await judgeFor([
      { id: 'a', constraint: 'x', judge_response: 'about x' },
      { id: 'a', constraint: 'y', attempt: 0, judge_reply: 'not readable' },
      { id: 'a', constraint: 'y', attempt: 1, judge_reply: 'about y' },
      { id: 'a', purpose: 'extract', judge_response: 'extracted' },
    ])
    expect((await ask({ constraint: 'x', attempt: 7 })).text).toBe('about x')
    expect((await ask({ constraint: 'y' })).text).toBe('not readable')
    expect((await ask({ constraint: 'y', attempt: 1 })).text).toBe('about y')
    expect((await ask({ constraint: 'z', purpose: 'extract' })).text).toBe('extracted')
    const error = await callError(ask({ constraint: 'y', attempt: 2 }))
    expect(error).toMatchObject({ kind: 'not-found', retryable: false, fatal: false })
    expect(error.message).toBe('eval.jsonl holds no judge reply for item a, constraint y, round 3')
  })

  it('of several samples are told apart by a list, by their order, or by a number', async () => {
    const { ask } = await judgeFor([
      { id: 'a', judge_response: ['first', 'second'] },
      { id: 'a', judge_response: 'third' },
      { id: 'a', sample: 9, judge_response: 'tenth' },
    ])
    const texts = [0, 1, 2, 9].map(async (sample) => (await ask({ sample })).text)
    expect(await Promise.all(texts)).toEqual(['first', 'second', 'third', 'tenth'])
    expect((await callError(ask({ sample: 3 }))).message).toBe('eval.jsonl holds no judge reply for item a, sample 4')
  })

  it('may be parsed already: an object goes back into JSON', async () => {
    const { ask } = await judgeFor([{ id: 'a', judge_response: { reasoning: 'so', verdict: 'YES' } }])
    expect((await ask()).text).toBe('{"reasoning":"so","verdict":"YES"}')
  })

  it('about another response are refused', async () => {
    const { ask } = await judgeFor([
      { id: 'a', response: '<think>hm</think>\nHello,  you', judge_response: 'yes' },
      { id: 'b', response: 'Go away', judge_response: 'no' },
    ])
    expect((await ask()).text).toBe('yes')
    expect((await callError(ask({ item: 'b' }))).message).toBe(
      'eval.jsonl:2 judges another response than the one to item b that is asked about',
    )
  })

  it('may also be found by the prompt of the judge, in a log without judge_response', async () => {
    const { ask } = await judgeFor([{ prompt: 'Is "Hello, you" friendly?', response: 'It is.' }])
    expect((await ask()).text).toBe('It is.')
    expect((await callError(ask({}, 'Is it?'))).message).toBe(
      'eval.jsonl holds no judge reply (judge_response), nor this prompt, for item a',
    )
  })

  it('that are recorded as absent are a failure, not an empty reply', async () => {
    const { ask } = await judgeFor([{ id: 'a', judge_response: null }])
    expect((await callError(ask())).message).toBe('eval.jsonl:1 says that there was no judge reply about item a')
  })
})
