import { describe, expect, it } from 'vitest'
import { createMetricTable, type MetricHead } from '../../src/stats/metric-table.ts'

const passes: MetricHead = { id: 'passes', protocol: 'official', scale: 'fraction', unit: 'item' }
const csr: MetricHead = { id: 'csr', protocol: 'official', scale: 'fraction', unit: 'constraint' }
const score: MetricHead = { id: 'score', protocol: 'official', scale: 'score-10', unit: 'item' }

function only(head: MetricHead, shares: readonly (readonly [string, number, number])[]) {
  const table = createMetricTable()
  for (const [cluster, numerator, denominator] of shares) table.ratio(head, { cluster, numerator, denominator })
  return table.metrics()[0]!
}

describe('ratio figures', () => {
  it('gives a binary figure with one item a cluster Wilson`s interval', () => {
    const shares = Array.from({ length: 541 }, (_, item) => [`${item}`, item < 392 ? 1 : 0, 1] as const)
    const { value, n, interval } = only(passes, shares)
    expect(value).toBeCloseTo(392 / 541, 15)
    expect(n).toBe(541)
    expect(interval?.method).toBe('wilson')
    expect(interval?.low).toBeCloseTo(0.6854568248, 9)
    expect(interval?.high).toBeCloseTo(0.7605444772, 9)
  })

  it('gives sub-questions of items the corrected linearised error with t for few clusters', () => {
    const { value, n, interval } = only(csr, [
      ['a', 3, 5],
      ['b', 5, 5],
      ['c', 2, 4],
      ['d', 4, 4],
    ])
    expect(value).toBeCloseTo(0.7777777778, 9)
    expect(n).toBe(18)
    expect(interval).toMatchObject({ method: 'cluster-robust', level: 0.95, high: 1 })
    expect(interval?.low).toBeCloseTo(0.7777777778 - 3.182446305284263 * 0.1290896061, 8)
  })

  it('adds up a cluster wherever its shares come in the stream', () => {
    const together = only(csr, [
      ['a', 3, 5],
      ['a', 1, 2],
      ['b', 2, 3],
    ])
    const apart = only(csr, [
      ['a', 3, 5],
      ['b', 2, 3],
      ['a', 1, 2],
    ])
    expect(apart).toEqual(together)
  })

  it('does not take items of one cluster for independent ones', () => {
    const shares = Array.from({ length: 400 }, (_, item) => [`${item >> 2}`, (item >> 2) % 2, 1] as const)
    const { interval } = only(passes, shares)
    expect(interval?.method).toBe('cluster-robust')
    expect(interval!.high - interval!.low).toBeCloseTo(2 * 1.959963984540054 * Math.sqrt(0.25 / 99), 9)
    const strewn = Array.from({ length: 400 }, (_, item) => [`${item % 100}`, item % 2, 1] as const)
    expect(only(passes, strewn).interval?.method).toBe('cluster-robust')
  })

  it('claims no certainty where every cluster passes all', () => {
    const { interval } = only(csr, [
      ['a', 3, 3],
      ['b', 2, 2],
      ['c', 1, 1],
    ])
    expect(interval).toMatchObject({ method: 'wilson', high: 1 })
    expect(interval?.low).toBeCloseTo(0.4385, 4)
  })

  it('keeps the interval of a clustered score inside its scale', () => {
    const { interval } = only(score, [
      ['a', 9.9, 1],
      ['b', 9, 1],
      ['c', 10, 1],
    ])
    expect(interval?.high).toBe(10)
    expect(interval!.low).toBeLessThan(9.6)
  })

  it('keeps a value below its scale inside its interval', () => {
    const { value, interval } = only(csr, [
      ['a', -1, 1],
      ['b', -1, 2],
      ['c', 0, 2],
    ])
    expect(value).toBe(-0.4)
    expect(interval!.low).toBe(-0.4)
    expect(interval!.high).toBeGreaterThan(-0.4)
  })

  it('gives no interval for fewer than two clusters, and no value without a denominator', () => {
    expect(only(csr, [['a', 1, 2]])).toMatchObject({ value: 0.5, interval: null })
    expect(only(csr, [['a', 0, 0]])).toMatchObject({ value: null, n: 0, interval: null, bounds: null })
  })

  it('does not count a cluster that has nothing of the figure', () => {
    const table = createMetricTable()
    table.ratio(csr, { cluster: 'nothing', numerator: 0, denominator: 0 })
    table.ratio(csr, { cluster: 'a', numerator: 1, denominator: 2 })
    expect(table.metrics()[0]?.interval).toBeNull()
    expect(table.resampler(csr)?.clusters).toEqual(['a'])
  })

  it('bounds a figure by what the missing could have been', () => {
    const table = createMetricTable()
    table.ratio(csr, { cluster: 'a', numerator: 2, denominator: 4 })
    table.ratio(csr, {
      cluster: 'b',
      numerator: 1,
      denominator: 2,
      missing: 2,
      low: { numerator: 1, denominator: 4 },
      high: { numerator: 3, denominator: 4 },
    })
    expect(table.metrics()[0]).toMatchObject({ value: 0.5, missing: 2, bounds: { low: 3 / 8, high: 5 / 8 } })
  })

  it('says nothing of bounds where nothing is missing', () => {
    const table = createMetricTable()
    table.ratio(csr, { cluster: 'a', numerator: 2, denominator: 4, missing: 0, low: { numerator: 0, denominator: 4 } })
    expect(table.metrics()[0]?.bounds).toBeNull()
  })

  it('takes a missing share without `low` and `high` as it was counted', () => {
    const table = createMetricTable()
    table.ratio(csr, {
      cluster: 'a',
      numerator: 0,
      denominator: 2,
      missing: 1,
      high: { numerator: 1, denominator: 2 },
    })
    expect(table.metrics()[0]?.bounds).toEqual({ low: 0, high: 0.5 })
  })

  it('keeps fractions, negative and large numbers exactly', () => {
    const table = createMetricTable()
    const numerators = [255, 256, 4294967296, 0.1, -3]
    numerators.forEach((numerator, index) => {
      table.ratio({ ...score, scale: 'count' }, { cluster: `${index}`, numerator, denominator: 1 })
    })
    const resampler = table.resampler(score)!
    expect(numerators.map((_, index) => resampler.evaluate([index]))).toEqual(numerators)
  })

  it('resamples whole clusters', () => {
    const table = createMetricTable()
    table.ratio(csr, { cluster: 'a', numerator: 1, denominator: 4 })
    table.ratio(csr, { cluster: 'b', numerator: 2, denominator: 2 })
    const resampler = table.resampler({ id: 'csr' })!
    expect(resampler.clusters).toEqual(['a', 'b'])
    expect(resampler.evaluate([0, 0, 1])).toBe(0.4)
    expect(resampler.evaluate([])).toBeNull()
  })

  it('refuses a share that is not a number', () => {
    const table = createMetricTable()
    expect(() => table.ratio(csr, { cluster: 'a', numerator: Number.NaN, denominator: 1 })).toThrow(
      'Expected finite numbers for figure csr in cluster a, got NaN of 1',
    )
  })
})

