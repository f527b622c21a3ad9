import { describe, expect, it } from 'vitest'
import { type ReadRun, toCheckpoints } from '../../src/report/compare/checkpoint.ts'
import { listFlips, pickFlips } from '../../src/report/compare/flips.ts'
import { meanOverSeeds } from '../../src/report/compare/mean-over-seeds.ts'
import { formatDifference, formatP } from '../../src/report/format-difference.ts'
import { sparkline } from '../../src/report/sparkline.ts'
import type { ItemValue } from '../../src/runners/read-results.ts'
import { near, scoredRun } from './_runs.ts'

function read(name: string, over: Parameters<typeof scoredRun>[2] = {}): ReadRun {
  return { run: scoredRun(name, [near(0.5)], over), facts: {} } as unknown as ReadRun
}

describe('checkpoints of a comparison', () => {
  const sizes = (runs: readonly ReadRun[]) => toCheckpoints(runs).map(({ name, runs }) => `${name} ${runs.length}`)

  it('pool seeds of one name, of decoding or of training', () => {
    expect(
      sizes([read('a', { seed: 1 }), read('b', { seed: 1 }), read('a', { seed: 2 }), read('b', { seed: 2 })]),
    ).toEqual(['a 2', 'b 2'])
    const trained = (seed: string) => read('a', { tags: { seed } })
    expect(sizes([trained('1'), trained('2'), read('b')])).toEqual(['a 2', 'b 1'])
  })

  it('never pool seeds of decoding with seeds of training', () => {
    expect(
      sizes([read('a', { seed: 1, tags: { seed: '1' } }), read('a', { seed: 2, tags: { seed: '2' } }), read('b')]),
    ).toEqual(['a 1', 'a (2) 1', 'b 1'])
  })

  it('stay apart when they differ in another tag or are the same run twice', () => {
    expect(sizes([read('a', { tags: { step: '1' } }), read('a', { tags: { step: '2' } })])).toEqual(['a 1', 'a (2) 1'])
    expect(sizes([read('a'), read('a'), read('b')])).toEqual(['a 1', 'a (2) 1', 'b 1'])
  })

  it('are compared with each other when nothing but seeds of one is given', () => {
    expect(sizes([read('a', { seed: 1 }), read('a', { seed: 2 })])).toEqual(['a 1', 'a (2) 1'])
  })
})

describe('the mean over seeds', () => {
  const figure = (clusters: string[], values: number[]) => ({
    clusters,
    evaluate: (indices: ArrayLike<number>) =>
      Array.from(indices, (index) => values[index]!).reduce((a, b) => a + b, 0) / indices.length,
  })

  it('averages item by item over the clusters that all seeds have, in whatever order', () => {
    const mean = meanOverSeeds([figure(['x', 'y', 'z'], [1, 0, 1]), figure(['y', 'x'], [1, 0])])
    expect(mean.clusters).toEqual(['x', 'y'])
    expect(mean.evaluate([0])).toBe(0.5)
    expect(mean.evaluate([1])).toBe(0.5)
    expect(mean.evaluate([0, 0, 1])).toBeCloseTo(0.5, 12)
  })

  it('is null where a seed has no value', () => {
    expect(meanOverSeeds([figure(['x'], [1]), { clusters: ['x'], evaluate: () => null }]).evaluate([0])).toBeNull()
  })
})

describe('flips', () => {
  const items = (values: (number | null)[]): ItemValue[] =>
    values.map((value, index) => ({ item: `i${index}`, cluster: `i${index}`, constraints: 1, value }))
  const list = listFlips({ a: { items: items([1, 0, 1, null, 0.4]) }, b: { items: items([0, 1, 1, 1, 0.5]) } } as never)

  it('are told apart from equal and from unmeasured items', () => {
    expect(list).toMatchObject({ equal: 1, unmeasured: 1 })
    expect(list.gains.map(({ item }) => item)).toEqual(['i0'])
    expect(list.losses.map(({ item }) => item)).toEqual(['i1', 'i4'])
  })

  it('are picked from both sides in turn', () => {
    expect(pickFlips(list, 2).map(({ item }) => item)).toEqual(['i1', 'i0'])
    expect(pickFlips(list, 9)).toHaveLength(3)
  })
})

describe('printed figures', () => {
  it('have a sign when they are differences, and none when they round to nothing', () => {
    expect(formatDifference(0.0371, 'fraction')).toBe('+3.7')
    expect(formatDifference(-0.0371, 'fraction')).toBe('-3.7')
    expect(formatDifference(-0.0001, 'fraction')).toBe('0.0')
    expect(formatDifference(-0.5, 'score-10')).toBe('-0.50')
    expect(formatDifference(null, 'fraction')).toBe('–')
  })

  it('give the smallest p of a bootstrap as a bound', () => {
    expect(formatP(1 / 10_001, 1 / 10_001)).toBe('< 1e-4')
    expect(formatP(0.0004)).toBe('0.0004')
    expect(formatP(0.0461)).toBe('0.046')
    expect(formatP(null)).toBe('–')
  })

  it('draw a line of bars with holes', () => {
    expect(sparkline([0, 0.5, null, 1])).toBe('▁▅ █')
    expect(sparkline([0.3, 0.3])).toBe('▄▄')
  })
})
