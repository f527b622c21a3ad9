import { describe, expect, it } from 'vitest'
import { cfbench } from '../../../src/benchmarks/cfbench/index.ts'
import { scoreSample } from '../_sample-run.ts'

describe('the embedded CFBench sample', () => {
  it.each(['base', 'tuned'] as const)(
    'holds a response of %s to every item and exactly the judge replies that are asked for',
    async (name) => {
      const { items, recorded, unused, verdicts } = await scoreSample(cfbench, name)
      expect(items.length).toBeGreaterThanOrEqual(12)
      expect(recorded).toBe(items.length)
      expect(unused).toEqual([])
      expect(verdicts.some(({ status }) => status === 'judge-error')).toBe(false)
    },
  )

  it('shows the difference between the protocols and between the checkpoints', async () => {
    const base = await scoreSample(cfbench, 'base')
    const tuned = await scoreSample(cfbench, 'tuned')
    for (const id of ['isr', 'csr', 'psr']) {
      expect(base.value('official', id)).toBeGreaterThan(base.value('fixed', id)!)
      expect(tuned.value('fixed', id)).toBeGreaterThan(base.value('fixed', id)!)
    }
    const parsings = base.verdicts
      .filter(({ protocol }) => protocol === 'official')
      .map(({ detail }) => detail!.parsing)
    expect(new Set(parsings)).toEqual(new Set(['1', '0', '-1']))
  })
})
