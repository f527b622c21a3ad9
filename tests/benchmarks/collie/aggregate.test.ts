import { describe, expect, it } from 'vitest'
import type { ItemHead } from '../../../src/benchmarks/benchmark.ts'
import { collie } from '../../../src/benchmarks/collie/index.ts'
import type { Metric } from '../../../src/core/metric.ts'
import type { Protocol, Verdict } from '../../../src/core/verdict.ts'

/** One result: name of the item, structure, prompt and the values of its sub-constraints. */
interface Outcome {
  readonly id: string
  readonly structure?: string
  readonly source?: string
  readonly prompt?: string
  readonly sample?: number
  readonly values: readonly (0 | 1 | null)[]
  readonly blank?: boolean
}

const levelOf: Readonly<Record<string, string>> = { word: 'word', sent: 'sentence', para: 'paragraph', pass: 'passage' }

function aggregate(outcomes: readonly Outcome[], protocol: Protocol = 'official'): readonly Metric[] {
  const aggregator = collie.aggregate({ protocol, edition: 'v1' })
  for (const { id, structure = 'word01', source = 'wiki', prompt = id, sample = 0, values, blank } of outcomes) {
    const item: ItemHead = {
      id,
      cluster: prompt,
      constraints: [],
      tags: { structure, level: levelOf[structure.slice(0, 4)]!, source, subset: `${source}_${structure}` },
    }
    const verdicts = values.map(
      (value, index): Verdict => ({
        item: id,
        sample,
        constraint: `part-${index + 1}`,
        scorer: 'rule',
        protocol,
        value,
        status: value === null ? 'provider-error' : 'ok',
        ...(blank ? { detail: { blank: true } } : {}),
      }),
    )
    aggregator.add({ item, sample, status: 'ok', verdicts })
  }
  return aggregator.finish().metrics({ replicates: 20 })
}

const find = (metrics: readonly Metric[], id: string, value?: string) =>
  metrics.find((metric) => metric.id === id && metric.group?.value === value)

