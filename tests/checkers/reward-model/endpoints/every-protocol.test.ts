import { describe, expect, it, onTestFinished } from 'vitest'
import type { RewardModelEndpointOptions } from '../../../../src/checkers/reward-model/endpoints/index.ts'
import { openRewardModelEndpoint } from '../../../../src/checkers/reward-model/endpoints/index.ts'
import type { RewardModelPair } from '../../../../src/checkers/scoring-context.ts'
import { testTemplate } from './_model.ts'
import { type Behaviour, type Fault, type ServerKind, serverKinds } from './_protocol-servers.ts'

const base: RewardModelEndpointOptions = {
  template: testTemplate,
  environment: {},
  firstDelayMs: 1,
  timeoutMs: 1000,
  maxRetries: 2,
}

async function open(kind: ServerKind, behaviour: Behaviour = {}, options: RewardModelEndpointOptions = {}) {
  const server = await kind.start(behaviour)
  const endpoint = await openRewardModelEndpoint(kind.spec(server.origin), { ...base, ...options })
  onTestFinished(() => endpoint.close())
  return { server, endpoint, posts: () => server.requests.filter(({ method }) => method === 'POST') }
}

function pair(
  number: number,
  response = `There is a lamp ${number}.`,
  constraint = 'Mention the lamp.',
): RewardModelPair {
  return { id: `p${number}`, response, constraint }
}

const faultsOfAll: readonly Fault[] = [
  'nan',
  'three-classes',
  'logits',
  'wrong-length',
  'late',
  'status-500',
  'html',
  'broken-json',
]
const reasons: Readonly<Record<Fault, RegExp>> = {
  nan: /NaN/,
  'three-classes': /two classes/,
  logits: /probabilit/,
  'wrong-length': /per pair|rows/,
  late: /no complete reply.*after 3 tries/,
  'status-500': /answered 500: CUDA out of memory.*after 3 tries/,
  html: /web page.*Login/,
  'broken-json': /no JSON/,
}

