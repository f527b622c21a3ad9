import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bench, temporaryFolder } from './_bench.ts'
import { goodReply, promptOf } from './_mock-judge.ts'
import { startMockModel } from './_mock-model.ts'

interface VerdictLine {
  readonly protocol: string
  readonly scorer: string
  readonly value: number | null
  readonly status: string
  readonly reason?: string
  readonly detail?: { readonly p?: number }
}

interface ScoresFile {
  readonly scoring: { readonly rewardModel: string | null; readonly soft: string }
  readonly benchmarks: readonly {
    readonly labels: readonly string[]
    readonly cascade?: { readonly byModel: number; readonly byBoth: number }
  }[]
}

function verdictsIn(folder: string): VerdictLine[] {
  return readFileSync(join(folder, 'verdicts.jsonl'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as VerdictLine)
}

function scoresIn(folder: string): ScoresFile {
  return JSON.parse(readFileSync(join(folder, 'scores.json'), 'utf8')) as ScoresFile
}

const run = ['run', '--bench', 'cfbench', '--sample', '--quiet', '--json']

describe('soft constraints without a judge', () => {
  it('are scored by the embedded reward model, marked as such, offline; the rest is left out with a reason', async () => {
    await using model = await startMockModel(() => '这是一个简短的回答。它有两句话。')
    using folder = temporaryFolder()
    const out = join(folder.path, 'run')
    const { code, stderr } = await bench([...run, '--model', model.url, '--out', out])
    expect(code, stderr).toBe(0)
    expect(stderr).toContain('the reward model scores what needs no prompt')
    const verdicts = verdictsIn(out)
    const byModel = verdicts.filter(({ scorer }) => /^rm:embedded@[0-9a-f]{8}$/.test(scorer))
    expect(byModel.length).toBeGreaterThan(20)
    expect(byModel.every(({ value, status, detail }) => status === 'ok' && value === (detail!.p! >= 0.5 ? 1 : 0))).toBe(
      true,
    )
    expect(new Set(byModel.map(({ detail }) => detail!.p)).size).toBeGreaterThan(5)
    const others = verdicts.filter((verdict) => !byModel.includes(verdict))
    expect(others.every(({ status, reason }) => status === 'excluded' && reason === 'no judge configured')).toBe(true)
    const { scoring, benchmarks } = scoresIn(out)
    expect(scoring).toMatchObject({ soft: 'rm', judge: null })
    expect(scoring.rewardModel).toMatch(/^embedded@[0-9a-f]{8}, p >= 0.5$/)
    expect(benchmarks[0]!.labels).toContain('reward-model')
    const again = await bench([...run, '--model', model.url, '--out', out, '--offline'])
    expect(again.code, again.stderr).toBe(0)
    expect(verdictsIn(out)).toEqual(verdicts)
  }, 120_000)

  it('are not measured when the judge is asked for and there is none', async () => {
    await using model = await startMockModel(() => '一个回答。')
    using folder = temporaryFolder()
    const out = join(folder.path, 'run')
    await bench([...run, '--model', model.url, '--out', out, '--soft', 'judge'])
    expect(verdictsIn(out).every(({ value, status }) => value === null && status === 'excluded')).toBe(true)
  }, 120_000)
})

describe('soft constraints with a judge', () => {
  it('are the judge’s, also where a reward model is named', async () => {
    await using model = await startMockModel(() => '一个回答。')
    await using judge = await startMockModel((request) => goodReply(promptOf(request), 1))
    using folder = temporaryFolder()
    const out = join(folder.path, 'run')
    const { stderr } = await bench([
      ...run,
      '--model',
      model.url,
      '--judge',
      judge.url,
      '--rm',
      'embedded',
      '--out',
      out,
    ])
    expect(stderr).toContain('--rm embedded decides nothing')
    expect(verdictsIn(out).every(({ scorer }) => scorer.startsWith('judge:'))).toBe(true)
  }, 120_000)

  it('are shared in a cascade: thresholds from the calibration set, in the manifest, with the figures at the end', async () => {
    await using model = await startMockModel(() => '一个回答。')
    await using judge = await startMockModel((request) => goodReply(promptOf(request), 1))
    using folder = temporaryFolder()
    const calibration = join(folder.path, 'calibration.jsonl')
    const lines = Array.from({ length: 80 }, (_, index) => {
      const isLong = index % 2 === 1
      const response = Array.from({ length: isLong ? 60 : 5 }, () => 'word').join(' ')
      return JSON.stringify({ id: index, response, constraint: 'Write at least 30 words.', label: isLong ? 1 : 0 })
    })
    writeFileSync(calibration, `${lines.join('\n')}\n`)
    const out = join(folder.path, 'run')
    const shared = ['--bench', 'cfbench', '--sample', '--model', model.url, '--judge', judge.url, '--out', out]
    const cascade = ['--soft', 'cascade', '--calibration', calibration, '--cascade-agreement', '0.9', '--json']
    const { code, stderr } = await bench(['run', ...shared, ...cascade])
    expect(code, stderr).toBe(0)
    expect(stderr).toMatch(
      /cascade: the reward model decides alone at p <= [\d.e-]+ and p >= [\d.]+; on .* \(80 pairs\)/,
    )
    expect(stderr).toMatch(/cfbench: cascade saved the judge \d+ of \d+/)
    const { scoring, benchmarks } = scoresIn(out)
    expect(scoring).toMatchObject({ soft: 'cascade' })
    expect(scoring.rewardModel).toMatch(/^embedded@[0-9a-f]{8}, p >= 0.5, alone at p <= .* and p >= .*, audit 0.05$/)
    const { byModel, byBoth } = benchmarks[0]!.cascade!
    const official = verdictsIn(out).filter(({ protocol }) => protocol === 'official')
    expect(official.filter(({ scorer }) => scorer.startsWith('rm:'))).toHaveLength(byModel)
    expect(
      official.filter(({ scorer, detail }) => scorer.startsWith('judge:') && detail?.p !== undefined),
    ).toHaveLength(byBoth)
  }, 120_000)

  it('cannot come from a paid chat model under a limit of cost, which would not count its calls', async () => {
    using folder = temporaryFolder()
    const { code, stderr } = await bench([
      ...[...run, '--model', 'http://127.0.0.1:9/v1#m', '--max-cost', '1', '--out', join(folder.path, 'run')],
      ...['--soft', 'rm', '--rm', 'llm:openai/gpt-4o-mini'],
    ])
    expect(code).toBe(2)
    expect(stderr).toContain('Expected no --max-cost with --rm llm:openai/gpt-4o-mini')
    expect(stderr).toContain('--judge')
  })
})
