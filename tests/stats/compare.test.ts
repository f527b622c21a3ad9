import { describe, expect, it } from 'vitest'
import { mulberry32 } from '../../src/core/random.ts'
import { clusterPairs } from '../../src/stats/cluster-pairs.ts'
import { type CompareInput, compareFigure, type ItemPair } from '../../src/stats/compare.ts'
import { adjustFamily } from '../../src/stats/compare-family.ts'
import { createMetricTable, type MetricHead } from '../../src/stats/metric-table.ts'
import { tiedGroups } from '../../src/stats/tied-groups.ts'

const options = { replicates: 2000, seed: 1 }

type Row = readonly [cluster: string, a: number, b: number, of?: number]

/** Both sides of a ratio figure; every row is an item. */
function input(rows: readonly Row[], scale: CompareInput['scale'] = 'fraction'): CompareInput {
  const head: MetricHead = { id: 'x', protocol: 'official', scale, unit: 'item' }
  const sides = [createMetricTable(), createMetricTable()] as const
  const items = rows.map(([cluster, a, b, of = 1], row): ItemPair => {
    sides[0].ratio(head, { cluster, numerator: a, denominator: of })
    sides[1].ratio(head, { cluster, numerator: b, denominator: of })
    return { item: `${row}`, cluster, a: a / of, b: b / of }
  })
  return { a: sides[0].resampler(head)!, b: sides[1].resampler(head)!, scale, items }
}

/** Pass-or-fail items: `onlyA` and `onlyB` tell the two apart, the rest of `n` is passed by both. */
function passes(n: number, onlyA: number, onlyB: number): Row[] {
  return Array.from({ length: n }, (_, item) => [
    `${item}`,
    Number(item >= onlyB),
    Number(item < onlyB || item >= onlyA + onlyB),
  ])
}

