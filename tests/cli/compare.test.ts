import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readCallFacts } from '../../src/runners/read-call-facts.ts'
import { readResults } from '../../src/runners/read-results.ts'
import { openFinishedRun } from '../../src/runners/read-run.ts'
import { bench } from './_bench.ts'
import { type DemoRuns, demoBenchmarks, demoRuns, editJson, tag } from './_demo-runs.ts'

let runs: DemoRuns
beforeAll(async () => {
  runs = await demoRuns()
}, 120_000)
afterAll(() => runs.dispose())

interface Pair {
  readonly benchmark: string
  readonly a: number
  readonly b: number
  readonly difference: number
  readonly interval: { readonly low: number; readonly high: number }
  readonly p: number
  readonly adjustedP: number
  readonly verdict: string
  readonly detectable: number
  readonly effect: { readonly value: number }
  readonly breakdowns: { readonly dimension: string; readonly rows: { readonly value: string }[] }[]
  readonly flips: {
    readonly gains: { readonly item: string }[]
    readonly losses: { readonly item: string }[]
    readonly shown: Record<string, unknown>[]
  } | null
}

async function compareJson(...args: string[]): Promise<{ benchmarks: Pair[]; direction: string }> {
  const { code, stdout, stderr } = await bench(['compare', ...args, '--replicates', '1000', '--json'])
  expect(code, stderr).toBe(0)
  return JSON.parse(stdout) as { benchmarks: Pair[]; direction: string }
}

describe('figures that are rebuilt from a run folder', () => {
  it.each(demoBenchmarks)('are those that the run wrote: %s', async (id) => {
    const run = openFinishedRun(runs.base)
    const facts = await readCallFacts(run)
    const scores = run.scores.benchmarks.find(({ benchmark }) => benchmark === id)!
    for (const protocol of ['official', 'fixed'] as const) {
      const results = await readResults(run, facts, id, 'any', { protocol, dataDir: null, warn: () => undefined })
      expect(JSON.parse(JSON.stringify(results.table.metrics({ seed: 0 })))).toEqual(scores.metrics[protocol])
      expect(results.items).toHaveLength(scores.items)
    }
  })
})

