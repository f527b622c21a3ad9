import { describe, expect, it } from 'vitest'
import { writingbench } from '../../../src/benchmarks/writingbench/index.ts'
import { scoreSample } from '../_sample-run.ts'

describe('the embedded WritingBench sample', () => {
  it.each(['base', 'tuned'] as const)(
    'holds a response of %s to every item and exactly the judge replies that are asked for',
    async (name) => {
      const { items, recorded, unused, verdicts } = await scoreSample(writingbench, name)
      expect(items.length).toBeGreaterThanOrEqual(8)
      expect(recorded).toBe(items.length)
      expect(unused).toEqual([])
      expect(verdicts).toHaveLength(items.length * 5 * 2)
      expect(verdicts.some(({ status }) => status === 'judge-error')).toBe(false)
    },
  )

  it('covers domains, languages and requirements and tells the checkpoints apart', async () => {
    const base = await scoreSample(writingbench, 'base')
    const tuned = await scoreSample(writingbench, 'tuned')
    for (const { metric } of writingbench.columns) {
      if (metric === 'count') continue
      expect(tuned.value('official', metric), metric).toBeGreaterThan(base.value('official', metric)!)
    }
    expect(base.value('official', 'count')).toBe(10)
    const asked = base.verdicts.map(({ calls }) => calls?.length ?? 0)
    expect(Math.max(...asked), 'replies that cannot be read, and one that can').toBeGreaterThan(1)
    for (const { verdicts } of [base, tuned]) expect(verdicts.every(({ value }) => value !== null)).toBe(true)
    expect(base.value('fixed', 'overall')).toBeGreaterThan(base.value('official', 'overall')!)
  })
})
