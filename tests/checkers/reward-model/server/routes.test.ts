import { describe, expect, it } from 'vitest'
import { openRewardModelEndpoint } from '../../../../src/checkers/reward-model/endpoints/index.ts'
import { rewardForms } from '../../../../src/checkers/reward-model/server/reward-form.ts'
import { fakeModel, record, startRewardServer } from './_reward-server.ts'

/** No comma (1), lamp (0.875), no JSON (0). */
const mean = (1 + 0.875 + 0) / 3

describe('POST /v1/reward/batch', () => {
  it('gives every item its reward and its terms, in order', async () => {
    const { post } = await startRewardServer()
    const { status, json } = await post('/v1/reward/batch', {
      items: [
        { id: 'a', response: 'A lamp', ...record },
        { id: 7, response: 'x', constraints: [{ text: 'Mention the sea.', type: 'content' }] },
        {
          response: 'a b',
          constraints: [
            { rule: { id: 'length_constraints:number_words', kwargs: { num_words: 2, relation: 'at least' } } },
          ],
        },
      ],
    })
    expect(status).toBe(200)
    expect(json).toMatchObject({
      scorer: 'fake',
      failures: 0,
      items: [
        {
          id: 'a',
          fraction: mean,
          passed_gate: true,
          terms: [
            { kind: 'hard', value: 1 },
            { kind: 'soft', value: 0.875 },
            { kind: 'hard', value: 0 },
          ],
        },
        { id: 7, reward: 0.25 },
        { reward: 1 },
      ],
    })
  })

  it('takes form, scale and think mode from the request', async () => {
    const { post } = await startRewardServer()
    const reward = async (over: object, response: string) => {
      const { json } = await post('/v1/reward/batch', { ...over, items: [{ response, ...record }] })
      const [item] = (json as { items: { reward: number; passed_gate: boolean }[] }).items
      return [Number(item!.reward.toFixed(6)), item!.passed_gate]
    }
    const thought = '<think>no</think>\n\nA lamp'
    expect(await reward({ form: 'code' }, thought)).toEqual([Number((mean * 5).toFixed(6)), true])
    expect(await reward({ form: 'code' }, 'A lamp')).toEqual([0, false])
    expect(await reward({ form: 'code', think: 'none' }, 'A lamp')).toEqual([Number((mean * 5).toFixed(6)), true])
    expect(await reward({ form: 'paper' }, thought)).toEqual([Number(mean.toFixed(6)), true])
    expect(await reward({ scale: 2 }, '<think>a</think>\nA lamp')).toEqual([Number((mean * 2).toFixed(6)), true])
    expect(await reward({}, '<think>A lamp, and never an end')).toEqual([0, false])
  })

  it('compares whole answers where answers are asked, beside whatever else', async () => {
    const { post } = await startRewardServer()
    const items = [
      { response: '\\boxed{42}', instruction_id_list: ['light'], constraints: ['42'] },
      { response: '\\boxed{42}', instruction_id_list: ['soft', 'light'], constraints: ['Be kind.', ['42']] },
      { response: '\\boxed{B}', instruction_id_list: ['light_choice'], constraints: [['B']] },
      { response: '\\boxed{4}', instruction_id_list: ['light'], constraints: ['42'] },
    ]
    const { json } = await post('/v1/reward/batch', { items })
    expect((json as { items: { reward: number }[] }).items.map(({ reward }) => reward)).toEqual([1, 1, 1, 0])
  })

  it('scores the soft constraints of a whole request in few batches', async () => {
    const model = fakeModel()
    const { post } = await startRewardServer(model)
    const items = Array.from({ length: 400 }, (_, id) => ({ id, response: id % 2 ? 'lamp' : 'x', ...record }))
    const { json } = await post('/v1/reward/batch', { items })
    const rewards = (json as { items: { id: number; terms: { value: number }[] }[] }).items
    expect(rewards.map(({ id, terms }) => [id, terms[1]!.value])).toEqual(
      items.map(({ id }) => [id, id % 2 ? 0.875 : 0.25]),
    )
    expect(model.batches.length).toBeLessThan(40)
  })
})

describe('POST /predict of verl-if', () => {
  it('answers with rounded value, verdict and echo', async () => {
    const { post } = await startRewardServer({
      ...fakeModel(),
      score: async (pairs) => pairs.map(({ id }) => ({ id, p: 0.12349, truncated: false })),
    })
    const { json } = await post('/predict', { question: 'Mention the lamp.', answer: 'é' })
    expect(json).toEqual({ answer: 'é', pred: 0, question: 'Mention the lamp.', value: 0.123 })
  })

  it('is understood by our own client, which recognises it without being told', async () => {
    const { origin } = await startRewardServer()
    const endpoint = await openRewardModelEndpoint(origin, { environment: {} })
    const scores = await endpoint.score([{ id: 'a', response: 'a lamp', constraint: 'Mention the lamp.' }])
    expect(scores).toEqual([{ id: 'a', p: 0.875, pred: 1, truncated: false }])
    await endpoint.close()
  })

  it('refuses what the Flask server refuses, and types that it does not', async () => {
    const { post } = await startRewardServer()
    expect(await post('/predict', { question: 'x' })).toMatchObject({
      status: 400,
      json: { error: 'Missing question or answer in request' },
    })
    expect((await post('/predict', '[]')).status).toBe(400)
    expect((await post('/predict', { question: 5, answer: 'x' })).status).toBe(422)
  })
})

