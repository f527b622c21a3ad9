import { describe, expect, it } from 'vitest'
import { applySoft } from '../../../../src/checkers/reward-model/embedded/soft-scaling.ts'
import { fitSoft } from '../../../../src/checkers/reward-model/training/fit-soft.ts'

const scores = Array.from({ length: 200 }, (_, index) => ({ tree: 5 - index, relevance: (index % 21) / 5 - 2 }))

describe('the reading of constraints with nothing checkable', () => {
  it('gives the share of satisfied judged pairs on the whole, and more where the response is relevant', () => {
    const soft = fitSoft(
      scores,
      scores.map((_, index) => (index % 10 === 0 ? 0 : 1)),
    )
    const p = scores.map(({ tree, relevance }) => applySoft(soft, tree, relevance))
    expect(p.reduce((sum, value) => sum + value, 0) / p.length).toBeCloseTo(0.9, 1)
    expect(applySoft(soft, 0, 2)).toBeGreaterThan(applySoft(soft, 0, -2) + 0.1)
    expect(applySoft(soft, -9, 1)).toBe(applySoft(soft, 9, 1))
  })

  it('stays finite where all are satisfied', () => {
    const soft = fitSoft(
      scores,
      scores.map(() => 1),
    )
    expect(Math.abs(soft.offset)).toBeLessThan(10)
  })

  it('falls back on the trees without relevance or without judged pairs', () => {
    const alone = { trees: 1, relevance: 0, offset: 0 }
    expect(fitSoft([], [])).toEqual(alone)
    expect(
      fitSoft(
        scores.map(({ tree }) => ({ tree, relevance: 0 })),
        scores.map(() => 1),
      ),
    ).toEqual(alone)
  })
})