describe('bench compare', () => {
  it('finds the tuned checkpoint better and says in which direction it subtracts', async () => {
    const { benchmarks, direction } = await compareJson(runs.tuned, runs.base)
    expect(direction).toMatch(/A - B.*A is the new.*B the base/)
    expect(benchmarks.map(({ benchmark }) => benchmark).sort()).toEqual([...demoBenchmarks].sort())
    for (const pair of benchmarks) {
      expect(pair.difference).toBeCloseTo(pair.a - pair.b, 12)
      expect(pair.interval.low).toBeLessThanOrEqual(pair.difference)
      expect(pair.interval.high).toBeGreaterThanOrEqual(pair.difference)
      expect(pair.adjustedP).toBeGreaterThanOrEqual(pair.p)
      expect(pair.detectable).toBeGreaterThan(0)
      expect(pair.effect.value).toBeGreaterThan(0)
    }
    expect(benchmarks.find(({ benchmark }) => benchmark === 'ifeval')!.verdict).toBe('better')
  })

  it('turns everything round when the runs are swapped', async () => {
    const one = await compareJson(runs.tuned, runs.base, '--bench', 'ifeval', '--flips', '3')
    const other = await compareJson(runs.base, runs.tuned, '--bench', 'ifeval', '--flips', '3')
    const [forth, back] = [one.benchmarks[0]!, other.benchmarks[0]!]
    expect(back.difference).toBeCloseTo(-forth.difference, 12)
    expect(back.verdict).toBe('worse')
    expect(back.p).toBeCloseTo(forth.p, 12)
    expect(back.flips!.losses.map(({ item }) => item).sort()).toEqual(forth.flips!.gains.map(({ item }) => item).sort())
  })

  it('finds no difference between a run and itself', async () => {
    const same = runs.copy('base', 'same')
    const { benchmarks } = await compareJson(runs.base, same)
    for (const { difference, verdict } of benchmarks) {
      expect(difference).toBe(0)
      expect(['no difference shown', 'too few items']).toContain(verdict)
    }
  })

  it('lists flips with prompt, both responses and the verdicts that differ', async () => {
    const { benchmarks } = await compareJson(runs.tuned, runs.base, '--bench', 'collie', '--flips', '2')
    const { shown, gains, losses } = benchmarks[0]!.flips!
    expect(shown).toHaveLength(2)
    expect(gains.length + losses.length).toBeGreaterThan(2)
    for (const flip of shown) {
      expect(flip.prompt).not.toEqual([])
      expect(flip.responsesA).not.toEqual(flip.responsesB)
      expect(flip.verdicts).not.toEqual([])
    }
  })

  it('breaks a comparison down by the number of constraints and by a dimension', async () => {
    const { benchmarks } = await compareJson(
      runs.tuned,
      runs.base,
      '--bench',
      'followbench',
      '--by',
      'constraints,level',
    )
    const [byCount, byLevel] = benchmarks[0]!.breakdowns
    expect(byCount).toMatchObject({ dimension: 'constraints' })
    expect(byLevel!.rows.map(({ value }) => value)).toEqual(['1', '2', '3', '4', '5'])
    const unknown = await bench(['compare', runs.tuned, runs.base, '--by', 'levl'])
    expect(unknown.code).toBe(2)
    expect(unknown.stderr).toContain('level')
  })

  it('shows what models wrote without its terminal escapes', async () => {
    const hostile = runs.copy('base', 'hostile', (folder) => {
      const file = join(folder, 'calls.jsonl')
      const text = readFileSync(file, 'utf8').replaceAll('"text":"', '"text":"\\u001b[2J\\u202e')
      writeFileSync(file, text)
    })
    const { stdout, code } = await bench(['compare', runs.tuned, hostile, '--bench', 'collie', '--flips', '4'])
    expect(code).toBe(0)
    expect(stdout).toContain('\\u{1b}[2J')
    expect(stdout).not.toContain('\u001b')
    expect(stdout).not.toContain('\u202e')
  })

  it('prints a matrix and a ranking for more than two checkpoints', async () => {
    const third = runs.copy('tuned', 'third', (folder) => tag(folder, { name: 'twin' }))
    const args = ['compare', runs.base, runs.tuned, third, '--bench', 'ifeval', '--replicates', '1000']
    const { code, stdout } = await bench(args)
    expect(code).toBe(0)
    expect(stdout).toMatch(/group 1 {2}rank 1-2 .*demo\/tuned/)
    expect(stdout).toMatch(/group 1 {2}rank 1-2 .*twin/)
    expect(stdout).toMatch(/group 2 {2}rank 3 .*demo\/base/)
  })

  it('orders a curve by the tag step, whatever the order of the folders', async () => {
    const steps = [
      runs.copy('tuned', 'step-100', (folder) => tag(folder, { name: 'rl', step: '100' })),
      runs.copy('base', 'step-0', (folder) => tag(folder, { name: 'rl', step: '0' })),
      runs.copy('base', 'step-20', (folder) => tag(folder, { name: 'rl', step: '20' })),
    ]
    const args = ['compare', ...steps, '--curve', '--bench', 'ifeval', '--replicates', '1000']
    const { code, stdout, stderr } = await bench(args)
    expect(code, stderr).toBe(0)
    expect(stdout.indexOf('20 ')).toBeLessThan(stdout.indexOf('100 '))
    expect(stdout).toContain('▁▁█')
  })

  it('averages seeds of one name as one checkpoint', async () => {
    const seeded = (of: 'base' | 'tuned', seed: string) =>
      runs.copy(of, `${of}-${seed}`, (folder) => tag(folder, { name: of, seed }))
    const folders = [seeded('tuned', '1'), seeded('tuned', '2'), seeded('base', '1'), seeded('base', '2')]
    const { benchmarks } = await compareJson(...folders, '--bench', 'ifeval')
    const alone = await compareJson(runs.tuned, runs.base, '--bench', 'ifeval')
    expect(benchmarks[0]!.difference).toBeCloseTo(alone.benchmarks[0]!.difference, 12)
    expect(benchmarks[0]).toMatchObject({ n: 44, seeds: { a: { values: [expect.any(Number), expect.any(Number)] } } })
  })
})

