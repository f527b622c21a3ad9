import { describe, expect, it } from 'vitest'
import { loadBenchmark } from '../../src/benchmarks/registry.ts'
import type { SoftPolicy } from '../../src/checkers/scoring-context.ts'
import { warnAboutJudges } from '../../src/runners/judge-roles.ts'

/** What is said before a run of these benchmarks. */
async function notes(ids: readonly string[], policy: SoftPolicy, hasJudge: boolean): Promise<string[]> {
  const plans = await Promise.all(ids.map(async (id) => ({ benchmark: await loadBenchmark(id) })))
  const judge = { role: 'judge', target: { id: 'a judge', dependsOnMeta: false } }
  const said: string[] = []
  warnAboutJudges({} as never, plans as never, (hasJudge ? [judge] : []) as never, 'the model', policy, (message) =>
    said.push(message),
  )
  return said
}

describe('what is said of judges before a run', () => {
  it.each(['judge', 'rm', 'cascade'] as const)(
    'is that nothing is measured, where no constraint is for a reward model and no judge is named (--soft %s)',
    async (policy) => {
      const [note, ...others] = await notes(['writingbench'], policy, false)
      expect(note).toContain('writingbench: without --judge nothing of it is measured')
      expect(others).toEqual([])
    },
  )

  it('is who scores what, where a reward model scores a part', async () => {
    expect(await notes(['complexbench'], 'rm', false)).toEqual([
      expect.stringContaining('complexbench: without --judge the reward model scores what needs no prompt'),
    ])
    expect(await notes(['complexbench'], 'rm', true)).toEqual([])
  })

  it('is that the judge decides all, where a reward model was asked for in vain', async () => {
    expect(await notes(['writingbench', 'complexbench'], 'rm', true)).toEqual([
      'writingbench: none of its constraints is for a reward model; with --soft rm, too, the judge decides all of them',
    ])
    expect(await notes(['writingbench'], 'judge', true)).toEqual([])
  })
})
