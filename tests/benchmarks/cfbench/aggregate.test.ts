import { describe, expect, it } from 'vitest'
import { exactItemMetrics, officialItemMetrics } from '../../../src/benchmarks/cfbench/item-metrics.ts'
import { scriptedContext } from '../../checkers/judge/scripted-judge.ts'
import { answer, goodReply, item, scoreAll } from './_support.ts'

describe('aggregating CFBench', () => {
  it('rounds item values and means under official, and nothing under fixed', async () => {
    const items = [item(1, 'PSS'), item(2, 'PSS', { split: 'hard' })]
    const context = scriptedContext((request) =>
      goodReply(items[Number(request.item) - 1]!, request.item === '1' ? '100' : '111'),
    )
    const { metric } = await scoreAll(
      items.map((of) => [of, answer('好')] as const),
      context,
    )
    // 0.33 and 1: the mean 0.665 is a tie in decimal, and 66.5 rounds to the even 66.
    expect(metric('official', 'csr').value).toBe(0.66)
    expect(metric('fixed', 'csr').value).toBeCloseTo(2 / 3, 12)
    expect(metric('official', 'csr-easy').value).toBe(0.33)
    expect(metric('official', 'csr-hard').value).toBe(1)
    for (const protocol of ['official', 'fixed'] as const) {
      expect(metric(protocol, 'isr', 'easy')).toMatchObject({ value: 0, n: 1, group: { dimension: 'split' } })
      expect(metric(protocol, 'isr', 'hard')).toMatchObject({ value: 1, n: 1 })
    }
  })

  it('leaves an empty split without a value', async () => {
    const of = item(1, 'P')
    const { metric } = await scoreAll(
      [[of, answer('好')]],
      scriptedContext(() => goodReply(of, '1')),
    )
    for (const protocol of ['official', 'fixed'] as const)
      expect(metric(protocol, 'isr-hard')).toMatchObject({ value: null, n: 0 })
  })

  it('counts a split of another name in the full set only', async () => {
    const of = item(1, 'P', { split: 'middle' })
    const { metric } = await scoreAll(
      [[of, answer('好')]],
      scriptedContext(() => goodReply(of, '1')),
    )
    expect(metric('official', 'isr').value).toBe(1)
    expect(metric('official', 'isr-easy').value).toBeNull()
  })

  it('breaks down by domain, category, pair and priority, over criteria with a verdict of their own', async () => {
    const items = [item(1, 'PS'), item(2, 'PS', { source: 'nlp_cif', doamin: '摘要' })]
    const context = scriptedContext((request) => (request.item === '1' ? goodReply(items[0]!, '10') : '不会'))
    const { metric, metrics } = await scoreAll(
      items.map((of) => [of, answer('好')] as const),
      context,
    )
    expect(metric('fixed', 'psr', '美食')).toMatchObject({ value: 0, n: 1 })
    expect(metrics.get('fixed')!.some(({ group }) => group?.value === '摘要')).toBe(false)
    expect(metric('fixed', 'criterion-accuracy', 'primary')).toMatchObject({
      value: 1,
      n: 1,
      missing: 1,
      bounds: { low: 0.5, high: 1 },
    })
    expect(metric('fixed', 'criterion-accuracy', '内容约束/元素内容约束')).toMatchObject({
      value: 0.5,
      n: 2,
      missing: 2,
    })
    expect(metric('fixed', 'criterion-accuracy').unit).toBe('constraint')
  })

  it('starts with the headline', async () => {
    const of = item(1, 'P')
    const { metrics } = await scoreAll(
      [[of, answer('好')]],
      scriptedContext(() => goodReply(of, '1')),
    )
    expect(
      metrics
        .get('official')!
        .slice(0, 3)
        .map(({ id }) => id),
    ).toEqual(['isr', 'csr', 'psr'])
  })

  it('has the smallest passing number of secondary criteria that the thresholds imply', () => {
    const smallest = (rule: (isPrimary: boolean[], scores: number[]) => number, primary: boolean) =>
      Array.from({ length: 10 }, (_unused, index) => {
        const n = index + 1
        const isPrimary = [...(primary ? [true] : []), ...Array<boolean>(n).fill(false)]
        for (let met = 0; met <= n; met++) {
          const scores = [...(primary ? [1] : []), ...Array.from({ length: n }, (_none, at) => (at < met ? 1 : 0))]
          if (rule(isPrimary, scores) === 1) return met
        }
        return null
      })
    const official = (isPrimary: boolean[], scores: number[]) =>
      officialItemMetrics(isPrimary, scores.map(String), '1').psr
    const exact = (isPrimary: boolean[], scores: number[]) => exactItemMetrics(isPrimary, scores).psr
    for (const rule of [official, exact]) {
      expect(smallest(rule, true)).toEqual([1, 2, 2, 3, 4, 4, 5, 5, 6, 7])
      expect(smallest(rule, false)).toEqual([1, 2, 3, 4, 5, 5, 6, 7, 8, 9])
    }
  })

  it('refuses what upstream ends on: a score that is no number, and another number of scores than criteria', () => {
    expect(() => officialItemMetrics([true, false], ['1', '满足'], '1')).toThrow(
      /Expected a number as score, got "满足"/,
    )
    expect(() => officialItemMetrics([true, false], ['1'], '1')).toThrow(/Expected 2 scores, got 1/)
    expect(officialItemMetrics([true, false], ['1'], '0')).toEqual({ csr: 1, isr: 1, psr: 1 })
  })
})
