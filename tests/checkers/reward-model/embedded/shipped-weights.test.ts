import { describe, expect, it } from 'vitest'
import { openEmbeddedModel } from '../../../../src/checkers/reward-model/embedded/reward-model.ts'
import { measure } from '../../../../src/checkers/reward-model/evaluation/measure.ts'
import { auroc } from '../../../../src/stats/ranking-quality.ts'
import { freshPairs } from './_fresh-pairs.ts'

const model = openEmbeddedModel()
const pairs = freshPairs(1500, 20260)
const scored = pairs.map(({ response, constraint, label }, index) => ({
  label,
  p: model.probability(response, constraint),
  cluster: String(index),
}))

describe('the shipped weights on constraints and responses drawn for this test', () => {
  it('decides nine of ten pairs rightly, where a constant gets little more than half', () => {
    const { accuracy, positives, auroc: area } = measure(scored, { resamples: 0 })
    expect(Math.max(positives, 1 - positives)).toBeLessThan(0.6)
    expect(accuracy.value).toBeGreaterThan(0.85)
    expect(area.value).toBeGreaterThan(0.93)
  })

  it('knows something about every kind of constraint', () => {
    const kinds = [...new Set(pairs.map(({ kind }) => kind))]
    const areas = kinds.map((kind) => {
      const rows = scored.filter((_pair, index) => pairs[index]!.kind === kind)
      const area = auroc(
        rows.map(({ label }) => label),
        rows.map(({ p }) => p),
      )
      return { kind, area }
    })
    expect(areas.filter(({ area }) => area === null || area < 0.75)).toEqual([])
  })

  it('beats the length of the response by far', () => {
    const byLength = auroc(
      pairs.map(({ label }) => label),
      pairs.map(({ response }) => response.length),
    )!
    const byModel = auroc(
      scored.map(({ label }) => label),
      scored.map(({ p }) => p),
    )!
    expect(byModel).toBeGreaterThan(Math.max(byLength, 1 - byLength) + 0.25)
  })

  it('changes its mind with the number in the constraint, and with nothing else', () => {
    const response = Array.from({ length: 120 }, (_, index) => `word${index}`).join(' ')
    const p = (limit: number) => model.probability(response, `Write at least ${limit} words.`)
    expect(p(60)).toBeGreaterThan(0.8)
    expect(p(240)).toBeLessThan(0.2)
    expect(p(60)).toBe(p(60))
  })
})
