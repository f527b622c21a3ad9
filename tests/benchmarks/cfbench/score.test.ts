import { describe, expect, it } from 'vitest'
import { createScorer, prepareCfbench } from '../../../src/benchmarks/cfbench/score.ts'
import type { RewardModelPair } from '../../../src/checkers/scoring-context.ts'
import type { UpstreamTemplate } from '../../../src/data/upstream-template/index.ts'
import { scriptedContext } from '../../checkers/judge/scripted-judge.ts'
import { answer, goodReply, item, scoreAll } from './_support.ts'

const two = item(1, 'PS')

describe('scoring CFBench', () => {
  it('asks once per response with upstream settings, and gives every criterion its verdict under both protocols', async () => {
    const context = scriptedContext(() => goodReply(two, '10'))
    const { verdicts } = await scoreAll([[two, answer('好', { sample: 2 })]], context)
    expect(context.requests).toEqual([
      expect.objectContaining({
        role: 'judge',
        purpose: 'judge',
        sample: 2,
        item: '1',
        sampling: { temperature: 0.01 },
      }),
    ])
    expect(context.requests[0]!.messages).toHaveLength(1)
    expect(verdicts.map(({ constraint, protocol, value, scorer }) => [constraint, protocol, value, scorer])).toEqual([
      ['0', 'official', 1, 'judge:scripted/judge'],
      ['1', 'official', 0, 'judge:scripted/judge'],
      ['0', 'fixed', 1, 'judge:scripted/judge'],
      ['1', 'fixed', 0, 'judge:scripted/judge'],
    ])
  })

  it('excludes every criterion without a judge, and gives no figure rather than zero', async () => {
    const { verdicts, metric, metrics } = await scoreAll(
      [[two, answer('好')]],
      scriptedContext(() => '', { endpoint: () => null }),
    )
    expect(verdicts.every(({ value, status }) => value === null && status === 'excluded')).toBe(true)
    expect(verdicts[0]!.reason).toBe('no judge configured')
    for (const protocol of ['official', 'fixed'] as const) {
      expect(metric(protocol, 'isr')).toMatchObject({ value: null, n: 0, missing: 1, bounds: { low: 0, high: 1 } })
      expect(metrics.get(protocol)!.some(({ id }) => id === 'judge-parsing')).toBe(false)
    }
  })

  it('judges an empty answer like any other, and no answer not at all', async () => {
    const context = scriptedContext(() => goodReply(two, '00'))
    const { verdicts, metric } = await scoreAll(
      [
        [two, answer('', { status: 'empty' })],
        [item(3, 'PS'), answer(null)],
      ],
      context,
    )
    expect(context.requests).toHaveLength(1)
    expect(verdicts.filter(({ item }) => item === '3').map(({ status }) => status)).toEqual(
      Array(4).fill('provider-error'),
    )
    expect(metric('official', 'csr')).toMatchObject({ value: 0, n: 2, missing: 1 })
  })

  it('is labelled by its prompt, and takes a template with the four slots only', async () => {
    const resources = { asset: () => null, edition: 'v1', isSample: false }
    expect((await prepareCfbench(resources)).labels).toEqual(['house-prompt'])
    const broken: UpstreamTemplate = { id: 'x', text: '{prompt} {response}', sha256: '', style: 'named' }
    expect(() => createScorer(broken, [])).toThrow(/gold_ans, criteria/)
  })

  it('leaves what a reward model may score to it, and asks the judge only about the rest', async () => {
    const of = item(4, 'PSS', {}, ['简短', '符合用户要求', '礼貌'])
    const pairs: RewardModelPair[] = []
    const context = scriptedContext(() => '符合用户要求\t1', {
      soft: 'rm',
      rewardModel: {
        id: 'tiny',
        threshold: 0.5,
        async score(asked) {
          pairs.push(...asked)
          return asked.map(({ id }, index) => ({
            id,
            p: index === 0 ? 0.9 : null,
            truncated: false,
            error: 'overlong',
          }))
        },
      },
    })
    const { verdicts, metric } = await scoreAll([[of, answer('好')]], context)
    expect(pairs.map(({ constraint }) => constraint)).toEqual(['简短', '礼貌'])
    expect(context.requests[0]!.messages[0]!.content).not.toContain('礼貌')
    expect(verdicts.slice(0, 3).map(({ value, status, scorer }) => [value, status, scorer])).toEqual([
      [1, 'ok', 'rm:tiny'],
      [1, 'ok', 'judge:scripted/judge'],
      [null, 'rm-error', 'rm:tiny'],
    ])
    expect(metric('fixed', 'csr')).toMatchObject({ missing: 1, bounds: { low: 2 / 3, high: 1 } })
  })

  it('asks no judge when the reward model has scored everything', async () => {
    const context = scriptedContext(() => 'nothing', {
      soft: 'rm',
      rewardModel: {
        id: 'tiny',
        threshold: 0.5,
        score: async (asked) => asked.map(({ id }) => ({ id, p: 0.7, truncated: false })),
      },
    })
    const { metric } = await scoreAll([[two, answer('好')]], context)
    expect(context.requests).toHaveLength(0)
    expect(metric('official', 'isr')).toMatchObject({ value: 1, missing: 0 })
  })
})
