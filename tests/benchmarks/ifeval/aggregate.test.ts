import { describe, expect, it } from 'vitest'
import { createAggregator } from '../../../src/benchmarks/ifeval/aggregate.ts'
import type { Metric } from '../../../src/core/metric.ts'
import type { Verdict } from '../../../src/core/verdict.ts'
import { loadRecords } from './_support.ts'

type Pair = readonly [strict: number | null, loose: number | null]

/** Figures over items whose verdicts are given; the ids of their instructions come from `kinds`. */
async function figures(items: readonly (readonly Pair[])[], kinds = ['punctuation:no_comma', 'startend:quotation']) {
  const records = items.map((pairs, index) => ({
    key: index + 1,
    prompt: 'x',
    instruction_id_list: kinds.slice(0, pairs.length),
    kwargs: pairs.map(() => ({})),
  }))
  const loaded = await loadRecords(...records)
  const aggregator = createAggregator({ protocol: 'official', edition: 'v1' })
  for (const [index, item] of loaded.entries()) {
    const verdicts = items[index]!.flatMap((pair, place): Verdict[] =>
      (['strict', 'loose'] as const).map((mode, which) => ({
        item: item.id,
        sample: 0,
        constraint: item.constraints[place]!.id,
        scorer: 'rule',
        protocol: 'official',
        mode,
        value: pair[which]!,
        status: pair[which] === null ? 'provider-error' : 'ok',
      })),
    )
    aggregator.add({ item, sample: 0, status: 'ok', verdicts })
  }
  const metrics = aggregator.finish().metrics({ replicates: 50 })
  const find = (id: string, dimension?: string, value?: string): Metric | undefined =>
    metrics.find((metric) => metric.id === id && metric.group?.dimension === dimension && metric.group?.value === value)
  return { metrics, find }
}

describe('aggregating IFEval', () => {
  const yes: Pair = [1, 1]
  const loose: Pair = [0, 1]
  const no: Pair = [0, 0]
  const missing: Pair = [null, null]

  it('counts prompts with all instructions, and instructions flat, in both modes', async () => {
    const { find } = await figures([[yes, yes], [yes, loose], [no], [yes]])
    expect(find('prompt-level-strict')).toMatchObject({ value: 2 / 4, n: 4, missing: 0, unit: 'item', bounds: null })
    expect(find('prompt-level-loose')).toMatchObject({ value: 3 / 4, n: 4 })
    expect(find('instruction-level-strict')).toMatchObject({ value: 4 / 6, n: 6, unit: 'constraint' })
    expect(find('instruction-level-loose')).toMatchObject({ value: 5 / 6, n: 6 })
    expect(find('mean-of-four')!.value).toBeCloseTo((2 / 4 + 3 / 4 + 4 / 6 + 5 / 6) / 4, 14)
    expect(find('leaderboard-v2')!.value).toBeCloseTo((2 / 4 + 4 / 6) / 2, 14)
  })

  it('puts the paper column first and the columns before the breakdowns', async () => {
    const { metrics } = await figures([[yes, no]])
    expect(metrics.filter((metric) => !metric.group).map(({ id }) => id)).toEqual([
      'prompt-level-loose',
      'prompt-level-strict',
      'instruction-level-strict',
      'instruction-level-loose',
      'mean-of-four',
      'leaderboard-v2',
    ])
  })

  it('breaks down by group and by instruction id, sorted', async () => {
    const kinds = ['startend:quotation', 'detectable_format:title', 'detectable_format:json_format']
    const { metrics, find } = await figures([[yes, no, loose], [no]], kinds)
    expect(find('instruction-level-strict', 'group', 'detectable_format')).toMatchObject({ value: 0, n: 2 })
    expect(find('instruction-level-loose', 'group', 'detectable_format')).toMatchObject({ value: 1 / 2, n: 2 })
    expect(find('instruction-level-strict', 'type', 'startend:quotation')).toMatchObject({ value: 1 / 2, n: 2 })
    const types = metrics.filter(({ id, group }) => id === 'instruction-level-strict' && group?.dimension === 'type')
    expect(types.map(({ group }) => group!.value)).toEqual([...kinds].sort())
  })

  it('counts what is missing as not followed, keeps the denominator and gives bounds', async () => {
    const { find } = await figures([
      [yes, yes],
      [missing, missing],
      [no, missing],
      [yes, missing],
    ])
    expect(find('prompt-level-strict')).toMatchObject({
      value: 1 / 4,
      n: 4,
      missing: 2,
      bounds: { low: 1 / 4, high: 3 / 4 },
    })
    expect(find('instruction-level-loose')).toMatchObject({
      value: 3 / 8,
      n: 8,
      missing: 4,
      bounds: { low: 3 / 8, high: 7 / 8 },
    })
    expect(find('mean-of-four')).toMatchObject({
      missing: 3,
      bounds: { high: expect.closeTo((3 / 4 + 7 / 8) / 2, 14) },
    })
  })

  it('counts an instruction without any verdict as missing', async () => {
    const [item] = await loadRecords({ key: 1, prompt: 'x', instruction_id_list: ['startend:quotation'], kwargs: [{}] })
    const aggregator = createAggregator({ protocol: 'fixed', edition: 'v1' })
    aggregator.add({ item: item!, sample: 0, status: 'provider-error', verdicts: [] })
    const [headline] = aggregator.finish().metrics({ replicates: 10 })
    expect(headline).toMatchObject({ protocol: 'fixed', value: 0, n: 1, missing: 1, bounds: { low: 0, high: 1 } })
  })

  it('has no figures without results', () => {
    const table = createAggregator({ protocol: 'official', edition: 'v1' }).finish()
    expect(table.metrics({ replicates: 10 }).every(({ value }) => value === null)).toBe(true)
  })
})
