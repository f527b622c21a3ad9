import { describe, expect, it } from 'vitest'
import { agreementOfValues, pairPlaces } from '../../../src/report/agreement/agreement-of-values.ts'
import type { ScoredPlace } from '../../../src/report/agreement/read-values.ts'

function places(scorer: string, values: readonly (number | null)[]): Map<string, ScoredPlace> {
  return new Map(
    values.map((value, at) => [String(at), { item: `item-${at >> 1}`, constraint: `c${at}`, scorer, value }]),
  )
}

describe('agreement of two scorings', () => {
  it('counts pairs of verdicts, leaves the others out and says how many those are', () => {
    const one = places('judge:a', [1, 1, 1, 0, 0, 1, null, null])
    const other = places('judge:b', [1, 1, 0, 0, 1, 1, 1, null])
    const found = agreementOfValues(pairPlaces(one, other))
    expect(found).toMatchObject({ n: 6, unpaired: 2, firstOnly: 1, secondOnly: 1, rates: [4 / 6, 4 / 6] })
    expect(found.scorers).toEqual([['judge:a'], ['judge:b']])
    expect(found.equal.value).toBeCloseTo(4 / 6, 12)
    // Chance agrees in (4 x 4 + 2 x 2)/36 of the pairs.
    expect(found.binary?.kappa).toBeCloseTo((4 / 6 - 20 / 36) / (1 - 20 / 36), 12)
    expect(found.meanDifference).toBe(0)
    expect(found.meanAbsoluteDifference).toBeCloseTo(2 / 6, 12)
  })

  it('widens the interval where items belong together', () => {
    const values = Array.from({ length: 40 }, (_unused, at) => (at < 20 ? 1 : 0))
    const pairs = pairPlaces(places('judge:a', values), places('judge:b', Array(40).fill(1)))
    const width = ({ equal }: ReturnType<typeof agreementOfValues>) => equal.high! - equal.low!
    const apart = agreementOfValues(pairs)
    const together = agreementOfValues(pairs, (item) => String(Number(item.slice(5)) >> 2))
    expect(together.equal.value).toBe(apart.equal.value)
    expect(width(together)).toBeGreaterThan(width(apart))
  })

  it('has differences instead of kappa for graded scores', () => {
    const found = agreementOfValues(pairPlaces(places('judge:a', [8, 6, 10]), places('judge:b', [7, 6, 4])))
    expect(found).toMatchObject({ n: 3, binary: null, rates: null, firstOnly: null, secondOnly: null })
    expect(found.meanDifference).toBeCloseTo(7 / 3, 12)
    expect(found.equal.value).toBeCloseTo(1 / 3, 12)
  })

  it('passes over what the same scorer decided on both sides', () => {
    expect(pairPlaces(places('rule', [1, 0]), places('rule', [1, 0]))).toEqual([])
  })

  it('has no figure where no pair is left', () => {
    const found = agreementOfValues(pairPlaces(places('judge:a', [null]), places('judge:b', [1])))
    expect(found).toMatchObject({ n: 0, unpaired: 1, binary: null, meanDifference: null, rates: null, firstOnly: null })
    expect(found.scorers).toEqual([[], ['judge:b']])
    expect(found.equal).toEqual({ value: null, low: null, high: null })
  })
})