describe('COLLIE figures', () => {
  it('pass an item when all its sub-constraints hold', () => {
    const metrics = aggregate([
      { id: 'a', values: [1, 1] },
      { id: 'b', values: [1, 0] },
      { id: 'c', values: [1] },
      { id: 'd', values: [0, 0, 0] },
    ])
    expect(find(metrics, 'avg')).toMatchObject({ value: 0.5, n: 4, missing: 0, bounds: null })
    expect(find(metrics, 'constraint-rate')).toMatchObject({ value: 0.5, n: 8 })
  })

  it('weight items in the average, structures and subsets in the macro means, prompts in the prompt mean', () => {
    const metrics = aggregate([
      { id: 'a', structure: 'word01', source: 'english', prompt: 'p', values: [1] },
      { id: 'b', structure: 'word01', source: 'english', prompt: 'p', values: [1] },
      { id: 'c', structure: 'sent01', source: 'wiki', values: [1] },
      { id: 'd', structure: 'sent01', source: 'guten', values: [0] },
    ])
    expect(find(metrics, 'avg')!.value).toBe(3 / 4)
    expect(find(metrics, 'macro-structure')).toMatchObject({ value: (1 + 1 / 2) / 2, n: 2, unit: 'group' })
    expect(find(metrics, 'macro-subset')).toMatchObject({ value: 2 / 3, n: 3 })
    expect(find(metrics, 'prompt-mean')).toMatchObject({ value: 2 / 3, n: 3 })
  })

  it('break down by structure in the order of the paper, by level, source and subset', () => {
    const metrics = aggregate([
      { id: 'a', structure: 'pass01', source: 'wiki', values: [1] },
      { id: 'b', structure: 'word01', source: 'english', values: [0] },
      { id: 'c', structure: 'sent02', source: 'ccnews', values: [1] },
    ])
    const groups = metrics
      .filter(({ id, group }) => id === 'avg' && group)
      .map(({ group, value }) => [group!.value, value])
    expect(groups).toEqual([
      ['word01', 0],
      ['sent02', 1],
      ['pass01', 1],
      ['word', 0],
      ['sentence', 1],
      ['passage', 1],
      ['english', 0],
      ['wiki', 1],
      ['ccnews', 1],
      ['wiki_pass01', 1],
      ['english_word01', 0],
      ['ccnews_sent02', 1],
    ])
  })

  it('count a missing response as failed and say what it could have been', () => {
    const metrics = aggregate([
      { id: 'a', values: [1] },
      { id: 'b', values: [null, null] },
      { id: 'c', values: [0, null] },
      { id: 'd', values: [0] },
    ])
    expect(find(metrics, 'avg')).toMatchObject({ value: 1 / 4, n: 4, missing: 1, bounds: { low: 1 / 4, high: 2 / 4 } })
    expect(find(metrics, 'macro-structure')).toMatchObject({ missing: 1, bounds: { low: 1 / 4, high: 2 / 4 } })
    expect(find(metrics, 'prompt-mean')).toMatchObject({ missing: 1, bounds: { low: 1 / 4, high: 2 / 4 } })
    expect(find(metrics, 'constraint-rate')).toMatchObject({ missing: 3, bounds: { low: 1 / 6, high: 4 / 6 } })
  })

  it('pool several samples, and give pass@k over the first k and without bias', () => {
    const metrics = aggregate([
      { id: 'a', sample: 0, values: [0] },
      { id: 'a', sample: 1, values: [1] },
      { id: 'a', sample: 2, values: [0] },
      { id: 'b', sample: 2, values: [1] },
      { id: 'b', sample: 1, values: [0] },
      { id: 'b', sample: 0, values: [0] },
    ])
    expect(find(metrics, 'avg')).toMatchObject({ value: 2 / 6, n: 6 })
    expect(find(metrics, 'pass@1-first')!.value).toBe(0)
    expect(find(metrics, 'pass@2-first')!.value).toBe(1 / 2)
    expect(find(metrics, 'pass@3-first')!.value).toBe(1)
    expect(find(metrics, 'pass@1')!.value).toBeCloseTo(1 / 3)
    expect(find(metrics, 'pass@2')!.value).toBeCloseTo(2 / 3)
    expect(find(metrics, 'pass@3')!.value).toBe(1)
    expect(find(metrics, 'pass@5')).toBeUndefined()
  })

  it('leave pass@k out for one sample', () => {
    expect(aggregate([{ id: 'a', values: [1] }]).filter(({ id }) => id.startsWith('pass@'))).toEqual([])
  })

  it('count blank passes under official only', () => {
    const outcomes: Outcome[] = [
      { id: 'a', values: [1], blank: true },
      { id: 'b', values: [0], blank: true },
      { id: 'c', values: [1] },
    ]
    expect(find(aggregate(outcomes), 'blank-passes')).toMatchObject({ value: 1, n: 3, scale: 'count', interval: null })
    expect(find(aggregate(outcomes, 'fixed'), 'blank-passes')).toBeUndefined()
  })

  it('resample prompts: items of one prompt stand or fall together', () => {
    const twins = aggregate(
      Array.from({ length: 40 }, (_none, index) => ({
        id: `i${index}`,
        prompt: `p${index >> 1}`,
        values: [index % 4 < 2 ? 1 : 0] as const,
      })),
    )
    const single = aggregate(
      Array.from({ length: 40 }, (_none, index) => ({ id: `i${index}`, values: [index % 4 < 2 ? 1 : 0] as const })),
    )
    const width = (metrics: readonly Metric[]) =>
      find(metrics, 'avg')!.interval!.high - find(metrics, 'avg')!.interval!.low
    expect(width(twins)).toBeGreaterThan(1.3 * width(single))
  })
})
