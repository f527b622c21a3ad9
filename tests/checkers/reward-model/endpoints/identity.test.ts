import { describe, expect, it, onTestFinished } from 'vitest'
import { openRewardModelEndpoint } from '../../../../src/checkers/reward-model/endpoints/index.ts'
import { type Answer, sendJson, startServer } from '../../../models/_server.ts'
import { testTemplate } from './_model.ts'
import { serverKinds } from './_protocol-servers.ts'

const vllm = serverKinds.find(({ name }) => name === 'vllm /classify')!
const kserve = serverKinds.find(({ name }) => name === 'kserve v2')!

async function idOf(spec: string, template = testTemplate): Promise<string> {
  const endpoint = await openRewardModelEndpoint(spec, { template, environment: {} })
  onTestFinished(() => endpoint.close())
  return endpoint.id
}

async function idsOf(origin: string, protocol: string, queries: readonly string[], tail = ''): Promise<string[]> {
  return Promise.all(queries.map((query) => idOf(`${protocol}+${origin}${query === '' ? '' : `?${query}`}${tail}`)))
}

describe('the identity of a served model', () => {
  it('tells everything apart that can change a score', async () => {
    const { origin } = await vllm.start()
    const ids = await idsOf(origin, 'vllm', [
      '',
      'revision=5274',
      'positive=0',
      'positive=GOOD',
      'logits=softmax',
      'overlong=middle',
      'overlong=head',
      'overlong=head&max-tokens=512',
    ])
    ids.push(await idOf(`vllm+${origin}`, `${testTemplate}.`), await idOf(`vllm-pooling+${origin}`))
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('is the same whatever cannot change one', async () => {
    const { origin } = await vllm.start()
    const ids = await idsOf(origin, 'vllm', [
      '',
      'batch=1',
      'concurrency=1',
      'timeout=3',
      'positive=1',
      'threshold=0.3',
    ])
    expect(new Set(ids).size).toBe(1)
  })

  it('names the tensors', async () => {
    const { origin } = await kserve.start()
    const ids = await idsOf(origin, 'kserve', ['', 'output=others', 'output=others&input=TEXT'], '#rm')
    expect(ids[0]).toContain('input=TEXT output=probs')
    expect(ids[1]).toContain('input=TEXT output=others')
    expect(ids[2]).toBe(ids[1])
  })

  it('names the weights that the server says it serves', async () => {
    const answer =
      (root: string): Answer =>
      (_request, response) =>
        sendJson(response, { data: [{ id: 'rm', owned_by: 'vllm', root, max_model_len: 4096 }] })
    const [first, second] = await Promise.all(
      ['/models/step-100', '/models/step-200'].map(async (root) => (await startServer(answer(root))).origin),
    )
    expect(await idOf(`vllm+${first}`)).toContain('#rm rev=/models/step-100 ')
    expect(await idOf(`vllm+${second}`)).toContain('#rm rev=/models/step-200 ')
    expect(await idOf(`vllm+${second}?revision=mine`)).toContain('#rm rev=mine ')
  })
})