describe('bench compare refuses', () => {
  type Identity = {
    identity: { samples: number; benchmarks: { edition: string; dataHashes: Record<string, string> }[] }
  }
  type Scores = { scoring: { judge: string }; benchmarks: { labels: string[]; items: number; samples: number }[] }
  const changes: Record<string, [string, (folder: string) => void]> = {
    judge: [
      'judge',
      (folder) =>
        editJson(join(folder, 'scores.json'), (scores: Scores) => {
          scores.scoring.judge = 'another'
        }),
    ],
    edition: [
      'edition',
      (folder) =>
        editJson(join(folder, 'manifest.json'), (manifest: Identity) => {
          for (const head of manifest.identity.benchmarks as { edition: string }[]) head.edition = 'other'
        }),
    ],
    data: [
      'data',
      (folder) =>
        editJson(join(folder, 'manifest.json'), (manifest: Identity) => {
          for (const { dataHashes } of manifest.identity.benchmarks)
            for (const name of Object.keys(dataHashes)) dataHashes[name] = '0'
        }),
    ],
    labels: [
      'labels',
      (folder) =>
        editJson(join(folder, 'scores.json'), (scores: Scores) => {
          for (const entry of scores.benchmarks) entry.labels = ['house-something']
        }),
    ],
    items: [
      'items',
      (folder) =>
        editJson(join(folder, 'scores.json'), (scores: Scores) => {
          for (const entry of scores.benchmarks) entry.items = 3
        }),
    ],
    samples: [
      'samples per item',
      (folder) =>
        editJson(join(folder, 'scores.json'), (scores: Scores) => {
          for (const entry of scores.benchmarks) entry.samples = 4
        }),
    ],
    'judge version': [
      'judge models that answered',
      (folder) => {
        const file = join(folder, 'calls.jsonl')
        writeFileSync(
          file,
          readFileSync(file, 'utf8').replaceAll('"returnedModel":"demo/judge"', '"returnedModel":"demo/judge-2"'),
        )
      },
    ],
  }
  it.each(Object.entries(changes))('runs that differ in %s, and names it', async (name, [field, change]) => {
    const other = runs.copy('base', `other-${name}`, change)
    const { code, stdout, stderr } = await bench(['compare', runs.tuned, other, '--bench', 'cfbench'])
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toContain(`${field}:`)
    expect(stderr).toContain('cfbench')
  })

  it('verdicts that do not belong to the items', async () => {
    const other = runs.copy('base', 'shuffled', (folder) => {
      const file = join(folder, 'verdicts.jsonl')
      writeFileSync(file, readFileSync(file, 'utf8').replaceAll('"item":"english_c01/0"', '"item":"nobody"'))
    })
    const { code, stderr } = await bench(['compare', runs.tuned, other, '--bench', 'collie'])
    expect(code).toBe(2)
    expect(stderr).toContain('nobody')
  })

  it('one run, folders that are no runs, and benchmarks that are not in both', async () => {
    expect((await bench(['compare', runs.base])).code).toBe(2)
    expect((await bench(['compare', runs.base, runs.root])).code).toBe(2)
    const { code, stderr } = await bench(['compare', runs.base, runs.tuned, '--bench', 'agentif'])
    expect(code).toBe(2)
    expect(stderr).toContain('agentif')
  })
})
