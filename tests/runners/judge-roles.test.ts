import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadBenchmark } from '../../src/benchmarks/registry.ts'
import type { SoftPolicy } from '../../src/checkers/scoring-context.ts'
import { warnAboutJudges, warnAboutPrompts } from '../../src/runners/judge-roles.ts'

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

describe('what is said of judge prompts before a run', () => {
  const judge = [{ role: 'judge' }]

  async function promptNotes(ids: readonly string[], bound: readonly object[], over: object = {}): Promise<string[]> {
    const plans = await Promise.all(
      ids.map(async (id) => {
        const benchmark = await loadBenchmark(id)
        const edition = benchmark.editions[0]!.id
        return { benchmark, resources: { edition, isSample: false, asset: () => null, ...over } }
      }),
    )
    const said: string[] = []
    await warnAboutPrompts(plans as never, bound as never, (message) => said.push(message))
    return said
  }

  it('is that upstream\u2019s are not installed, with the command that installs them', async () => {
    expect(await promptNotes(['followbench', 'multichallenge'], judge)).toEqual([
      expect.stringMatching(/^followbench: .*house-prompt \(bench data pull followbench-upstream\)$/),
      expect.stringMatching(/^multichallenge: .*house-prompt \(bench data pull multichallenge-upstream\)$/),
    ])
  })

  it('is nothing without a judge, for the sample, and where the prompts come with the data or nobody judges', async () => {
    expect(await promptNotes(['followbench'], [])).toEqual([])
    expect(await promptNotes(['followbench'], judge, { isSample: true })).toEqual([])
    expect(await promptNotes(['agentif', 'ifeval'], judge)).toEqual([])
  })

  it('is an error where the installed file is another one than the pinned', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'heed-prompts-'))
    try {
      const file = join(folder, 'evaluator.py')
      writeFileSync(file, "JUDGE_PROMPT = '''Judge {} by {}.'''\n")
      await expect(promptNotes(['multichallenge'], judge, { asset: () => file })).rejects.toThrow(/sha256/)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
