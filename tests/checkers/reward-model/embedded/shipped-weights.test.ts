import { describe, expect, it } from 'vitest'
import { openEmbeddedModel } from '../../../../src/checkers/reward-model/embedded/reward-model.ts'
import { measure } from '../../../../src/checkers/reward-model/evaluation/measure.ts'
import { auroc } from '../../../../src/stats/ranking-quality.ts'
import { freshPairs } from './_fresh-pairs.ts'

const model = openEmbeddedModel()
const pairs = freshPairs(1500, 20260)
const probabilities = pairs.map(({ response, constraint }) => model.probability(response, constraint))

/** What the shipped weights must reach on pairs drawn for this test. */
function isGoodEnough(scores: readonly number[]): boolean {
  const scored = pairs.map(({ label }, index) => ({ label, p: scores[index]!, cluster: String(index) }))
  const { accuracy, auroc: area } = measure(scored, { resamples: 0 })
  return (accuracy.value ?? 0) > 0.9 && (area.value ?? 0) > 0.95
}

describe('the shipped weights on constraints and responses drawn for this test', () => {
  it('decide nine of ten pairs rightly', () => {
    expect(isGoodEnough(probabilities)).toBe(true)
  })

  it.each<[string, (index: number) => number]>([
    ['a constant that satisfies everything', () => 1],
    ['a constant that satisfies nothing', () => 0],
    ['the length of the response', (index) => Math.min(1, pairs[index]!.response.length / 2000)],
    ['the model on the constraint of another pair', (index) => probabilityOf(index + 1, index)],
    [
      'the model with its first answer for every kind of constraint kept',
      cachedBy(({ constraint }) => constraint.replace(/\d+|[“"][^”"]*[”"]/g, '')),
    ],
    ['the model on the response of another pair', (index) => probabilityOf(index, index + 1)],
  ])('are not replaced by %s', (_name, score) => {
    expect(isGoodEnough(pairs.map((_pair, index) => score(index)))).toBe(false)
  })

  it('know something about every kind of constraint', () => {
    const kinds = [...new Set(pairs.map(({ kind }) => kind))]
    const areas = kinds.map((kind) => {
      const rows = pairs.flatMap((pair, index) => (pair.kind === kind ? [{ ...pair, p: probabilities[index]! }] : []))
      const area = auroc(
        rows.map(({ label }) => label),
        rows.map(({ p }) => p),
      )
      return { kind, area }
    })
    expect(areas.filter(({ area }) => area === null || area < 0.75)).toEqual([])
  })

  it('beat the length of the response by far', () => {
    const labels = pairs.map(({ label }) => label)
    const byLength = auroc(
      labels,
      pairs.map(({ response }) => response.length),
    )!
    expect(auroc(labels, probabilities)!).toBeGreaterThan(Math.max(byLength, 1 - byLength) + 0.25)
  })

  it('change their mind with the number in the constraint, and with nothing else', () => {
    const response = Array.from({ length: 120 }, (_, index) => `word${index}`).join(' ')
    const p = (limit: number) => model.probability(response, `Write at least ${limit} words.`)
    expect(p(60)).toBeGreaterThan(0.8)
    expect(p(240)).toBeLessThan(0.2)
    expect(p(60)).toBe(p(60))
  })
})

/** The probability of the first pair with the same key. */
function cachedBy(key: (pair: (typeof pairs)[number]) => string): (index: number) => number {
  const first = new Map<string, number>()
  pairs.forEach((pair, index) => {
    if (!first.has(key(pair))) first.set(key(pair), probabilities[index]!)
  })
  return (index) => first.get(key(pairs[index]!))!
}

function probabilityOf(constraint: number, response: number): number {
  return model.probability(pairs[response % pairs.length]!.response, pairs[constraint % pairs.length]!.constraint)
}
