import { describe, expect, it } from 'vitest'
import { binaryTauB } from '../../../../src/checkers/reward-model/evaluation/binary-tau.ts'
import { evaluate } from '../../../../src/checkers/reward-model/evaluation/evaluate.ts'
import type { LabelledLine } from '../../../../src/checkers/reward-model/evaluation/labelled-line.ts'
import { mulberry32 } from '../../../../src/core/random.ts'
import { rankCorrelation } from '../../../../src/stats/rank-correlation.ts'

const options = { threshold: 0.5, seed: 1, resamples: 100 }

function lines(count: number): LabelledLine[] {
  return Array.from({ length: count }, (_, index) => ({
    id: String(index),
    response: `r${index >> 2}`,
    constraint: 'c',
    label: index % 3 === 0 ? 0 : 1,
    type: index % 2 === 0 ? 'even' : 'odd',
    level: (index % 4) + 1,
    group: index >> 2,
  }))
}

describe('the evaluation of a reward model', () => {
  it('gives a constant scorer no credit but in the tie-breaking variant', () => {
    const all = lines(80)
    const result = evaluate(
      all,
      all.map(() => 0.9),
      options,
    )
    expect(result.overall.accuracy.value).toBe(result.majorityAccuracy)
    expect(result.overall.balancedAccuracy.value).toBe(0.5)
    expect(result.overall.auroc.value).toBe(0.5)
    expect(result.overall.tauB.value).toBeNull()
    expect(result.ranks).toMatchObject({ tauB: null, undefinedGroups: 20, weval: { tau: 1, exactMatch: 1 } })
  })

  it('gives a perfect scorer everything', () => {
    const all = lines(80)
    const result = evaluate(
      all,
      all.map(({ label }) => label),
      options,
    )
    expect(result.overall).toMatchObject({ accuracy: { value: 1 }, auroc: { value: 1 }, ece: { value: 0 } })
    expect(result.bias).toMatchObject({ differenceKept: 1 })
  })

  it('counts types, levels and pairs without a score apart', () => {
    const all = lines(40)
    const result = evaluate(
      all,
      all.map((_, index) => (index === 0 ? null : 0.7)),
      options,
    )
    expect(result).toMatchObject({ n: 39, unscored: 1 })
    expect(result.byType.map(({ name, measured }) => [name, measured.n])).toEqual([
      ['odd', 20],
      ['even', 19],
    ])
    expect(result.byLevel).toHaveLength(4)
  })

  it('compares pseudo-labels with labels of people', () => {
    const all = lines(30).map((line, index) => ({ ...line, human: (index < 3 ? 1 - line.label : line.label) as 0 | 1 }))
    const { pseudoLabels } = evaluate(
      all,
      all.map(() => 0.6),
      options,
    )
    expect(pseudoLabels).toMatchObject({ n: 30, confusion: { falsePositives: 2, falseNegatives: 1 } })
  })

  it('says what wrong labels do to a score', () => {
    const all = lines(40)
    const { noise } = evaluate(
      all,
      all.map(() => 0.6),
      options,
    )
    expect(noise[0]).toMatchObject({ noise: 0, differenceKept: 1 })
    const satisfied = all.filter(({ label }) => label === 1).length / all.length
    expect(noise[0]!.constraintScore).toBeCloseTo(satisfied)
    expect(noise.at(-1)!.constraintScore).toBeCloseTo(satisfied * 0.8 + (1 - satisfied) * 0.2)
  })

  it('mends probabilities that are too low by recalibration', () => {
    const random = mulberry32(5)
    const all = lines(800).map((line): LabelledLine => ({ ...line, label: random() < 0.9 ? 1 : 0 }))
    const { recalibration } = evaluate(
      all,
      all.map(() => 0.55 + 0.1 * random()),
      { ...options, resamples: 0 },
    )
    expect(recalibration.asIs.ece!).toBeGreaterThan(0.2)
    expect(recalibration.platt!.ece!).toBeLessThan(0.1)
    expect(recalibration.isotonic!.ece!).toBeLessThan(0.1)
  })
})

describe('tau-b against binary labels', () => {
  it('equals the count over all pairs', () => {
    const random = mulberry32(9)
    for (let turn = 0; turn < 50; turn += 1) {
      const labels = Array.from({ length: 20 }, () => (random() < 0.6 ? 1 : 0))
      const scores = labels.map((label) => Math.round((label * 0.3 + random()) * 5) / 5)
      const expected = rankCorrelation(scores, labels).tauB
      const found = binaryTauB(labels, scores)
      if (expected === null) expect(found).toBeNull()
      else expect(found).toBeCloseTo(expected, 12)
    }
  })
})
