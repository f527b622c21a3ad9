import { describe, expect, it } from 'vitest'
import { openCompassScores } from '../../../src/benchmarks/followbench/open-compass.ts'
import type { FollowBenchData } from '../../../src/benchmarks/followbench/schema.ts'
import type { RewardModelScorer, ScoringContext } from '../../../src/checkers/scoring-context.ts'
import type { Item } from '../../../src/core/item.ts'
import { aggregate, answer, figure, group, judgeOf, list, load, nobody } from './_support.ts'

/** One context per item from a verdict string; `!` is a reply that cannot be read, `x` a failed call. */
function judgeSaying(verdicts: string): ScoringContext {
  return judgeOf(() => (verdicts === '!' ? 'no idea' : verdicts === 'x' ? null : list(verdicts)))
}

type Task = readonly [Item<FollowBenchData>, ReturnType<typeof answer>, ScoringContext]

/** Tasks of one style group from five verdict strings. */
async function styleGroup(...verdicts: readonly string[]): Promise<Task[]> {
  const items = await load({ style: group('style', 1) })
  return items.map((item, index) => [item, answer('x'), judgeSaying(verdicts[index]!)])
}

describe('the official arithmetic', () => {
  it('takes HSR from items with all constraints met and SSR from shares', async () => {
    const { metrics } = await aggregate(await styleGroup('1', '10', '111', '1100', '11111'), 'official')
    expect(figure(metrics, 'hsr').value).toBeCloseTo(3 / 5)
    expect(figure(metrics, 'ssr').value).toBeCloseTo((1 + 0.5 + 1 + 0.5 + 1) / 5)
    expect(figure(metrics, 'csl').value).toBe(1)
    expect(metrics[0]).toMatchObject({ id: 'hsr', n: 5, unit: 'item', missing: 0, bounds: null })
  })

  it('counts a reply that cannot be read as -1 and keeps it in the denominator', async () => {
    const { metrics, aggregator } = await aggregate(await styleGroup('1', '!', 'x', '1111', '11111'), 'official')
    expect(figure(metrics, 'hsr', 'level', '2')).toMatchObject({ value: -1, n: 1, missing: 1 })
    expect(figure(metrics, 'hsr').value).toBeCloseTo((3 - 2) / 5)
    expect(figure(metrics, 'ssr', 'type', 'style').value).toBeCloseTo((3 - 2) / 5)
    expect(figure(metrics, 'csl').value).toBe(1)
    expect(figure(metrics, 'hsr').bounds).toEqual({ low: 3 / 5, high: 1 })
    expect(aggregator.cells().get('style')).toEqual({
      hsr: ['100.00', '-100.00', '-100.00', '100.00', '100.00'],
      ssr: ['100.00', '-100.00', '-100.00', '100.00', '100.00'],
      csl: '1.0',
    })
  })

  it('averages over types first, then over levels, and takes HSR for the SSR of the example type', async () => {
    const items = await load({
      style: [group('style', 1), group('style', 2), group('style', 3)].flat(),
      example: group('example', 1),
    })
    const tasks: Task[] = items.map((item) => [
      item,
      answer('Answer: yes'),
      judgeSaying(item.cluster === 'style/1' ? '1'.repeat(item.data.level) : '0'.repeat(item.data.level)),
    ])
    const { metrics, aggregator } = await aggregate(tasks, 'official')
    expect(figure(metrics, 'hsr').value).toBeCloseTo((1 / 3 + 1) / 2)
    expect(figure(metrics, 'ssr').value).toBeCloseTo((1 / 3 + 1) / 2)
    expect(figure(metrics, 'hsr-printed').value).toBeCloseTo((0.3333 + 1) / 2, 10)
    expect(figure(metrics, 'csl').value).toBeCloseTo((5 / 3 + 5) / 2)
    expect(figure(metrics, 'csl-printed').value).toBeCloseTo((1.7 + 5) / 2)
    expect(aggregator.cells().get('example')!.ssr).toBeNull()
    expect(figure(metrics, 'aggregator-hsr').value).toBeCloseTo(0.3333, 10)
  })

  it('prints ties to even and Chinese percent signs', async () => {
    const items = await load(
      { example: Array.from({ length: 8 }, (_, index) => group('example', index + 1)).flat() },
      'zh',
    )
    const tasks: Task[] = items.map((item) => {
      const passes = item.data.exampleId === 1
      return [item, answer(passes ? 'Answer: 是' : '是'), nobody]
    })
    const { aggregator } = await aggregate(tasks, 'official', 'zh')
    expect(aggregator.cells().get('example')).toMatchObject({ hsr: Array(5).fill('12.50%'), csl: '0.6' })
  })

  it('has no figure of what nobody judged, but keeps the rule-scored part', async () => {
    const items = await load({
      content: [group('content', 1), group('content', 2, 'E2E', 'name[Vik]')].flat(),
      example: group('example', 1),
    })
    for (const protocol of ['official', 'fixed'] as const) {
      const tasks: Task[] = items.map((item) => [item, answer('name[Vik]'), nobody])
      const { metrics } = await aggregate(tasks, protocol)
      expect(figure(metrics, 'hsr')).toMatchObject({ value: null, interval: null, n: 10, missing: 5 })
      expect(figure(metrics, 'hsr').bounds!.low).toBeLessThan(figure(metrics, 'hsr').bounds!.high)
      expect(figure(metrics, 'hsr', 'type', 'content')).toMatchObject({ value: null, missing: 5 })
      expect(figure(metrics, 'csl', 'type', 'content').value).toBeNull()
      expect(figure(metrics, 'hsr', 'type-level', 'content L1').value).toBeNull()
      expect(figure(metrics, 'hsr', 'type', 'example')).toMatchObject({ value: 0, n: 5, missing: 0 })
      expect(figure(metrics, 'hsr-rule')).toMatchObject({ value: 0.5, n: 10, missing: 0 })
      expect(figure(metrics, 'hsr-rule', 'type', 'content')).toMatchObject({ value: 1, n: 5 })
      expect(figure(metrics, 'csr')).toMatchObject({ value: null, n: 0, missing: 15 })
    }
  })

  it('counts a missing response as 0 and says so', async () => {
    const items = await load({ style: group('style', 1) })
    const tasks: Task[] = items.map((item) => [
      item,
      item.data.level === 3 ? answer(null) : answer('x'),
      judgeSaying('1'.repeat(item.data.level)),
    ])
    const { metrics } = await aggregate(tasks, 'official')
    expect(figure(metrics, 'hsr')).toMatchObject({ missing: 1, bounds: { low: 4 / 5, high: 1 } })
    expect(figure(metrics, 'hsr').value).toBeCloseTo(4 / 5)
    expect(figure(metrics, 'csl')).toMatchObject({ value: 2, bounds: { low: 2, high: 5 } })
  })
})