describe('composed figures', () => {
  const clusters = Array.from({ length: 60 }, (_, index) => `c${index}`)
  const evaluate = (indices: ArrayLike<number>) => {
    let total = 0
    for (let draw = 0; draw < indices.length; draw += 1) total += indices[draw]! % 2
    return total / indices.length
  }
  const figure = { clusters, evaluate, n: 60, missing: 3, bounds: { low: 0.45, high: 0.55 } }

  it('are evaluated over all clusters once, and bootstrapped by cluster', () => {
    const table = createMetricTable()
    table.composed(passes, figure)
    const [metric] = table.metrics()
    expect(metric).toMatchObject({ value: 0.5, n: 60, missing: 3, bounds: { low: 0.45, high: 0.55 } })
    expect(metric?.interval?.method).toBe('cluster-bootstrap')
    expect(metric!.interval!.high - metric!.interval!.low).toBeCloseTo(2 * 1.96 * Math.sqrt(0.25 / 60), 1)
    expect(table.resampler(passes)?.evaluate([1, 1, 2, 3])).toBe(0.75)
  })

  it('give the same interval for the same seed, another for another', () => {
    const table = createMetricTable()
    table.composed(score, {
      ...figure,
      evaluate: (indices) => Array.from(indices).reduce((total, index) => total + Math.sqrt(index), 0) / indices.length,
    })
    expect(table.metrics({ seed: 1 })).toEqual(table.metrics({ seed: 1 }))
    expect(table.metrics({ seed: 1 })[0]?.interval).not.toEqual(table.metrics({ seed: 2 })[0]?.interval)
    expect(table.metrics({ seed: 1, replicates: 10 })[0]?.interval).not.toEqual(table.metrics({ seed: 1 })[0]?.interval)
  })

  it('have no interval where resamples often leave them undefined', () => {
    const table = createMetricTable()
    const needsFirst = (indices: ArrayLike<number>) => (Array.from(indices).includes(0) ? 0.5 : null)
    table.composed(passes, { ...figure, evaluate: needsFirst })
    expect(table.metrics()[0]).toMatchObject({ value: 0.5, interval: null })
  })

  it('claim no certainty where every resample is at one end of the scale', () => {
    for (const end of [0, 1]) {
      const table = createMetricTable()
      table.composed(passes, { ...figure, evaluate: () => end })
      const { interval } = table.metrics()[0]!
      expect(interval?.method).toBe('wilson')
      expect([interval!.low, interval!.high].sort()).toEqual(
        end === 0 ? [0, expect.closeTo(0.0602, 4)] : [expect.closeTo(0.9398, 4), 1],
      )
    }
    const table = createMetricTable()
    table.composed(score, { ...figure, evaluate: () => 1 })
    expect(table.metrics()[0]!.interval).toMatchObject({ low: 1, high: 1, method: 'cluster-bootstrap' })
  })

  it('have no interval for one cluster', () => {
    const table = createMetricTable()
    table.composed(passes, { ...figure, clusters: ['only'] })
    expect(table.metrics()[0]).toMatchObject({ value: 0, interval: null })
  })
})

