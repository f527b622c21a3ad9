import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { compileRule } from '../../src/checkers/complexbench/compile-rule.ts'
import { samplePath } from '../../src/data/samples.ts'
import { bench, temporaryFolder } from './_bench.ts'

interface Sample {
  readonly main_id: number
  readonly scoring_questions: readonly {
    readonly point_id: number
    readonly rule: string | null
    readonly dep: readonly number[]
  }[]
}

const jsonl = (rows: readonly unknown[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('')
const linesOf = (path: string) => readFileSync(path, 'utf8').split('\n').filter(Boolean)

/** Scores recorded replies and gives the headline. */
async function scored(benchmark: string, responses: readonly unknown[], records: readonly unknown[]) {
  using folder = temporaryFolder()
  const [answers, judged] = [join(folder.path, 'responses.jsonl'), join(folder.path, 'recorded.jsonl')]
  writeFileSync(answers, jsonl(responses))
  writeFileSync(judged, jsonl(records))
  const files = ['--judge', `replay:${judged}`, '--out', join(folder.path, 'run')]
  const run = await bench(['score', answers, '--bench', benchmark, '--sample', ...files, '--json', '--quiet'])
  expect(run.code, run.stderr).toBe(0)
  const [entry] = JSON.parse(run.stdout).benchmarks
  const metrics = entry.metrics.official as { id: string; group?: object; value: number; n: number }[]
  return metrics.find(({ id, group }) => (id === 'overall' || id === 'drfr') && !group)!
}

describe('result files of the official scripts, as the pages of the benchmarks turn them into records', () => {
  it('give the mean of the scores of a WritingBench score file', async () => {
    const items = linesOf(samplePath('writingbench', 'benchmark_all.jsonl')!).map((line) => JSON.parse(line))
    const scoreOf = (index: number, position: number) => ((index + 3 * position) % 10) + 1
    const records = items.flatMap(({ index, checklist }) =>
      checklist.map((_criterion: unknown, constraint: number) => ({
        id: index,
        constraint,
        judge_response: { score: scoreOf(index, constraint), reason: '' },
      })),
    )
    const all = items.flatMap(({ index, checklist }) =>
      checklist.map((_criterion: unknown, position: number) => scoreOf(index, position)),
    )
    const responses = items.map(({ index }) => ({ index, response: 'x' }))
    const { value, n } = await scored('writingbench', responses, records)
    expect(n).toBe(all.length)
    expect(value).toBeCloseTo(all.reduce((sum, score) => sum + score, 0) / all.length, 12)
  })

  it('give the share of questions of a ComplexBench evaluation, rules run anew', async () => {
    const items = JSON.parse(readFileSync(samplePath('complexbench', 'data_final.json')!, 'utf8'))
    const records: object[] = []
    let held = 0
    for (const { main_id: id, scoring_questions } of items as Sample[]) {
      const raw = scoring_questions.map(({ rule }) => rule === null || compileRule(rule).evaluate([]).verdict === true)
      held += scoring_questions.filter(({ dep }, at) => raw[at] && dep.every((target) => raw[target])).length
      for (const { point_id: constraint, rule } of scoring_questions) {
        records.push(
          rule === null
            ? { id, constraint, purpose: 'judge', judge_response: '答案：是' }
            : { id, constraint, purpose: 'extract', judge_response: '评分对象：None' },
        )
      }
    }
    const responses = items.map((item: { main_id: number; instruction: string }) => ({
      main_id: item.main_id,
      model: 'm',
      instruction: item.instruction,
      generated: 'x',
    }))
    const { value, n } = await scored('complexbench', responses, records)
    expect(n).toBe(records.length)
    expect(held).toBeGreaterThan(0)
    expect(value).toBe(held / n)
  })
})
