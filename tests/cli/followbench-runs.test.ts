import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Scores } from '../../src/runners/scores.ts'
import { goldenRows } from '../conformance/_golden-rows.ts'
import { bench, temporaryFolder } from './_bench.ts'

const shared = new URL('../../../shared/', import.meta.url).pathname
const runs = join(shared, 'golden/followbench/runs')
const data = join(shared, 'data/followbench')

interface GoldenItem {
  readonly type: string
  readonly example_id: number
  readonly level: number
  readonly scorer: 'rule' | 'judge'
  readonly response: string | null
  readonly judge_reply?: string | null
}

interface Expected {
  readonly lang: 'en' | 'zh'
  readonly derived_macro6: { readonly hsr_avg: number; readonly ssr_avg: number; readonly csl_avg: number }
}

interface Instruction {
  readonly type: string
  readonly example_id: number
  readonly level: number
  readonly instruction: string
}

/** Prompts of the installed data by type, group and level. */
function prompts(folder: string): (item: GoldenItem) => string {
  const found = new Map<string, string>()
  for (const type of ['content', 'situation', 'style', 'format', 'example', 'mixed']) {
    const text = readFileSync(join(folder, `${type}_constraints.json`), 'utf8')
    for (const { example_id, level, instruction } of JSON.parse(text) as Instruction[]) {
      found.set(`${type}/${example_id}/${level}`, instruction)
    }
  }
  return ({ type, example_id, level }) => found.get(`${type}/${example_id}/${level}`)!
}

describe.skipIf(!existsSync(runs))('complete FollowBench runs of ../shared/golden, through the command', () => {
  const folder = temporaryFolder()
  const dataDir = join(folder.path, 'data')
  beforeAll(async () => {
    const pulled = await bench(['data', 'pull', 'followbench', '--from', data, '--data-dir', dataDir])
    expect(existsSync(join(dataDir, 'followbench/en/example_constraints.json')), pulled.stderr).toBe(true)
  }, 60_000)
  afterAll(() => folder[Symbol.dispose]())

  it.each([
    ['en-llama3-8b', 'prompt', 'items.jsonl.gz'],
    ['en-parse-failures', 'prompt', 'items.jsonl'],
    ['zh-clean', 'prompt_new', 'items.jsonl'],
    ['zh-failures-and-missing', 'prompt_new', 'items.jsonl'],
  ])(
    '%s: answers as upstream stores them and recorded judge replies give the published averages',
    async (name, key, file) => {
      const items = goldenRows<GoldenItem>(join(runs, `${name}.${file}`))
      const expected = JSON.parse(readFileSync(join(runs, `${name}.expected.json`), 'utf8')) as Expected
      const promptOf = prompts(join(dataDir, 'followbench', expected.lang))
      const answers = join(folder.path, `${name}.answers.jsonl`)
      const lines = items
        .filter(({ response }) => response !== null)
        .map((item) => ({
          [key]: promptOf(item),
          choices: [{ message: { role: 'assistant', content: item.response } }],
        }))
      writeFileSync(answers, lines.map((line) => JSON.stringify(line)).join('\n'))
      const replies = join(folder.path, `${name}.replies.jsonl`)
      const prefix = expected.lang === 'zh' ? 'zh:' : ''
      const judged = items
        .filter(({ scorer }) => scorer === 'judge')
        .map(({ type, example_id, level, judge_reply }) => ({
          item: `${prefix}${type}/${example_id}/L${level}`,
          judge_reply,
        }))
      writeFileSync(replies, judged.map((line) => JSON.stringify(line)).join('\n'))
      const out = join(folder.path, name)
      const args = ['--bench', `followbench:${expected.lang}`, '--judge', `replay:${replies}`, '--protocol', 'official']
      // Upstream scores think blocks with the answer.
      const rest = ['--thinking', 'keep', '--data-dir', dataDir, '--out', out, '--json', '--quiet']
      const { stdout, stderr } = await bench(['score', answers, ...args, ...rest])
      const { metrics } = (JSON.parse(stdout) as Scores).benchmarks[0]!
      const figure = (id: string) =>
        metrics.official!.find((metric) => metric.id === id && metric.group === undefined)!.value!
      const { hsr_avg, ssr_avg, csl_avg } = expected.derived_macro6
      expect(figure('hsr-printed') * 100, stderr).toBeCloseTo(hsr_avg, 9)
      expect(figure('ssr-printed') * 100).toBeCloseTo(ssr_avg, 9)
      expect(figure('csl-printed')).toBeCloseTo(csl_avg, 9)
    },
    60_000,
  )
})
