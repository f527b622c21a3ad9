import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAggregator } from '../../../src/benchmarks/agentif/aggregate.ts'
import { agentif } from '../../../src/benchmarks/agentif/index.ts'
import { loadAgentIf } from '../../../src/benchmarks/agentif/load.ts'
import type { AgentIfData } from '../../../src/benchmarks/agentif/schema.ts'
import { createScorer } from '../../../src/benchmarks/agentif/score.ts'
import { createPythonRunner, type SandboxedPython } from '../../../src/checkers/python/index.ts'
import type { Item } from '../../../src/core/item.ts'
import { type Protocol, protocols, type Verdict } from '../../../src/core/verdict.ts'
import { samplesFolder } from '../../../src/data/samples.ts'
import { DemoEndpoint } from '../../../src/models/demo/endpoint.ts'
import { judgeKey, readJudgeReplies, readResponses, responseKey } from '../../../src/models/demo/sample-recording.ts'
import { scriptedContext } from '../../checkers/judge/scripted-judge.ts'

const source = {
  edition: 'v1',
  isSample: true,
  path: (file: string) => join(samplesFolder, 'agentif', file),
  optionalPath: () => null,
}

describe('the embedded AgentIF sample', () => {
  let python: SandboxedPython
  const items: Item<AgentIfData>[] = []

  beforeAll(async () => {
    python = createPythonRunner({ workers: 1 })
    python.warm()
    for await (const item of loadAgentIf(source)) items.push(item)
  })
  afterAll(() => python.close())

  async function scored(checkpoint: string) {
    const replies = await readJudgeReplies(samplesFolder, 'agentif')
    const responses = await readResponses(samplesFolder, 'agentif', checkpoint)
    const missing: string[] = []
    const context = scriptedContext(
      ({ item = '', constraint = null, purpose, attempt = 0 }) => {
        const key = judgeKey({ checkpoint, item, constraint, purpose, attempt })
        const reply = replies.get(key)
        if (reply === undefined) missing.push(key)
        return reply ?? { fails: 'not recorded' }
      },
      { python },
    )
    const verdicts: Verdict[] = []
    const figures = new Map<Protocol, ReturnType<typeof createAggregator>>(
      protocols.map((protocol) => [protocol, createAggregator({ protocol, edition: 'v1' })]),
    )
    for (const item of items) {
      const raw = responses.get(responseKey(item.id, 0))!
      const response = { sample: 0, status: 'ok', text: raw, reasoning: null, finishReason: 'stop' } as const
      const found = await createScorer().score(item, response, context, protocols)
      verdicts.push(...found)
      for (const [protocol, aggregator] of figures) {
        aggregator.add({ item, sample: 0, status: 'ok', verdicts: found.filter((one) => one.protocol === protocol) })
      }
    }
    const metric = (protocol: Protocol, id: string) =>
      figures
        .get(protocol)!
        .finish()
        .metrics({ replicates: 2 })
        .find((one) => one.id === id && !one.group)!
    return { missing, verdicts, metric, warnings: figures.get('official')!.warnings?.() ?? [] }
  }

  it('has a recorded answer of both checkpoints to every item and a reply to every question', async () => {
    expect(items.length).toBeGreaterThanOrEqual(10)
    for (const name of ['base', 'tuned'] as const) {
      const { missing } = await scored(name)
      expect(missing).toEqual([])
      expect(new DemoEndpoint(name, samplesFolder).id).toBe(`demo ${name}`)
    }
  })

  it('holds every shape of a chain, both layouts, every presentation and type', () => {
    const shapes = new Set(
      items.flatMap(({ data }) => data.constraints.map(({ steps }) => steps!.map(({ type }) => type).join('>'))),
    )
    for (const shape of [
      'llm',
      'code',
      'llm>code',
      'code>llm',
      'code>code',
      'llm_conditional_check>llm',
      'llm_conditional_check>code',
      'llm_conditional_check>llm>code',
    ]) {
      expect(shapes, shape).toContain(shape)
    }
    const tags = items.flatMap(({ constraints }) => constraints.map((constraint) => constraint.tags))
    expect(new Set(tags.map(({ dimension }) => dimension))).toEqual(new Set(['vanilla', 'condition', 'example']))
    expect(new Set(tags.flatMap(({ type }) => type))).toEqual(new Set(['formatting', 'semantic', 'tool']))
    expect(tags.some(({ meta }) => meta === 'meta')).toBe(true)
    expect(items.some(({ id }) => id.startsWith('sample:'))).toBe(true)
    expect(items.some(({ tags: { domain } }) => domain !== undefined)).toBe(true)
  })

  it('tells the checkpoints apart, and strict from repaired', async () => {
    const [base, tuned] = [await scored('base'), await scored('tuned')]
    for (const protocol of protocols) {
      expect(tuned.metric(protocol, 'csr').value).toBeGreaterThan(base.metric(protocol, 'csr').value!)
      expect(tuned.metric(protocol, 'isr').value).toBeGreaterThan(base.metric(protocol, 'isr').value!)
    }
    const strictNulls = tuned.verdicts.filter(
      ({ protocol, detail }) => protocol === 'official' && detail?.why === 'code_error',
    )
    const repairedNulls = tuned.verdicts.filter(
      ({ protocol, detail }) => protocol === 'fixed' && detail?.why === 'code_error',
    )
    expect(strictNulls).toHaveLength(3)
    expect(repairedNulls).toHaveLength(0)
    expect(tuned.warnings).toEqual([expect.stringContaining('code_error 3')])
  })

  it('names only columns that its figures have', async () => {
    const { metric } = await scored('tuned')
    for (const { metric: id } of agentif.columns) expect(metric('official', id), id).toBeDefined()
  })
})
