import { describe, expect, it } from 'vitest'
import { scoreSoft } from '../../../src/checkers/reward-model/score-soft.ts'
import type { RewardModelPair, RewardModelScorer } from '../../../src/checkers/scoring-context.ts'

const constraints = [
  { id: 'a', text: 'is short', needsPrompt: false },
  { id: 'b', text: 'answers the question', needsPrompt: true },
  { id: 'c', text: 'is polite', needsPrompt: false },
]

function model(p: Record<string, number | null>, sure?: RewardModelScorer['sure']) {
  const asked: RewardModelPair[] = []
  const scorer: RewardModelScorer = {
    id: 'tiny',
    threshold: 0.5,
    ...(sure ? { sure } : {}),
    async score(pairs) {
      asked.push(...pairs)
      return [...pairs].reverse().map(({ id }) => ({ id, p: p[id] ?? null, truncated: false }))
    },
  }
  return { scorer, asked }
}

describe('scoreSoft', () => {
  it('leaves everything to the judge under the policy judge, without asking the model', async () => {
    const { scorer, asked } = model({ a: 1, c: 0 })
    const scores = await scoreSoft({ soft: 'judge', rewardModel: scorer }, 'text', constraints)
    expect(scores.forJudge).toEqual(['a', 'b', 'c'])
    expect(asked).toHaveLength(0)
  })

  it('never shows the model a constraint that needs the prompt', async () => {
    const { scorer, asked } = model({ a: 0.5, b: 0.9, c: 0.2 })
    const scores = await scoreSoft({ soft: 'rm', rewardModel: scorer }, 'text', constraints)
    expect(asked.map(({ id }) => id)).toEqual(['a', 'c'])
    expect(scores.forJudge).toEqual(['b'])
    expect([...scores.verdicts].map(([id, { value, scorer }]) => [id, value, scorer])).toEqual([
      ['a', 1, 'rm:tiny'],
      ['c', 0, 'rm:tiny'],
    ])
  })

  it('gives no value where the model fails or is not there', async () => {
    const failing = await scoreSoft({ soft: 'rm', rewardModel: model({ a: 0.8 }).scorer }, 'text', constraints)
    expect(failing.verdicts.get('c')).toMatchObject({ value: null, status: 'rm-error' })
    const absent = await scoreSoft({ soft: 'rm', rewardModel: null }, 'text', constraints)
    expect(absent.verdicts.get('a')).toMatchObject({ value: null, status: 'excluded' })
  })

  it('says where the rounded probability does not decide, and what was changed in the response', async () => {
    const scorer: RewardModelScorer = {
      id: 'tiny',
      threshold: 0.5,
      score: async (pairs) =>
        pairs.map(({ id }) => ({ id, p: 0.5, ...(id === 'a' ? { pred: 0 as const } : {}), truncated: id === 'c' })),
    }
    const context = { soft: 'rm' as const, rewardModel: scorer }
    const whole = await scoreSoft(context, 'text', constraints)
    expect(whole.verdicts.get('a')).toMatchObject({
      value: 0,
      found: "P(satisfied) = 0.5 (rounded; the model's own verdict decides)",
      detail: { p: 0.5 },
    })
    expect(whole.verdicts.get('c')).toMatchObject({
      value: 1,
      found: 'P(satisfied) = 0.5 (of a shortened response)',
      detail: { p: 0.5, truncated: true },
    })
    const torn = await scoreSoft(context, 'text \ud800', constraints)
    expect(torn.verdicts.get('c')).toMatchObject({
      found: 'P(satisfied) = 0.5 (of a shortened response; lone surrogates read as U+FFFD)',
      detail: { repaired: true },
    })
    const own = { ...context, rewardModel: { ...scorer, isReproducible: true } }
    const embedded = await scoreSoft(own, 'text \ud800', constraints)
    expect(embedded.verdicts.get('c')!.detail).not.toHaveProperty('repaired')
  })

  it('decides alone in a cascade only where it was calibrated to be sure', async () => {
    const sure = { below: 0.1, above: 0.9 }
    const { scorer } = model({ a: 0.95, c: 0.6 }, sure)
    const scores = await scoreSoft({ soft: 'cascade', rewardModel: scorer }, 'text', constraints)
    expect(scores.forJudge).toEqual(['b', 'c'])
    expect(scores.probabilities.get('c')).toBe(0.6)
    const uncalibrated = await scoreSoft(
      { soft: 'cascade', rewardModel: model({ a: 1, c: 0 }).scorer },
      'text',
      constraints,
    )
    expect(uncalibrated.forJudge).toEqual(['a', 'b', 'c'])
    const failing = await scoreSoft({ soft: 'cascade', rewardModel: model({}, sure).scorer }, 'text', constraints)
    expect(failing.forJudge).toEqual(['a', 'b', 'c'])
  })
})
