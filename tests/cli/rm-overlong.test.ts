import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bench, temporaryFolder } from './_bench.ts'
import { type MockRequest, startMockModel } from './_mock-model.ts'
import { startRewardModel } from './_mock-reward-model.ts'

interface Counts {
  readonly benchmarks: readonly {
    readonly rewardModelPairs: { readonly pairs: number; readonly shortened: number; readonly overlong: number }
    readonly verdicts: { readonly official: Readonly<Record<string, number>> }
  }[]
}

const scoresIn = (folder: string) =>
  (JSON.parse(readFileSync(join(folder, 'scores.json'), 'utf8')) as Counts).benchmarks[0]!

describe('responses that do not fit the reward model', () => {
  const run = ['run', '--bench', 'cfbench', '--sample', '--soft', 'rm']
  const say = ({ index }: MockRequest) => (index % 2 === 0 ? `start ${'x'.repeat(3000)} end` : 'short')

  it('get no score, and table and ledger count them', async () => {
    await using model = await startMockModel(say)
    await using rm = await startRewardModel()
    using folder = temporaryFolder()
    const out = join(folder.path, 'run')
    const { code, stdout, stderr } = await bench([...run, '--model', model.url, '--rm', rm.url, '--out', out])
    expect(code, stderr).toBe(1)
    expect(stderr).not.toContain('MaxListeners')
    expect(stderr).toContain('is recognised as vllm (model rm, 400 tokens)')
    const { rewardModelPairs: counts, verdicts } = scoresIn(out)
    expect(counts.overlong).toBeGreaterThan(0)
    expect(counts.overlong).toBeLessThan(counts.pairs)
    expect(counts.shortened).toBe(0)
    expect(verdicts.official['rm-error']).toBe(counts.overlong)
    expect(verdicts.official.ok).toBe(counts.pairs - counts.overlong)
    const line = `of ${counts.pairs} pairs of the reward model 0 shortened, ${counts.overlong} too long for it`
    expect(stdout).toContain(line)
    const parts = await bench(['table', out, '--bench', 'cfbench', '--by', 'domain'])
    expect(parts.stdout, parts.stderr).toContain(line)
    const ledger = await bench(['table', out, '--ledger'])
    expect(ledger.stdout).toContain(line)
    expect(ledger.stdout).toContain(`${counts.overlong}x rm-error: rm_overlong: `)
  }, 120_000)

  it('are shortened where that is asked for, the constraint stays whole, and the table counts them', async () => {
    await using model = await startMockModel(say)
    await using rm = await startRewardModel()
    using folder = temporaryFolder()
    const out = join(folder.path, 'run')
    const spec = `vllm+${rm.url}?overlong=middle`
    const { stdout, stderr } = await bench([...run, '--model', model.url, '--rm', spec, '--out', out])
    const { rewardModelPairs: counts, verdicts } = scoresIn(out)
    expect(counts, stderr).toMatchObject({ overlong: 0 })
    expect(counts.shortened).toBeGreaterThan(0)
    expect(verdicts.official['rm-error']).toBeUndefined()
    expect(stdout).toContain(`of ${counts.pairs} pairs of the reward model ${counts.shortened} shortened, 0 too long`)
    const cut = rm.texts.filter((text) => text.includes('\n[...]\n'))
    expect(cut.length).toBe(counts.shortened)
    for (const text of cut) expect(text).toMatch(/Response:\nstart x+\n\[\.\.\.\]\nx+ end\n\nConstraint:\n.+$/)
  }, 120_000)

  it('are counted by `rm eval`, with the reason', async () => {
    await using rm = await startRewardModel()
    using folder = temporaryFolder()
    const file = join(folder.path, 'labelled.jsonl')
    const lines = Array.from({ length: 8 }, (_, number) => ({
      id: `${number}`,
      response: number % 4 === 0 ? 'x'.repeat(3000) : `answer ${number}`,
      constraint: 'Be short.',
      label: number % 2,
    }))
    writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'))
    const evaluated = (settings: string) =>
      bench(['rm', 'eval', file, '--rm', `vllm+${rm.url}${settings}`, '--resamples', '0'])
    const refused = await evaluated('')
    expect(refused.code, refused.stderr).toBe(0)
    expect(refused.stderr).toMatch(/2 of 8 pairs have no score: 2x rm_overlong: .*answered 400: .* 400 tokens/)
    expect(refused.stdout).toContain('6 pairs')
    const shortened = await evaluated('?overlong=head')
    expect(shortened.stderr).toContain('2 of 8 pairs were scored on a shortened response')
    expect(shortened.stdout).toContain('8 pairs')
  }, 60_000)
})