describe('the fixed arithmetic', () => {
  it('leaves out what was not measured, with bounds, and groups with a gap from CSL', async () => {
    const { metrics } = await aggregate(await styleGroup('1', '!', '111', '1111', '11110'), 'fixed')
    expect(figure(metrics, 'hsr', 'level', '2')).toMatchObject({ value: null, n: 0, missing: 1 })
    expect(figure(metrics, 'csl')).toMatchObject({ value: null, n: 0, missing: 1, bounds: { low: 1, high: 4 } })
    expect(figure(metrics, 'csr').n).toBe(13)
  })

  it('keeps the other groups of a level', async () => {
    const items = await load({ style: [group('style', 1), group('style', 2)].flat() })
    const tasks: Task[] = items.map((item) => [
      item,
      answer('x'),
      judgeSaying(item.id === 'style/1/L2' ? '!' : '1'.repeat(item.data.level)),
    ])
    const { metrics } = await aggregate(tasks, 'fixed')
    expect(figure(metrics, 'hsr', 'level', '2')).toMatchObject({
      value: 1,
      n: 1,
      missing: 1,
      bounds: { low: 0.5, high: 1 },
    })
    expect(figure(metrics, 'csl')).toMatchObject({ value: 5, n: 1, missing: 1 })
  })

  it('counts a model that gave no answer as not satisfied, and a lost call not at all', async () => {
    const items = await load({ example: [group('example', 1), group('example', 2)].flat() })
    const tasks = (lost: ReturnType<typeof answer>): Task[] =>
      items.map((item) => [item, item.cluster === 'example/1' ? lost : answer('Answer: x'), nobody])
    const refused = await aggregate(tasks(answer(null, { status: 'refused' })), 'fixed')
    expect(figure(refused.metrics, 'hsr')).toMatchObject({ value: 0.5, n: 10, missing: 5 })
    const lost = await aggregate(tasks(answer(null)), 'fixed')
    expect(figure(lost.metrics, 'hsr')).toMatchObject({ value: 1, n: 5, missing: 5, bounds: { low: 0.5, high: 1 } })
  })

  it('has no upstream variants', async () => {
    const { metrics } = await aggregate(await styleGroup('1', '11', '111', '1111', '11111'), 'fixed')
    expect(metrics.some(({ id }) => /printed|aggregator|opencompass/.test(id))).toBe(false)
  })
})

