import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bench, temporaryFolder } from './_bench.ts'

interface VerdictLine {
  readonly benchmark: string
  readonly item: string
  readonly constraint: string
  readonly protocol: string
  readonly scorer: string
  readonly value: number | null
  readonly status: string
  readonly reason?: string
}

describe('the out-of-domain suite with nothing configured', () => {
  it('has a verdict on every soft constraint of the sample, and the table says by whom', async () => {
    using folder = temporaryFolder()
    const { code, stdout, stderr } = await bench(['run', '--suite', 'ood', '--quiet', '--results', folder.path])
    expect(code, stderr).toBe(0)
    const runs = readdirSync(folder.path)
    expect(runs).toHaveLength(2)
    const verdicts = runs.flatMap((run) =>
      readFileSync(join(folder.path, run, 'verdicts.jsonl'), 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as VerdictLine),
    )
    const soft = verdicts.filter(({ scorer }) => /judge|^rm/.test(scorer) && !scorer.includes('python'))
    expect(new Set(soft.map(({ benchmark }) => benchmark))).toEqual(
      new Set(['complexbench', 'writingbench', 'agentif', 'multichallenge']),
    )
    // Without a verdict are only constraints whose condition does not hold in the response.
    const open = soft.filter(({ value, reason }) => value === null && reason !== 'the condition is not met')
    expect(open).toEqual([])
    for (const { scorer } of verdicts.filter(({ value }) => value !== null)) {
      expect(scorer).toMatch(/^(rule|rm:|judge:demo\/judge|python:)/)
    }
    for (const title of ['ComplexBench', 'WritingBench', 'COLLIE-v1', 'AgentIF', 'MultiChallenge']) {
      expect(stdout).toMatch(new RegExp(`^${title}: .*SAMPLE data .*scored by (judge:demo|rule)`, 'm'))
    }
  }, 120_000)
})
