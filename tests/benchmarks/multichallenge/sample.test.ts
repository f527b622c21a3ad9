import { describe, expect, it } from 'vitest'
import { axes } from '../../../src/benchmarks/multichallenge/axes.ts'
import { multichallenge } from '../../../src/benchmarks/multichallenge/index.ts'
import { scoreSample } from '../_sample-run.ts'

describe('the embedded MultiChallenge sample', () => {
  it.each(['base', 'tuned'] as const)(
    'holds a response of %s to every item and exactly the judge replies that are asked for',
    async (name) => {
      const { items, recorded, unused, verdicts } = await scoreSample(multichallenge, name)
      expect(items.length).toBeGreaterThanOrEqual(8)
      expect(recorded).toBe(items.length)
      expect(unused).toEqual([])
      expect(verdicts.some(({ status }) => status === 'judge-error')).toBe(false)
    },
  )

  it('covers the four axes and tells the checkpoints apart', async () => {
    const base = await scoreSample(multichallenge, 'base')
    const tuned = await scoreSample(multichallenge, 'tuned')
    for (const { metric } of axes) expect(tuned.value('fixed', metric)).toBeGreaterThan(base.value('fixed', metric)!)
    for (const { verdicts } of [base, tuned]) expect(verdicts.every(({ value }) => value !== null)).toBe(true)
  })
})