describe('several samples and parts of a run', () => {
  it('average over samples, with the source instruction as the unit of resampling', async () => {
    const items = await load({ style: group('style', 1) })
    const tasks: Task[] = [0, 1].flatMap((sample) =>
      items.map((item): Task => [item, answer('x', { sample }), judgeSaying(`${sample}`.repeat(item.data.level))]),
    )
    const { metrics, aggregator } = await aggregate(tasks, 'official')
    expect(figure(metrics, 'hsr')).toMatchObject({ value: 0.5, n: 10 })
    expect(figure(metrics, 'csl')).toMatchObject({ value: 2.5, n: 2 })
    expect(aggregator.finish().resampler({ id: 'hsr' })!.clusters).toEqual(['style/1'])
  })

  it('do not depend on the order in which results arrive', async () => {
    const tasks = await styleGroup('1', '10', '111', '!', '11111')
    const forwards = await aggregate(tasks, 'official')
    const backwards = await aggregate([...tasks].reverse(), 'official')
    expect(backwards.metrics).toEqual(forwards.metrics)
  })
})

describe('the OpenCompass variant', () => {
  it('shrinks a level by its unread replies and gives 0 where nothing is left', () => {
    const path = (scores: readonly (readonly [number, number] | null | undefined)[]) => ({
      cluster: 'style/1',
      type: 'style' as const,
      isJudged: true,
      outcomes: [],
      constraints: [],
      openCompass: [...scores],
    })
    const scores = openCompassScores([
      path([[1, 1], null, [0, 0.5], null, [1, 1]]),
      path([[0, 0], [1, 1], [1, 1], null, undefined]),
    ])
    expect(scores.replies).toBe(9)
    expect(scores.hsr).toEqual([1, 0, 1, 0, 1])
    expect(scores.ssr[2]).toBe(1.5)
  })
})

describe('a reward model\u2019s verdicts', () => {
  const always: RewardModelScorer = {
    id: 'tiny',
    threshold: 0.5,
    score: async (pairs) => pairs.map(({ id }) => ({ id, p: 0.9, truncated: false })),
  }

  it('are no official figure of this benchmark: only the share of constraints and the fixed protocol count them', async () => {
    const items = await load({ style: [group('style', 1), group('style', 2)].flat() })
    const byModel = judgeOf(() => null, { soft: 'rm', rewardModel: always })
    const tasks: Task[] = items.map((item) => [
      item,
      answer('x'),
      item.cluster === 'style/1' ? byModel : judgeSaying('0'.repeat(item.data.level)),
    ])
    const { metrics, verdicts } = await aggregate(tasks, 'official')
    expect(verdicts.filter(({ scorer }) => scorer === 'rm:tiny')).toHaveLength(15)
    const blocked = ['hsr', 'ssr', 'csl', 'hsr-printed', 'aggregator-hsr', 'opencompass-hsr']
    for (const id of blocked) expect([id, figure(metrics, id).value]).toEqual([id, null])
    expect(figure(metrics, 'hsr')).toMatchObject({ missing: 5, bounds: { low: 0, high: 0.5 } })
    expect(figure(metrics, 'csr').value).toBe(0.5)
    const fixed = await aggregate(tasks, 'fixed')
    expect(figure(fixed.metrics, 'hsr').value).toBe(0.5)
  })
})