describe.each(serverKinds)('$name', (kind) => {
  it('scores pairs in the order in which they were asked', async () => {
    const { endpoint } = await open(kind)
    const scores = await endpoint.score([pair(1), pair(2, 'Nothing.'), pair(3)])
    expect(scores.map(({ id, p }) => [id, p && Number(p.toFixed(9))])).toEqual([
      ['p1', 0.875],
      ['p2', 0.25],
      ['p3', 0.875],
    ])
    expect(scores.every(({ truncated, error }) => !truncated && error === undefined)).toBe(true)
  })

  it('collects the pairs of concurrent callers into few requests, within its concurrency', async () => {
    const { endpoint, server, posts } = await open(kind, {}, { concurrency: 2 })
    const all = await Promise.all(
      Array.from({ length: 40 }, (_, number) => endpoint.score([pair(number, number % 3 ? 'lamp' : 'x')])),
    )
    expect(all.map(([score]) => Math.round(score!.p! * 1000))).toEqual(
      Array.from({ length: 40 }, (_, number) => (number % 3 ? 875 : 250)),
    )
    expect(server.mostOpen()).toBeLessThanOrEqual(2)
    if (kind.isSingle) expect(posts()).toHaveLength(40)
    else expect(posts().length).toBeLessThanOrEqual(10)
  })

  it('keeps slots, replacement patterns and mathematical letters of a response as they are', async () => {
    const { endpoint, posts } = await open(kind)
    const response = 'a {constraint} $& $1 \\u0000 𝒳 lamp'
    const [score] = await endpoint.score([pair(1, response)])
    expect(score!.p).toBeCloseTo(0.875, 9)
    expect(posts()[0]!.body).toContain(JSON.stringify(response).slice(1, -1))
  })

  it('replaces lone surrogates before anything is sent', async () => {
    const { endpoint, posts } = await open(kind)
    const [score] = await endpoint.score([pair(1, 'a \ud800 lamp')])
    expect(score!.p).toBeCloseTo(0.875, 9)
    expect(posts()[0]!.body).toContain('a \ufffd lamp')
    expect(posts()[0]!.body).not.toContain('\\ud800')
  })

  it.each(faultsOfAll.filter((fault) => !kind.lacks.includes(fault)))(
    'gives no score, but the reason: %s',
    async (fault) => {
      const { endpoint } = await open(kind, { fault }, fault === 'late' ? { timeoutMs: 60 } : {})
      const [first, second] = await endpoint.score([pair(1), pair(2)])
      expect(first!.p).toBeNull()
      expect(second!.p).toBeNull()
      expect(first!.error).toMatch(reasons[fault])
      expect(endpoint.stats).toMatchObject({ asked: 2, scored: 0, failed: 2 })
    },
  )

  it('tries again after a 500, and after a reply that cannot be read', async () => {
    for (const fault of ['status-500', 'broken-json'] as const) {
      const { endpoint } = await open(kind, { fault, times: 1 })
      const [score] = await endpoint.score([pair(1)])
      expect(score!.p).toBeCloseTo(0.875, 9)
      expect(endpoint.stats.retries).toBe(1)
    }
  })

  it.runIf(kind.hasIndex)('puts entries that come out of order back in order', async () => {
    const { endpoint } = await open(kind, { reversed: true })
    const scores = await endpoint.score([pair(1), pair(2, 'Nothing.'), pair(3, 'Nothing.')])
    expect(scores.map(({ p }) => p)).toEqual([0.875, 0.25, 0.25])
  })

  it.runIf(kind.canRefuseLength)('leaves only the pair without a score that the server finds too long', async () => {
    const { endpoint } = await open(kind, { longest: 100 })
    const scores = await endpoint.score([pair(1), pair(2, 'lamp '.repeat(50)), pair(3, 'Nothing.')])
    expect(scores.map(({ p }) => p && Number(p.toFixed(9)))).toEqual([0.875, null, 0.25])
    expect(scores[1]!.error).toMatch(/^rm_overlong: .*answered 4/)
    expect(endpoint.stats).toMatchObject({ failed: 1, overlong: 1 })
  })

  it('shortens the response alone when it is told to, and says so', async () => {
    const { endpoint, posts } = await open(kind, {}, { overlong: 'middle', maxTokens: 110 })
    const long = `lamp ${'x'.repeat(2000)} end`
    const [cut, whole] = await endpoint.score([pair(1, long), pair(2, 'Nothing.')])
    expect(cut).toMatchObject({ truncated: true })
    expect(cut!.p).toBeCloseTo(0.875, 9)
    expect(whole).toMatchObject({ truncated: false })
    const sent = posts()
      .map(({ body }) => body)
      .join()
    expect(sent).toContain('[...]')
    expect(sent).toContain('Mention the lamp.')
    expect(sent).toContain('x end')
  })

  it('has an identity that changes with the text template, but never holds a key', async () => {
    const { endpoint } = await open(kind, {}, { environment: { HEED_API_KEY_127_0_0_1: 'secret-key-123' } })
    expect(endpoint.id).not.toContain('secret-key-123')
    if (endpoint.promptLabel === null) return
    const other = await open(kind, {}, { template: `${testTemplate} ` })
    const strip = (id: string) => id.replace(/:\d+/, '')
    expect(strip(endpoint.id)).not.toBe(strip(other.endpoint.id))
  })

  it('sends the key of the environment', async () => {
    const { endpoint, posts } = await open(kind, {}, { environment: { HEED_API_KEY_127_0_0_1: 'secret-key-123' } })
    await endpoint.score([pair(1)])
    expect(posts()[0]!.headers.authorization).toBe('Bearer secret-key-123')
  })

  it('answers what is open when it is stopped', async () => {
    const stop = new AbortController()
    const { endpoint } = await open(kind, { fault: 'late' }, { signal: stop.signal, timeoutMs: 60_000 })
    setTimeout(() => stop.abort(), 50)
    const [score] = await endpoint.score([pair(1)])
    expect(score).toMatchObject({ p: null, error: expect.stringContaining('stopped') })
  })
})
