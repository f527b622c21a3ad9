import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { latexFaults } from '../report/_latex.ts'
import { bench } from './_bench.ts'
import { type DemoRuns, demoBenchmarks, demoRuns, editJson, tag } from './_demo-runs.ts'

const hostileName = '=cmd|x"y",{}\\input{/etc/passwd} $a_b^c$ & 50% #1 ~ [z]* 你好 \u202e\u001b[31m'

let runs: DemoRuns
let hostile: string
beforeAll(async () => {
  runs = await demoRuns()
  hostile = runs.copy('base', 'hostile', (folder) => tag(folder, { name: hostileName, base: '@base_%' }))
}, 120_000)
afterAll(() => runs.dispose())

async function table(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await bench(['table', ...args])
  expect(code, stderr).toBe(0)
  return stdout
}

describe('bench table', () => {
  it.each(['terminal', 'markdown', 'latex', 'csv', 'json'])(
    'says SAMPLE when the items are invented: %s',
    async (format) => {
      expect(await table(runs.base, '--format', format)).toContain('SAMPLE')
    },
  )

  it('prints LaTeX that is sound, also with a hostile name, published rows, tests and every column', async () => {
    const args = [runs.tuned, hostile, runs.base, '--format', 'latex', '--wide', '--published', '--baseline', runs.base]
    const text = await table(...args, '--replicates', '500')
    expect(latexFaults(text)).toEqual([])
    expect(text).toContain('\\toprule')
    expect(text).toMatch(/\\textbf|\\multicolumn/)
    expect(text).toContain('PUBLISHED by others')
    const caption = text.split('\n').find((line) => line.startsWith('\\caption'))!
    expect(caption).toContain('SAMPLE')
    expect(caption).toContain('Holm over the 5 benchmarks')
    expect(caption).toContain('decoding:')
  })

  it('prints bold, underlined and significance where columns are of one making', async () => {
    const text = await table(runs.tuned, runs.base, '--format', 'latex', '--baseline', runs.base, '--replicates', '500')
    const tuned = text.split('\n').find((line) => line.startsWith('demo/tuned'))!
    expect(tuned.match(/\\textbf/g)).toHaveLength(demoBenchmarks.length)
    expect(tuned).toContain('{*}')
    const base = text.split('\n').find((line) => line.startsWith('demo/base'))!
    expect(base.match(/\\underline/g)).toHaveLength(demoBenchmarks.length)
    expect(base).not.toContain('{*}')
    expect(latexFaults(text)).toEqual([])
  })

  it('prints CSV in which no name is a formula and every figure is unrounded', async () => {
    const lines = (await table(hostile, '--format', 'csv')).split('\r\n')
    expect(lines[1]).toMatch(/^"'=cmd/)
    expect(lines[1]).toContain("'@base_%")
    expect(lines[0]!.split(',')).toContain('value')
    expect(lines.at(-1)).toBe('')
  })

  it('prints JSON with unrounded values and how they were made', async () => {
    const model = JSON.parse(await table(runs.base, '--json'))
    const scores = JSON.parse(readFileSync(join(runs.base, 'scores.json'), 'utf8'))
    const entry = scores.benchmarks.find(({ benchmark }: { benchmark: string }) => benchmark === 'ifeval')
    const column = model.columns.findIndex(({ benchmark }: { benchmark: string }) => benchmark === 'ifeval')
    expect(model.rows[0].cells[column].value).toBe(entry.metrics.official[0].value)
    expect(model.rows[0].cells[column].variant).toContain('official protocol')
  })

  it('does not test what does not compare, and says so', async () => {
    const other = runs.copy('tuned', 'other-judge', (folder) =>
      editJson(join(folder, 'scores.json'), (scores: { scoring: { judge: string } }) => {
        scores.scoring.judge = 'another'
      }),
    )
    const text = await table(other, runs.base, '--baseline', runs.base, '--replicates', '500')
    expect(text).toMatch(/not tested against demo\/base: demo\/tuned on cfbench \(judge/)
    expect(text).not.toContain('on ifeval (')
  })

  it('reads a further scoring of a run by its path', async () => {
    const run = runs.copy('base', 'rescored')
    const done = await bench(['score', run, '--judge', 'replay:/nonexistent.jsonl'])
    expect(done.code).toBe(2)
    const further = await bench([
      'score',
      run,
      '--judge',
      'demo/judge',
      '--scoring',
      'second',
      '--protocol',
      'fixed',
      '--quiet',
    ])
    expect([0, 1], further.stderr).toContain(further.code)
    const text = await table(join(run, 'scorings', 'second'), '--protocol', 'fixed')
    expect(text).toContain('[second]')
  })

  it('breaks one benchmark down, and asks for one where there are several', async () => {
    const text = await table(runs.tuned, runs.base, '--bench', 'followbench', '--by', 'level')
    expect(text).toMatch(/FollowBench by level/)
    expect(text.match(/│ [1-5] +│/g)).toHaveLength(5)
    const several = await bench(['table', runs.base, '--by', 'level'])
    expect(several.code).toBe(2)
    expect(several.stderr).toContain('--bench')
  })

  it('prints an ablation table over a tag', async () => {
    const ablated = runs.copy('base', 'ablated', (folder) => tag(folder, { ablation: 'no_curriculum' }))
    const text = await table(ablated, runs.tuned, '--pivot', 'ablation')
    const lines = text.split('\n')
    const full = lines.findIndex((line) => line.includes('(full)'))
    const variant = lines.findIndex((line) => line.includes('ablation=no_curriculum'))
    expect(full).toBeGreaterThan(0)
    expect(variant).toBe(full + 1)
    expect(lines[variant]).toMatch(/\(-\d+\.\d\)/)
    expect((await bench(['table', runs.base, '--pivot', 'nothing'])).code).toBe(2)
  })

  it('refuses a scores file that it cannot read, and an unknown source of published rows', async () => {
    const broken = runs.copy('base', 'broken', (folder) => writeFileSync(join(folder, 'scores.json'), '{'))
    expect((await bench(['table', broken])).code).toBe(2)
    const absent = await bench(['table', '--bench', 'agentif', runs.base])
    expect(absent.code).toBe(2)
    expect(absent.stderr).toContain('ifeval')
    const { code, stderr } = await bench(['table', runs.base, '--published', 'nobody'])
    expect(code).toBe(2)
    expect(stderr).toContain('beyond-the-trade-off')
  })
})

describe('the ledger', () => {
  it('counts what was not measured with reasons and bounds', async () => {
    const { summaries, entries } = JSON.parse(await table(runs.base, '--ledger', '--json'))
    const scores = JSON.parse(readFileSync(join(runs.base, 'scores.json'), 'utf8'))
    for (const summary of summaries) {
      const entry = scores.benchmarks.find(({ benchmark }: { benchmark: string }) => benchmark === summary.benchmark)
      const lost = Object.entries(entry.verdicts.official as Record<string, number>)
        .filter(([status]) => status !== 'ok')
        .reduce((sum, [, count]) => sum + count, 0)
      const own = entries.filter(
        ({ benchmark, kind }: { benchmark: string; kind: string }) =>
          benchmark === summary.benchmark && kind === 'verdict',
      )
      expect(own).toHaveLength(lost)
      expect(summary.reasons.reduce((sum: number, { count }: { count: number }) => sum + count, 0)).toBe(lost)
    }
    const judged = summaries.find(({ benchmark }: { benchmark: string }) => benchmark === 'cfbench')
    expect(judged.verdicts['judge-unparsed']).toBeGreaterThan(0)
    expect(judged.bounds.low).toBeLessThan(judged.bounds.high)
  })

  it('promises nothing of another run where no call failed', async () => {
    const text = await table(runs.base, '--ledger')
    expect(text).toContain('cfbench: INCOMPLETE, and another run of the same command changes nothing')
    expect(text).not.toContain('makes the failed calls again')
  })

  it('lists every single loss as CSV', async () => {
    const lines = (await table(runs.base, '--ledger', '--format', 'csv')).trimEnd().split('\r\n')
    const { entries } = JSON.parse(await table(runs.base, '--ledger', '--json'))
    expect(lines).toHaveLength(entries.length + 1)
    expect(lines.slice(1).every((line) => line.endsWith('SAMPLE'))).toBe(true)
  })

  it('is sound LaTeX with names and judge replies of any kind', async () => {
    expect(latexFaults(await table(hostile, runs.base, '--ledger', '--format', 'latex'))).toEqual([])
  })
})
