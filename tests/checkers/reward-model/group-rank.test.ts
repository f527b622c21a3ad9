import { describe, expect, it } from 'vitest'
import { rankGroup, rankGroups } from '../../../src/checkers/reward-model/group-rank.ts'

const rows = (...pairs: readonly (readonly [number, number])[]) => pairs.map(([score, level]) => ({ score, level }))

describe('the official group procedure', () => {
  it('calls a scorer perfect that gives everything the same score; plain tau-b is undefined', () => {
    const found = rankGroup(rows([0.5, 2], [0.5, 5], [0.5, 1]))
    expect(found).toMatchObject({ positionConsistency: 1, exactMatch: true, plainTau: null })
    expect(found.officialTau).toBeCloseTo(1, 12)
  })

  it('keeps equal levels in reversed file order of labels', () => {
    expect(rankGroup(rows([0.1, 2], [0.2, 2], [0.3, 2])).rankByLabel).toEqual([3, 2, 1])
  })

  it('averages over groups and counts where plain tau-b is undefined', () => {
    const found = rankGroups(rows([0.9, 2], [0.1, 1], [0.1, 2], [0.9, 1], [0.5, 1], [0.5, 2]), 2)
    expect(found).toMatchObject({ exactMatch: 2 / 3, plainTau: 0, plainTauUndefined: 1 })
    expect(found.officialTau).toBeCloseTo(1 / 3, 12)
    expect(found.positionConsistency).toBeCloseTo(2 / 3, 12)
  })

  it('refuses an incomplete last group', () => {
    expect(() => rankGroups(rows([1, 1], [1, 2], [1, 3]), 2)).toThrow('multiple of the group size 2, got 3')
  })
})