describe('the table', () => {
  it('keeps the order in which figures were first named', () => {
    const table = createMetricTable()
    const group = { dimension: 'type', value: 'b' }
    table.ratio(csr, { cluster: 'a', numerator: 1, denominator: 1 })
    table.ratio({ ...csr, group }, { cluster: 'a', numerator: 0, denominator: 1 })
    table.composed(score, { clusters: [], evaluate: () => null, n: 0, missing: 0, bounds: null })
    table.ratio(csr, { cluster: 'b', numerator: 1, denominator: 1 })
    expect(table.metrics().map(({ id, group: of, value }) => [id, of?.value, value])).toEqual([
      ['csr', undefined, 1],
      ['csr', 'b', 0],
      ['score', undefined, null],
    ])
    expect('group' in table.metrics()[0]!).toBe(false)
  })

  it('knows a figure by id and group only', () => {
    const table = createMetricTable()
    table.ratio({ ...csr, group: { dimension: 'type', value: 'b' } }, { cluster: 'a', numerator: 0, denominator: 1 })
    expect(table.resampler({ id: 'csr' })).toBeNull()
    expect(table.resampler({ id: 'csr', group: { dimension: 'type', value: 'b' } })?.clusters).toEqual(['a'])
  })

  it('refuses a figure that is named in two ways', () => {
    const table = createMetricTable()
    const figure = { clusters: [], evaluate: () => null, n: 0, missing: 0, bounds: null }
    table.ratio(csr, { cluster: 'a', numerator: 1, denominator: 1 })
    table.composed(score, figure)
    expect(() => table.composed(csr, figure)).toThrow('Figure csr has shares already')
    expect(() => table.composed(score, figure)).toThrow('Figure score was composed twice')
    expect(() => table.ratio(score, { cluster: 'a', numerator: 1, denominator: 1 })).toThrow('is composed already')
    expect(() => table.ratio({ ...csr, unit: 'item' }, { cluster: 'a', numerator: 1, denominator: 1 })).toThrow(
      'another protocol, scale or unit',
    )
  })

  it('holds 100,000 items and forty figures in seconds and tens of megabytes', () => {
    const table = createMetricTable()
    const heads = Array.from({ length: 40 }, (_, figure): MetricHead => ({ ...csr, id: `figure-${figure}` }))
    const before = process.memoryUsage()
    const started = process.cpuUsage()
    for (let item = 0; item < 100_000; item += 1) {
      for (const head of heads) table.ratio(head, { cluster: `item-${item}`, numerator: item % 4, denominator: 5 })
    }
    const metrics = table.metrics()
    const used = process.cpuUsage(started)
    const after = process.memoryUsage()
    expect(metrics[39]?.value).toBe(0.3)
    expect((used.user + used.system) / 1e6).toBeLessThan(15)
    expect((after.arrayBuffers - before.arrayBuffers) / 2 ** 20).toBeLessThan(64)
  })
})
