import { describe, expect, it, onTestFinished } from 'vitest'
import { openRewardModelEndpoint } from '../../../../src/checkers/reward-model/endpoints/index.ts'
import { sendJson, startServer } from '../../../models/_server.ts'
import { testTemplate } from './_model.ts'

interface Tensor {
  readonly name: string
  readonly datatype: string
  readonly shape: readonly number[]
  readonly data?: unknown
}

const input = { name: 'TEXT', datatype: 'BYTES', shape: [-1] }
const probs = { name: 'probs', datatype: 'FP32', shape: [-1, 2] }
const label = { name: 'label', datatype: 'INT64', shape: [-1] }

async function open(
  outputs: readonly Tensor[],
  { model = 'rm', inputs = [input] as readonly Tensor[], tail = '' } = {},
) {
  const server = await startServer(({ method }, response) => {
    const metadata = outputs.map(({ name, datatype, shape }) => ({ name, datatype, shape: [-1, ...shape.slice(1)] }))
    sendJson(response, method === 'GET' ? { name: 'rm', inputs, outputs: metadata } : { model_name: 'rm', outputs })
  })
  const endpoint = await openRewardModelEndpoint(`kserve+${server.origin}${tail}#${model}`, {
    template: testTemplate,
    environment: {},
    firstDelayMs: 1,
  })
  onTestFinished(() => endpoint.close())
  return { endpoint, posts: () => server.requests.filter(({ method }) => method === 'POST') }
}

const pairs = ['a', 'b'].map((id) => ({ id, response: id, constraint: 'c' }))
const scored = { ...probs, shape: [2, 2] }

describe('an Open Inference Protocol server', () => {
  it.each([
    ['flat', [0.25, 0.75, 0.9, 0.1], [2, 2]],
    [
      'nested',
      [
        [0.25, 0.75],
        [0.9, 0.1],
      ],
      [2, 2],
    ],
    ['nested in three levels', [[[0.25, 0.75]], [[0.9, 0.1]]], [2, 1, 2]],
  ])('is read in row-major order: %s', async (_name, data, shape) => {
    const { endpoint } = await open([{ ...probs, shape, data }])
    expect((await endpoint.score(pairs)).map(({ p }) => p)).toEqual([0.75, 0.1])
  })

  it('is asked for the one output that holds two classes, else for the one that is named', async () => {
    const outputs = [
      { ...label, shape: [2], data: [1, 0] },
      { ...scored, data: [0.25, 0.75, 0.9, 0.1] },
    ]
    const { endpoint, posts } = await open(outputs)
    expect((await endpoint.score(pairs)).map(({ p }) => p)).toEqual([0.75, 0.1])
    expect(posts()[0]!.json).toMatchObject({ outputs: [{ name: 'probs' }] })
    const named = await open([...outputs, { ...scored, name: 'raw', data: [0, 0, 0, 0] }], { tail: '?output=probs' })
    expect((await named.endpoint.score(pairs)).map(({ p }) => p)).toEqual([0.75, 0.1])
  })

  it('gives no score for other shapes', async () => {
    for (const output of [
      { ...scored, shape: [1, 2], data: [0.25, 0.75] },
      { ...scored, data: [0.25, 0.75, 0.9] },
      { ...scored, data: [[0.25, 0.75]] },
      { ...scored, data: 'text' },
      { ...scored, data: ['0.25', '0.75', '0.9', '0.1'] },
      { ...scored, shape: [2, 3], data: [0.1, 0.2, 0.7, 0.1, 0.2, 0.7] },
    ]) {
      const { endpoint } = await open([output])
      expect((await endpoint.score(pairs)).map(({ p }) => p)).toEqual([null, null])
    }
  })

  it('is asked for a version where one is named', async () => {
    const { endpoint, posts } = await open([{ ...scored, data: [0.25, 0.75, 0.9, 0.1] }], { model: 'rm@3' })
    await endpoint.score(pairs)
    expect(posts()[0]!.url).toBe('/v2/models/rm/versions/3/infer')
    expect(endpoint.id).toContain('#rm@3')
  })

  it('must take text', async () => {
    const inputs = [{ name: 'input_ids', datatype: 'INT64', shape: [-1, -1] }]
    await expect(open([scored], { inputs })).rejects.toMatchObject({ code: 'rm-tensors' })
  })
})