describe('comparing a figure', () => {
  it('lets McNemar`s exact test decide where few items tell the two apart, because the bootstrap is too easy', () => {
    const found = compareFigure(input(passes(500, 5, 0)), options)
    expect(found).toMatchObject({ test: 'mcnemar-exact', p: 0.0625, verdict: 'no difference shown', n: 500 })
    expect(found.why).toContain('5 disagreements')
    expect(found.bootstrap.p!).toBeLessThan(0.05)
    expect(found.disagreements).toEqual({ onlyA: 5, onlyB: 0 })
  })

  it('takes the bootstrap from 25 disagreements on, and reports McNemar beside it', () => {
    const found = compareFigure(input(passes(541, 114, 60)), options)
    expect(found).toMatchObject({ test: 'cluster-bootstrap', verdict: 'better', clusters: 541 })
    expect(found.p).toBe(found.bootstrap.p)
    expect(found.mcNemar!.exactP).toBeCloseTo(5.2e-5, 6)
    expect(found.difference).toBeCloseTo(54 / 541, 12)
    expect(found.interval).toMatchObject({ method: 'cluster-bootstrap', level: 0.95 })
    expect(found.interval!.low).toBeGreaterThan(0)
    expect(found.standardError).toBeCloseTo(Math.sqrt(174 / 541 - (54 / 541) ** 2) / Math.sqrt(541), 2)
    expect(found.detectable).toBeCloseTo(2.8015852181 * found.standardError!, 9)
    expect(found.effect?.name).toBe("Cohen's h")
    expect(compareFigure(input(passes(541, 60, 114)), options).verdict).toBe('worse')
  })

  it('does not use item tests where items share a cluster', () => {
    const rows = passes(60, 6, 0).map(([, a, b], item): Row => [`${item >> 1}`, a, b])
    const found = compareFigure(input(rows), options)
    expect(found).toMatchObject({ test: 'cluster-bootstrap', mcNemar: null, wilcoxon: null, clusters: 30 })
    expect(found.disagreements).toEqual({ onlyA: 6, onlyB: 0 })
  })

  it('does not use item tests where the figure is not the mean over items', () => {
    const rows: Row[] = Array.from({ length: 40 }, (_, item) => [
      `${item}`,
      item % 3 === 0 ? 4 : 1,
      1,
      item % 2 === 0 ? 4 : 8,
    ])
    const found = compareFigure(input(rows), options)
    expect(found).toMatchObject({ test: 'cluster-bootstrap', wilcoxon: null, mcNemar: null, disagreements: null })
  })

  it('lets Wilcoxon`s exact test decide for few graded items, tied by decimals and not by binary digits', () => {
    const rows: Row[] = Array.from({ length: 12 }, (_, item) => [
      `${item}`,
      item < 9 ? 0.1 * item + 0.1 : 0.5,
      item < 9 ? 0.1 * item : 0.5,
    ])
    const found = compareFigure(input(rows), options)
    expect(found.test).toBe('wilcoxon-exact')
    expect(found.p).toBeCloseTo(2 / 2 ** 9, 12)
    expect(found.wilcoxon).toMatchObject({ n: 9, plus: 45 })
    expect(found).toMatchObject({ verdict: 'better', disagreements: null })
  })

  it('says too few items where ten points could not have been found', () => {
    expect(compareFigure(input(passes(40, 8, 7)), options).verdict).toBe('too few items')
    expect(compareFigure(input(passes(40, 8, 7)), { ...options, resolution: 0.5 }).verdict).toBe('no difference shown')
    expect(compareFigure(input(passes(2000, 60, 55)), options).verdict).toBe('no difference shown')
  })

  it('never trusts a bootstrap over a handful of clusters', () => {
    const rows: Row[] = Array.from({ length: 6 }, (_, item) => [`${item}`, 8, 1, 10 + item])
    const found = compareFigure(input(rows), options)
    expect(found.p!).toBeLessThan(0.01)
    expect(found.verdict).toBe('too few items')
    expect(adjustFamily([{ comparison: found, scale: 'fraction' }])[0]).toMatchObject({
      mark: '',
      verdict: 'too few items',
    })
  })

  it('knows that equal results of few items prove little, and of many more', () => {
    const few = compareFigure(input(passes(12, 0, 0)), options)
    const many = compareFigure(input(passes(1000, 0, 0)), options)
    expect(few).toMatchObject({ p: 1, difference: 0, verdict: 'too few items', effect: { value: 0 } })
    expect(many).toMatchObject({ p: 1, verdict: 'no difference shown' })
    expect(many.detectable).toBeCloseTo((2.8015852181 * Math.sqrt(3)) / 1000, 9)
  })

  it('pairs clusters by name and lists what only one side has', () => {
    const whole = input(passes(50, 20, 5))
    const shuffled = [...whole.b.clusters].reverse().slice(0, 45)
    const backwards = {
      clusters: [...shuffled, 'stray'],
      evaluate: (indices: ArrayLike<number>) =>
        whole.b.evaluate(Array.from(indices, (index) => whole.b.clusters.indexOf(shuffled[index]!))),
    }
    const found = compareFigure({ ...whole, b: backwards }, options)
    const expected = compareFigure(input(passes(50, 20, 5).slice(5)), options)
    expect(found.leftOut).toEqual({ onlyA: ['0', '1', '2', '3', '4'], onlyB: ['stray'] })
    expect(found).toMatchObject({ clusters: 45, n: 45, difference: expected.difference, p: expected.p })
  })

  it('counts pairs without a value apart', () => {
    const whole = input(passes(30, 10, 1))
    const items = whole.items.map((pair, index) => (index === 29 ? { ...pair, b: null } : pair))
    expect(compareFigure({ ...whole, items }, options)).toMatchObject({ n: 29, unmeasured: 1, mcNemar: null })
  })

  it('can take its items from the figures where clusters are items', () => {
    const whole = input(passes(300, 12, 3))
    const items = clusterPairs(whole.a, { ...whole.b, clusters: [...whole.b.clusters] })
    expect(items[0]).toEqual({ item: '0', cluster: '0', a: 0, b: 1 })
    expect(compareFigure({ ...whole, items }, options)).toEqual(compareFigure(whole, options))
    expect(clusterPairs(whole.a, { clusters: ['7', 'stray'], evaluate: () => null })).toEqual([
      { item: '7', cluster: '7', a: 1, b: null },
    ])
  })

  it('has nothing to say about nothing', () => {
    const empty = { clusters: [], evaluate: () => null }
    expect(compareFigure({ a: empty, b: empty, scale: 'fraction', items: [] }, options)).toMatchObject({
      difference: null,
      p: null,
      interval: null,
      verdict: 'too few items',
      effect: null,
      detectable: null,
    })
  })

  it('works on composed figures without items', () => {
    const random = mulberry32(3)
    const clusters = Array.from({ length: 80 }, (_, index) => `${index}`)
    const levels = clusters.map(() => [random(), random()] as const)
    const worst = (lift: number) => (indices: ArrayLike<number>) =>
      Math.min(
        ...[0, 1].map(
          (level) =>
            Array.from(indices).reduce((sum, index) => sum + levels[index]![level]!, 0) / indices.length + lift,
        ),
      )
    const found = compareFigure(
      { a: { clusters, evaluate: worst(0.2) }, b: { clusters, evaluate: worst(0) }, scale: 'count', items: [] },
      { replicates: 200 },
    )
    expect(found.difference).toBeCloseTo(0.2, 12)
    expect(found).toMatchObject({ p: 1 / 201, verdict: 'better', test: 'cluster-bootstrap', n: 0 })
  })
})

