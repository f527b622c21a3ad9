import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAggregator } from '../../../src/benchmarks/complexbench/aggregate.ts'
import { relyOnAll, relyOnListed } from '../../../src/benchmarks/complexbench/dependencies.ts'
import type { ItemRecord } from '../../../src/benchmarks/complexbench/schema.ts'
import type { Status } from '../../../src/core/status.ts'
import type { Protocol, Verdict } from '../../../src/core/verdict.ts'
import { load, question, record } from './_support.ts'

type Value = number | null | Status

/** Figures for given verdicts: a number or null is measured, a status is not. */
async function figures(protocol: Protocol, entries: readonly (readonly [Partial<ItemRecord>, readonly Value[]])[]) {
  const items = await load(entries.map(([entry]) => entry))
  const aggregator = createAggregator({ protocol, edition: 'zh' })
  for (const [index, item] of items.entries()) {
    const verdicts = entries[index]![1].map((value, constraint): Verdict => {
      const measured = typeof value !== 'string'
      const outcome = { value: measured ? value : null, status: measured ? ('ok' as const) : value }
      return { item: item.id, sample: 0, constraint: String(constraint), scorer: 'rule', protocol, ...outcome }
    })
    aggregator.add({ item, sample: 0, status: 'ok', verdicts })
  }
  const metrics = aggregator.finish().metrics({ replicates: 20 })
  return (id: string, value?: string) => metrics.find((metric) => metric.id === id && metric.group?.value === value)
}

const chain = record([question(), question({ dep: [0] }), question({ dep: [1] })], { category: 'Chain_2' })

describe('dependencies', () => {
  it('reach one level under official and all levels under fixed', async () => {
    expect((await figures('official', [[chain, [0, 1, 1]]]))('drfr')!.value).toBe(1 / 3)
    expect((await figures('fixed', [[chain, [0, 1, 1]]]))('drfr')!.value).toBe(0)
  })

  it('do not fail on a 2 or a null', () => {
    expect(relyOnListed([2, true, null, true], [[], [0], [], [2]])).toEqual([2, true, null, true])
  })

  it('leave open what hangs on something that is not known', () => {
    const listed = [[], [0], [0, 3], []]
    expect(relyOnListed([undefined, true, true, false], listed)).toEqual([undefined, undefined, false, false])
    expect(relyOnAll([undefined, true, true, false], listed)).toEqual([undefined, undefined, false, false])
  })

  it('never hold more under fixed than under official', () => {
    const verdicts = fc.array(fc.boolean(), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(verdicts, fc.array(fc.nat(7), { maxLength: 20 }), (raw, picks) => {
        const dependencies = raw.map((_value, index) =>
          picks.filter((_pick, position) => position % raw.length === index).filter((pick) => pick < index),
        )
        const one = relyOnListed(raw, dependencies)
        const all = relyOnAll(raw, dependencies)
        for (const [index, value] of all.entries()) if (value === true) expect(one[index]).toBe(true)
      }),
    )
  })
})

describe('figures', () => {
  it('put Selection_and_Chain under Selection officially, and apart under fixed', async () => {
    const entries = [
      [record([question()], { category: 'Selection_1' }), [1]],
      [record([question()], { category: 'Selection_and_Chain_2' }), [0]],
    ] as const
    const official = await figures('official', entries)
    expect(official('drfr-selection')).toMatchObject({ value: 0.5, n: 2 })
    expect(official('drfr', 'Selection_and_Chain')).toBeUndefined()
    const fixed = await figures('fixed', entries)
    expect(fixed('drfr-selection')).toMatchObject({ value: 1, n: 1 })
    expect(fixed('drfr', 'Selection_and_Chain')).toMatchObject({ value: 0, n: 1 })
    expect(official('drfr-selection-and-chain')).toMatchObject({ value: 0, n: 1 })
    expect(official('drfr-nested')).toMatchObject({ value: 0, n: 1 })
    expect(official('drfr', '2')).toMatchObject({ value: 0, n: 1, group: { dimension: 'nesting-depth' } })
  })

  it('count a 2 as not held in DRFR and as satisfied by type, as upstream does', async () => {
    const get = await figures('official', [[record([question({ constraint_dimensions: ['Topic'] })]), [2]]])
    expect(get('drfr')!.value).toBe(0)
    expect(get('satisfaction', 'Semantic')!.value).toBe(1)
  })

  it('count a question once for each of its dimensions, and unknown ones under Others', async () => {
    const entry = record([question({ constraint_dimensions: ['Topic', 'Sentiment', 'Rhyme'] }), question()])
    const get = await figures('official', [[entry, [1, 0]]])
    expect(get('satisfaction', 'Semantic')).toMatchObject({ value: 1, n: 2 })
    expect(get('satisfaction', 'Others')).toMatchObject({ value: 1, n: 1 })
    expect(get('satisfaction', 'Structure')).toMatchObject({ value: 0, n: 1 })
  })

  it('count what failed as false under official and leave it out under fixed, both with bounds', async () => {
    const entry = record([question(), question({ dep: [0] }), question()])
    const verdicts = ['judge-error', 1, 1] as const
    const official = await figures('official', [[entry, verdicts]])
    expect(official('drfr')).toMatchObject({ value: 1 / 3, n: 3, missing: 1, bounds: { low: 1 / 3, high: 1 } })
    const fixed = await figures('fixed', [[entry, verdicts]])
    expect(fixed('drfr')).toMatchObject({ value: 1, n: 1, missing: 2, bounds: { low: 1 / 3, high: 1 } })
  })

  it('resample whole items', async () => {
    const many = Array.from({ length: 30 }, (_entry, index) => [chain, index % 3 ? [1, 1, 1] : [0, 0, 0]] as const)
    const { interval, n } = (await figures('official', many))('drfr')!
    expect(n).toBe(90)
    expect(interval!.high - interval!.low).toBeGreaterThan(0.3)
  })
})

describe('selection coherence', () => {
  const branch = (group: string | null, selections = 1) =>
    record(
      Array.from({ length: selections }, () => question({ composition_types: ['Selection'] })),
      { group },
    )

  it('takes the depth of a group from its first item, and null for a group', async () => {
    const get = await figures('official', [
      [branch('a'), [1]],
      [branch('a', 2), [1, 0]],
      [branch(null), [1]],
    ])
    expect(get('single-origin')).toMatchObject({ value: 2 / 3, n: 3, unit: 'item' })
    expect(get('single-coherent')).toMatchObject({ value: 1 / 2, n: 2, unit: 'group' })
    expect(get('single-relative-drop')!.value).toBe((2 / 3 - 1 / 2) / (2 / 3))
    expect(get('multiple-coherent')).toMatchObject({ value: null, n: 0 })
    expect(get('multiple-relative-drop')!.value).toBeNull()
  })

  it('is null, not an end of everything, where no item passes', async () => {
    const get = await figures('official', [[branch('a'), [0]]])
    expect(get('single-origin')!.value).toBe(0)
    expect(get('single-relative-drop')!.value).toBeNull()
    expect(get('drfr')!.value).toBe(0)
  })

  it('bounds the drop when something was not measured', async () => {
    const entries = [
      [branch('a'), [1]],
      [branch('a'), ['judge-error']],
      [branch('b'), [1]],
    ] as const
    const drop = (await figures('official', entries))('single-relative-drop')!
    expect(drop).toMatchObject({ missing: 1 })
    expect(drop.bounds!.low).toBeLessThanOrEqual(drop.value!)
    expect(drop.bounds!.high).toBeGreaterThanOrEqual(drop.value!)
  })
})
