import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ScoringComparison } from '../../src/report/agreement/compare-scorings.ts'
import type { VerdictRecord } from '../../src/runners/verdict-file.ts'
import { bench, temporaryFolder } from './_bench.ts'
import { digest, goodReply, promptOf } from './_mock-judge.ts'
import { startMockModel } from './_mock-model.ts'

function verdictsIn(folder: string): VerdictRecord[] {
  return readFileSync(join(folder, 'verdicts.jsonl'), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as VerdictRecord)
}

/** Value by place, of verdicts that a judge made. */
function judged(folder: string, benchmark: string, item = ''): Map<string, number | null> {
  return new Map(
    verdictsIn(folder)
      .filter((verdict) => verdict.benchmark === benchmark && verdict.protocol === 'official')
      .filter((verdict) => verdict.scorer.startsWith('judge:') && verdict.item.startsWith(item))
      .map((verdict) => [`${verdict.item} ${verdict.constraint}`, verdict.value]),
  )
}

describe('bench judge agree', () => {
  const folder = temporaryFolder()
  const out = join(folder.path, 'run')
  const other = join(out, 'scorings/other')
  beforeAll(async () => {
    await using model = await startMockModel((request) => `Answer ${digest(promptOf(request)) % 100}. 一个回答。`)
    await using one = await startMockModel((request) => goodReply(promptOf(request), 1))
    await using two = await startMockModel((request) => {
      const prompt = promptOf(request)
      return digest(prompt) % 5 === 0 ? 'I would rather not say.' : goodReply(prompt, digest(prompt) % 2)
    })
    const benchmarks = ['--bench', 'followbench,writingbench', '--sample', '--quiet', '--out', out]
    const run = await bench(['run', ...benchmarks, '--model', model.url, '--judge', one.url])
    expect(run.code, run.stderr).toBe(0)
    const again = await bench(['score', out, '--judge', two.url, '--scoring', 'other', '--quiet'])
    expect(again.code, again.stderr).toBe(0)
  }, 60_000)
  afterAll(() => folder[Symbol.dispose]())

  async function compare(...args: string[]): Promise<ScoringComparison[]> {
    const { code, stdout, stderr } = await bench(['judge', 'agree', out, ...args, '--json'])
    expect(code, stderr).toBe(0)
    return JSON.parse(stdout) as ScoringComparison[]
  }

  it('compares the verdicts that both judges gave, overall and by a tag of the constraints', async () => {
    const found = await compare('--by', 'type', '--bench', 'followbench')
    expect(found[0]!.group).toBeNull()
    const groups = found.slice(1).map(({ group }) => group!.value)
    expect(groups.sort()).toEqual(['content', 'format', 'mixed', 'situation', 'style'])
    for (const comparison of found) {
      const type = comparison.group === null ? '' : `${comparison.group.value}/`
      const first = judged(out, 'followbench', type)
      const second = judged(other, 'followbench', type)
      const pairs = [...first].map(([place, value]) => [value, second.get(place)] as const)
      const both = pairs.filter((pair): pair is [number, number] => pair.every((value) => typeof value === 'number'))
      expect([comparison.n, comparison.unpaired]).toEqual([both.length, pairs.length - both.length])
      const rate = (side: 0 | 1) => both.reduce((sum, pair) => sum + pair[side], 0) / both.length
      const equal = both.filter(([a, b]) => a === b).length / both.length
      const chance = rate(0) * rate(1) + (1 - rate(0)) * (1 - rate(1))
      expect(comparison.equal.value).toBeCloseTo(equal, 12)
      expect(comparison.binary!.kappa).toBeCloseTo((equal - chance) / (1 - chance), 12)
    }
    expect(found[0]!.unpaired).toBeGreaterThan(0)
  })

  it('has mean differences for scores that are no verdicts', async () => {
    const [graded] = await compare('--bench', 'writingbench')
    expect(graded).toMatchObject({ benchmark: 'writingbench', binary: null, rates: null })
    expect(graded!.meanDifference).toBeGreaterThan(0)
  })

  it('prints who decided on each side, in every format', async () => {
    const text = await bench(['judge', 'agree', out, other, '--format', 'markdown'])
    expect(text.stdout).toContain('SAMPLE')
    expect(text.stdout).toMatch(/1: \S+, scored by judge:http/)
    expect(text.stdout).toMatch(/2: \S+ .*other.*, scored by judge:http/)
    const csv = await bench(['judge', 'agree', out, '--format', 'csv'])
    expect(csv.stdout.split('\r\n')[0]).toContain('kappa')
  })

  it('refuses what cannot be compared, and says what to do', async () => {
    const fails = async (args: string[], message: RegExp) => {
      const { code, stderr } = await bench(['judge', 'agree', ...args])
      expect(code).toBe(2)
      expect(stderr).toMatch(message)
    }
    await fails([other], /two scorings.*bench score/s)
    await fails([out, '--by', 'colour'], /`colour`.*Known here: .*kind/s)
    await fails([out, '--bench', 'ifeval'], /ifeval.*There: followbench, writingbench/s)
    await fails([out, out], /same scorers/s)
  })
})
