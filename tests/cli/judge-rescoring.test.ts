import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { VerdictRecord } from '../../src/runners/verdict-file.ts'
import { bench, temporaryFolder } from './_bench.ts'
import { goodReply, promptOf } from './_mock-judge.ts'
import { startMockModel } from './_mock-model.ts'

const benchmarks = ['cfbench', 'complexbench', 'writingbench', 'multichallenge']

function read(folder: string, file: string): string {
  return readFileSync(join(folder, file), 'utf8')
}

function verdictsIn(folder: string): VerdictRecord[] {
  return read(folder, 'verdicts.jsonl')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as VerdictRecord)
}

describe('scoring a run again with another judge', () => {
  it('asks the new judge only, keeps every scoring side by side, and leaves the first one untouched', async () => {
    await using model = await startMockModel(() => 'One answer. 一个回答。')
    await using kind = await startMockModel((request) => goodReply(promptOf(request), 1))
    await using harsh = await startMockModel((request) => goodReply(promptOf(request), 0))
    using folder = temporaryFolder()
    const out = join(folder.path, 'run')
    const run = ['run', '--bench', benchmarks.join(','), '--sample', '--model', model.url, '--out', out]
    const first = await bench([...run, '--judge', kind.url, '--json', '--quiet'])
    expect(first.code, first.stderr).toBe(0)
    const generated = model.requests.length
    const before = {
      verdicts: read(out, 'verdicts.jsonl'),
      scores: read(out, 'scores.json'),
      manifest: read(out, 'manifest.json'),
    }

    const second = await bench(['score', out, '--judge', harsh.url, '--scoring', 'harsh', '--json', '--quiet'])
    expect(second.code, second.stderr).toBe(0)
    const paid = harsh.requests.length
    expect(paid).toBeGreaterThan(0)
    const third = await bench(['score', out, '--judge', `${harsh.url}#other-name`, '--json', '--quiet'])
    expect(third.code, third.stderr).toBe(0)

    expect(model.requests.length).toBe(generated)
    expect({
      verdicts: read(out, 'verdicts.jsonl'),
      scores: read(out, 'scores.json'),
      manifest: read(out, 'manifest.json'),
    }).toEqual(before)
    const scorings = readdirSync(join(out, 'scorings')).sort()
    expect(scorings).toHaveLength(2)
    expect(scorings).toContain('harsh')

    const one = verdictsIn(out)
    const other = verdictsIn(join(out, 'scorings/harsh'))
    const place = ({ benchmark, item, constraint, protocol }: VerdictRecord) =>
      [benchmark, item, constraint, protocol].join()
    expect(other.map(place).sort()).toEqual(one.map(place).sort())
    const asked = other.filter(({ scorer }) => scorer.startsWith('judge:'))
    expect(asked.length).toBeGreaterThan(0)
    expect(asked.every(({ scorer }) => scorer.includes(harsh.url))).toBe(true)
    const mean = (verdicts: readonly VerdictRecord[]) => verdicts.reduce((sum, { value }) => sum + (value ?? 0), 0)
    expect(mean(other)).toBeLessThan(mean(one))

    // The same command again finds every call in the log; the first scoring can still be recomputed from it.
    const again = await bench(['score', out, '--judge', harsh.url, '--scoring', 'harsh', '--json', '--quiet'])
    expect(again.code, again.stderr).toBe(0)
    // Two judges by name (and the probes of the second): nothing was asked again.
    expect(harsh.requests.filter((request) => promptOf(request) !== 'Hi')).toHaveLength(2 * paid)
    const offline = await bench([...run, '--judge', kind.url, '--json', '--quiet', '--offline'])
    expect(offline.code, offline.stderr).toBe(0)
    // Benchmarks run side by side: only inside one of them is the order of the file fixed.
    expect(read(out, 'verdicts.jsonl').split('\n').sort()).toEqual(before.verdicts.split('\n').sort())

    const more = await bench(['score', out, '--judge', harsh.url, '--scoring', 'harsh'])
    expect(more.stderr).toContain(`More: bench table ${join(out, 'scorings/harsh')} --wide`)

    const table = await bench(['table', out, join(out, 'scorings/harsh'), '--format', 'markdown'])
    expect(table.code, table.stderr).toBe(0)
    expect(table.stdout).toContain('harsh')
  }, 120_000)

  it('without a judge leaves judged constraints out, generates nothing and keeps the rules', async () => {
    await using model = await startMockModel(() => '一个回答。')
    await using judge = await startMockModel((request) => goodReply(promptOf(request), 1))
    using folder = temporaryFolder()
    const out = join(folder.path, 'run')
    const run = await bench([
      'run',
      '--bench',
      'followbench',
      '--sample',
      '--model',
      model.url,
      '--judge',
      judge.url,
      '--out',
      out,
      '--quiet',
      '--json',
    ])
    expect(run.code, run.stderr).toBe(0)
    const generated = model.requests.length
    const bare = await bench(['score', out, '--soft', 'judge', '--json', '--quiet'])
    expect(bare.code, bare.stderr).toBe(0)
    expect(model.requests.length).toBe(generated)
    const verdicts = verdictsIn(join(out, 'scorings/without-judge'))
    const judged = verdicts.filter(({ scorer }) => scorer === 'judge')
    expect(judged.length).toBeGreaterThan(0)
    expect(judged.every(({ value, status }) => value === null && status === 'excluded')).toBe(true)
    const byRule = (all: readonly VerdictRecord[]) => all.filter(({ scorer }) => scorer === 'rule')
    expect(byRule(verdicts)).toEqual(byRule(verdictsIn(out)))
  }, 120_000)

  it('takes the recorded responses of a demo run, and asks a live judge about them', async () => {
    await using judge = await startMockModel((request) => goodReply(promptOf(request), 1))
    using folder = temporaryFolder()
    const out = join(folder.path, 'run')
    const run = await bench([
      'run',
      '--bench',
      'multichallenge',
      '--model',
      'demo/base',
      '--out',
      out,
      '--quiet',
      '--json',
    ])
    expect(run.code, run.stderr).toBeLessThanOrEqual(1)
    const again = await bench(['score', out, '--judge', judge.url, '--json', '--quiet'])
    expect(again.code, again.stderr).toBe(0)
    expect(judge.requests.length).toBeGreaterThan(0)
    const [scores] = JSON.parse(again.stdout).benchmarks
    expect(scores.responses).toEqual({ ok: 10 })
    expect(Object.keys(scores.scorers)).toEqual([expect.stringContaining(judge.url)])
  }, 120_000)
})