describe('POST /get_reward of OpenRLHF', () => {
  it('takes the response out of the query and the record out of the label', async () => {
    const { post } = await startRewardServer(fakeModel(), { form: { ...rewardForms.code, think: 'none' } })
    const { status, json } = await post('/get_reward', {
      query: ['Q: a, b?A lamp', 'Q2lamp, lamp'],
      prompts: ['Q: a, b?', 'Q2'],
      labels: [JSON.stringify(record), record],
    })
    expect(status).toBe(200)
    const { rewards, scores, extra_logs: logs } = json as { rewards: number[]; scores: number[]; extra_logs: object }
    expect(rewards[0]).toBeCloseTo(mean * 5, 9)
    expect(rewards[1]).toBeCloseTo((0.875 * 5) / 3, 9)
    expect(scores[0]).toBeCloseTo(mean, 9)
    expect(logs).toEqual({ passed_gate: [1, 1], all_satisfied: [0, 0] })
  })

  it('leaves the marks of the chat template out of the response', async () => {
    const { post } = await startRewardServer()
    const end = { rule: { id: 'startend:end_checker', kwargs: { end_phrase: 'lamp' } } }
    const { json } = await post('/get_reward', {
      query: ['<|im_start|>Q<|im_end|>A lamp<|im_end|>\n<|endoftext|>', '<s>Q</s>A lamp</s>', 'Qlamp </s>?'],
      prompts: ['<|im_start|>Q<|im_end|>', 'Q</s>', 'Q'],
      labels: [1, 2, 3].map(() => ({ constraints: [end] })),
    })
    expect(json).toMatchObject({ rewards: [1, 1, 0] })
  })

  it('refuses a query that does not begin with its prompt, and labels that are no records', async () => {
    const { post } = await startRewardServer()
    const body = { query: ['abc'], prompts: ['x'], labels: [record] }
    expect(await post('/get_reward', body)).toMatchObject({
      status: 422,
      json: { error: expect.stringContaining('query.0') },
    })
    expect((await post('/get_reward', { ...body, labels: ['42'], prompts: ['a'] })).status).toBe(422)
    expect((await post('/get_reward', { query: ['abc'] })).status).toBe(422)
  })
})

describe('POST /slime/reward', () => {
  it('is a bare number, or an object on request', async () => {
    const { post } = await startRewardServer()
    const body = { prompt: [{ role: 'user', content: 'x' }], response: 'A lamp', label: record }
    expect((await post('/slime/reward', body)).json).toBeCloseTo(mean, 12)
    expect((await post('/slime/reward?detail=1', body)).json).toMatchObject({ fraction: mean, passed_gate: true })
    const label = { constraints: [{ rule: { id: 'startend:end_checker', kwargs: { end_phrase: 'lamp' } } }] }
    expect((await post('/slime/reward', { response: 'A lamp<|im_end|>', label })).json).toBe(1)
  })
})

describe('POST /verify of NeMo Gym', () => {
  const message = (text: string) => ({
    type: 'message',
    role: 'assistant',
    content: [{ type: 'output_text', text, annotations: [] }],
  })

  it('returns the request with the reward', async () => {
    const { post } = await startRewardServer()
    const body = {
      responses_create_params: { input: [] },
      response: { id: 'r', output: [message('first'), message('A lamp')] },
      id: 1,
      prompt: 'x',
      ...record,
    }
    const { status, json } = await post('/verify', body)
    expect(status).toBe(200)
    expect(json).toMatchObject({
      ...body,
      follow_all_instructions: false,
      follow_instruction_list: [true, true, false],
    })
    expect((json as { reward: number }).reward).toBeCloseTo(mean, 12)
    expect((await post('/seed_session', body)).json).toEqual({})
    const session = { resources_session_id: 's1', episode_id: 'e', task_id: 't', task_data: {} }
    expect((await post('/seed_session', session)).json).toEqual({ resources_session_id: 's1' })
    expect((await post('/close_session', session)).json).toEqual({ resources_session_id: 's1' })
  })

  it('opens the gate where reasoning came as an item of its own', async () => {
    const { post } = await startRewardServer(fakeModel(), { form: rewardForms.code })
    const ask = async (...output: object[]) => {
      const { json } = await post('/verify', { responses_create_params: {}, response: { output }, ...record })
      return (json as { reward: number }).reward
    }
    expect(await ask(message('A lamp'))).toBe(0)
    expect(await ask({ type: 'reasoning', summary: [] }, message('A lamp'))).toBeCloseTo(mean * 5, 9)
  })
})

describe('GET', () => {
  it('/healthz says who scores', async () => {
    const { get } = await startRewardServer()
    expect((await get('/healthz')).json).toEqual({
      status: 'ok',
      scorer: 'fake',
      scale: 1,
      think: 'strip',
      lists: 'equal',
    })
  })

  it('/metrics counts requests, items and failures in the Prometheus format', async () => {
    const { get, post } = await startRewardServer()
    await post('/v1/reward/batch', {
      items: [
        { response: 'x', ...record },
        { response: 'x', instruction_id_list: ['nobody'] },
      ],
    })
    await post('/nowhere/at"all', {})
    const { text, headers } = await get('/metrics')
    expect(headers.get('content-type')).toContain('version=0.0.4')
    expect(text).toContain('heed_reward_requests_total{route="/v1/reward/batch",status="200"} 1')
    expect(text).toContain('heed_reward_requests_total{route="other",status="404"} 1')
    expect(text).toContain('heed_reward_items_total 2')
    expect(text).toContain('heed_reward_item_failures_total 1')
    expect(text).toMatch(/heed_reward_request_seconds_bucket\{route="\/v1\/reward\/batch",le="\+Inf"\} 1/)
    for (const line of text.trimEnd().split('\n'))
      expect(line).toMatch(/^(# (HELP|TYPE) |[a-z_]+(\{[^}]*\})? [\d.e+-]+$)/)
  })
})