describe('a family of comparisons', () => {
  const comparison = (onlyA: number, onlyB: number) => compareFigure(input(passes(800, onlyA, onlyB)), options)

  it('adjusts by Holm, and marks what only the unadjusted p would show', () => {
    const members = [comparison(24, 0), comparison(16, 5), comparison(9, 9)].map((one) => ({
      comparison: one,
      scale: 'fraction' as const,
    }))
    const [strong, weak, none] = adjustFamily(members)
    expect(strong).toMatchObject({ mark: '***', verdict: 'better' })
    expect(weak!.comparison.verdict).toBe('better')
    expect(weak!.comparison.p!).toBeCloseTo(0.0266, 4)
    expect(weak).toMatchObject({ mark: '†', verdict: 'no difference shown' })
    expect(weak!.adjustedP).toBeCloseTo(2 * weak!.comparison.p!, 12)
    expect(none).toMatchObject({ mark: '', adjustedP: 1 })
  })

  it('leaves out what has no p', () => {
    const empty = compareFigure(
      {
        a: { clusters: [], evaluate: () => null },
        b: { clusters: [], evaluate: () => null },
        scale: 'fraction',
        items: [],
      },
      options,
    )
    const family = adjustFamily([
      { comparison: empty, scale: 'fraction' },
      { comparison: comparison(16, 5), scale: 'fraction' },
    ])
    expect(family[0]).toMatchObject({ adjustedP: null, mark: '' })
    expect(family[1]!.adjustedP).toBe(family[1]!.comparison.p)
    expect(family[1]!.mark).toBe('*')
  })
})

describe('tied groups', () => {
  const entries = [
    { name: 'c', value: 0.5 },
    { name: 'a', value: 0.9 },
    { name: 'b', value: 0.88 },
    { name: 'd', value: 0.48 },
  ]

  it('cut only where all above beat all below', () => {
    const clear = tiedGroups(entries, (one, other) => entries[one]!.value - entries[other]!.value > 0.1)
    expect(clear.map(({ name, group, rank }) => [name, group, rank])).toEqual([
      ['a', 1, [1, 2]],
      ['b', 1, [1, 2]],
      ['c', 2, [3, 4]],
      ['d', 2, [3, 4]],
    ])
  })

  it('keep one group where a single pair is not told apart', () => {
    const blurred = tiedGroups(
      entries,
      (one, other) => entries[one]!.value - entries[other]!.value > 0.1 && !(entries[one]!.name === 'b' && other === 0),
    )
    expect(blurred.map(({ group }) => group)).toEqual([1, 1, 1, 1])
    expect(blurred.map(({ rank }) => rank)).toEqual([
      [1, 2],
      [1, 3],
      [2, 4],
      [3, 4],
    ])
  })
})
