import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { officialScores } from '../../src/benchmarks/cfbench/official-scores.ts'
import type { Protocol } from '../../src/core/verdict.ts'
import { samplePath } from '../../src/data/samples.ts'
import type { Scores } from '../../src/runners/scores.ts'
import type { VerdictRecord } from '../../src/runners/verdict-file.ts'
import { goldenRows } from '../conformance/_golden-rows.ts'
import { bench, temporaryFolder } from './_bench.ts'

function verdictsIn(folder: string): VerdictRecord[] {
  return goldenRows<VerdictRecord>(join(folder, 'verdicts.jsonl'))
}

function figure(scores: Scores, protocol: Protocol, id: string): number | null {
  const metrics = scores.benchmarks[0]!.metrics[protocol]!
  return metrics.find((metric) => metric.id === id && metric.group === undefined)!.value
}

async function scoreEval(file: string, benchmark: string, more: readonly string[], env: Record<string, string> = {}) {
  const out = `${file}.run`
  const args = ['score', file, '--bench', benchmark, '--judge', `replay:${file}`, '--out', out, '--json', '--quiet']
  const result = await bench([...args, ...more], env)
  expect(result.code, result.stderr).toBe(0)
  return { out, scores: JSON.parse(result.stdout) as Scores, stderr: result.stderr }
}

const invented = [
  { idx: 4, response: '负面', judge_response: '答案是负面\t1\n\n只回答“正面”或“负面”，没有多余文字\t1' },
  // The judge tidied the quotation marks.
  { idx: 1, response: '雨。', judge_response: '以"雨后的车站"为题\t0\n\n全诗四行\t0\n\n除"雨"以外没有天气词\t1' },
  { idx: 10, response: '月亮很远。', judge_response: '解释得不错。' },
]

describe('judge replies that somebody else recorded', () => {
  it('are scored without a call: official by the fallback of upstream, fixed by position', async () => {
    using folder = temporaryFolder()
    const file = join(folder.path, 'some-model_eval.json')
    const rows = invented.map((row) => ({ ...row, infer_model: 'some-model', judge_parsing: '1' }))
    writeFileSync(file, JSON.stringify(rows, null, 4))
    const { out, scores, stderr } = await scoreEval(file, 'cfbench', ['--sample', '--answered'])

    const parsings = (protocol: Protocol) =>
      Object.fromEntries(
        verdictsIn(out)
          .filter((verdict) => verdict.protocol === protocol)
          .map(({ item, detail }) => [item, detail!.parsing]),
      )
    expect(parsings('official')).toEqual({ 4: '1', 1: '0', 10: '-1' })
    expect(parsings('fixed')).toEqual({ 4: '1', 1: '1', 10: '-1' })
    expect(['isr', 'csr', 'psr'].map((id) => figure(scores, 'official', id))).toEqual([0.67, 0.67, 0.67])
    expect(figure(scores, 'fixed', 'isr')).toBeCloseTo(1 / 3)
    expect(figure(scores, 'fixed', 'csr')).toBeCloseTo((1 + 1 / 3) / 3)
    expect(stderr).not.toContain('the judge is the model under test')
    expect(stderr).not.toContain('was asked as')
  })

  it('may be lists over several attempts, as objects that were parsed already', async () => {
    using folder = temporaryFolder()
    const file = join(folder.path, 'attempts.jsonl')
    const [question] = goldenRows<{ QUESTION_ID: string }>(samplePath('multichallenge', 'benchmark_questions.jsonl')!)
    const row = {
      question_id: question!.QUESTION_ID,
      response: ['Rome. Over', 'Rome.'],
      judge_response: [
        { reasoning: 'It ends so.', verdict: 'YES' },
        { reasoning: 'It does not.', verdict: 'NO' },
      ],
    }
    writeFileSync(file, `${JSON.stringify(row)}\n`)
    const { scores } = await scoreEval(file, 'multichallenge', ['--sample', '--answered'])
    expect(figure(scores, 'official', 'overall')).toBe(1)
    expect(figure(scores, 'fixed', 'overall')).toBe(0.5)
  })

  it('of another checkpoint are refused and counted, and the run says so', async () => {
    using folder = temporaryFolder()
    const [mine, theirs] = ['mine.json', 'theirs.json'].map((name) => join(folder.path, name)) as [string, string]
    writeFileSync(mine, JSON.stringify([1, 10].map((idx) => ({ idx, response: 'Something else' }))))
    writeFileSync(theirs, JSON.stringify(invented))
    const args = ['score', mine, '--bench', 'cfbench', '--sample', '--answered', '--judge', `replay:${theirs}`]
    const { code, stderr } = await bench([...args, '--out', join(folder.path, 'run')])
    expect(code).toBe(1)
    expect(stderr).toContain('judges another response than the one to item')
    const statuses = verdictsIn(join(folder.path, 'run')).map(({ status, value }) => `${status} ${value}`)
    expect(new Set(statuses)).toEqual(new Set(['judge-error null']))
  })
})

interface RealReply {
  readonly kind: string
  readonly model: string
  readonly idx: number
  readonly split: string
  readonly judge_response: string
  readonly final: {
    readonly judge_score: readonly string[]
    readonly judge_parsing: string
    readonly metric: { readonly CSR: number; readonly ISR: number; readonly PSR: number }
  }
}

const shared = join(import.meta.dirname, '../../../shared')
const golden = join(shared, 'golden/cfbench/replies.jsonl')
const responses = join(shared, 'data/cfbench/responses')
const isThere = existsSync(golden) && existsSync(responses)

describe.skipIf(!isThere)('the published CFBench judge replies, through the command (needs ../shared)', () => {
  it("give upstream's verdicts and scores under official, and the reading by position under fixed", async () => {
    using folder = temporaryFolder()
    const env = { BENCH_DATA_DIR: join(folder.path, 'data') }
    await bench(['data', 'pull', 'cfbench', '--offline', '--from', join(shared, 'data')], env)
    const real = goldenRows<RealReply>(golden).filter(({ kind }) => kind === 'real')
    const models = [...new Set(real.map(({ model }) => model))]
    let byPosition = 0
    for (const model of models) {
      const judged = new Map(real.filter((row) => row.model === model).map((row) => [row.idx, row]))
      const published = JSON.parse(readFileSync(join(responses, `${model}_infer.json`), 'utf8')) as { idx: number }[]
      const rows = published.flatMap((row) => {
        const reply = judged.get(row.idx)
        return reply ? [{ ...row, judge_response: reply.judge_response }] : []
      })
      const file = join(folder.path, `${model}_eval.json`)
      writeFileSync(file, JSON.stringify(rows, null, 4))
      const { out, scores } = await scoreEval(file, 'cfbench', ['--answered'], env)

      const verdicts = verdictsIn(out)
      for (const { idx, judge_response, final } of judged.values()) {
        const own = (protocol: Protocol) =>
          verdicts.filter((verdict) => verdict.item === String(idx) && verdict.protocol === protocol)
        const official = own('official')
        expect(official[0]!.detail!.parsing, `${model} ${idx}`).toBe(final.judge_parsing)
        const tokens = official.map(({ detail }) => detail!.token)
        expect(final.judge_parsing === '1' ? tokens : official[0]!.detail!.kept).toEqual(final.judge_score)
        // The published replies have one line per criterion, whatever was done to its text.
        const lines = judge_response.split('\n').filter((line) => line.trim() !== '')
        const last = lines.filter((line) => /\t[01]\s*$/.test(line)).map((line) => Number(line.trim().at(-1)))
        expect(
          own('fixed').map(({ value }) => value),
          `${model} ${idx}`,
        ).toEqual(last)
        byPosition += Number(final.judge_parsing === '0')
      }
      const expected = officialScores(
        [...judged.values()].map(({ split, final: { metric } }) => ({
          split,
          csr: metric.CSR,
          isr: metric.ISR,
          psr: metric.PSR,
        })),
      )
      for (const id of ['csr', 'isr', 'psr']) {
        expect(figure(scores, 'official', id), `${model} ${id}`).toBe(expected.get(id.toUpperCase()))
        expect(figure(scores, 'official', `${id}-hard`)).toBe(expected.get(`${id.toUpperCase()}_hard`))
      }
    }
    expect(models.length).toBeGreaterThan(5)
    expect(byPosition).toBeGreaterThan(0)
  }, 240_000)
})

interface RealRun {
  readonly id: string
  readonly response_files: readonly string[]
  /** Per question one letter an attempt (yes, no, failed call), or M for no response at all. */
  readonly verdicts: readonly string[]
  readonly expected: {
    readonly scores: { readonly overall_score: number; readonly axis_scores: Readonly<Record<string, number>> }
  }
}

const realRuns = join(shared, 'golden/multichallenge/real_runs.jsonl')
const conversations = join(shared, 'data/multichallenge')
const areThere = existsSync(realRuns) && existsSync(conversations)
const replies: Readonly<Record<string, unknown>> = {
  Y: { reasoning: 'r', verdict: 'YES' },
  N: { reasoning: 'r', verdict: 'NO' },
  E: null,
}

describe.skipIf(!areThere)('MultiChallenge runs of real size, through the command (needs ../shared)', () => {
  const runs = areThere ? goldenRows<RealRun>(realRuns) : []
  const several = runs.find(({ response_files }) => response_files.length > 1)
  const faulty = runs.filter(({ id }) => id.endsWith('faults')).slice(0, 2)
  const clean = runs.find(({ id }) => id.endsWith('clean'))

  it.each([clean, ...faulty, several].flatMap((run) => run ?? []).map((run) => [run.id, run] as const))(
    "%s gives upstream's scores, whatever answers and judge replies are missing",
    async (_id, { response_files, verdicts, expected }) => {
      using folder = temporaryFolder()
      const env = { BENCH_DATA_DIR: join(folder.path, 'data') }
      await bench(['data', 'pull', 'multichallenge', '--offline', '--from', join(shared, 'data')], env)
      const questions = goldenRows<{ QUESTION_ID: string }>(join(conversations, 'benchmark_questions.jsonl'))
      const responses = response_files.map((name) => {
        const lines = goldenRows<{ QUESTION_ID: string; RESPONSE: string[] }>(
          join(conversations, 'model_responses', `${name}.jsonl.gz`),
        )
        return new Map(lines.map(({ QUESTION_ID, RESPONSE }) => [QUESTION_ID, RESPONSE[0]!]))
      })
      const rows = questions.flatMap(({ QUESTION_ID }, line) => {
        const letters = [...verdicts[line]!]
        if (letters[0] === 'M') return []
        const response = letters.map((_letter, attempt) => responses[attempt]!.get(QUESTION_ID))
        return [{ question_id: QUESTION_ID, response, judge_response: letters.map((letter) => replies[letter]) }]
      })
      const file = join(folder.path, 'raw.jsonl')
      writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
      const args = ['score', file, '--bench', 'multichallenge', '--judge', `replay:${file}`, '--out', `${file}.run`]
      const { stdout, stderr } = await bench([...args, '--json', '--quiet'], env)
      expect(stdout, stderr).not.toBe('')
      const scores = JSON.parse(stdout) as Scores
      expect(figure(scores, 'official', 'overall')! * 100).toBeCloseTo(expected.scores.overall_score, 9)
      const passed = scores.benchmarks[0]!.metrics.official!.filter(({ id }) => id === 'passed')
      for (const [axis, score] of Object.entries(expected.scores.axis_scores)) {
        if (axis === 'NA') continue
        expect(passed.find(({ group }) => group!.value === axis)!.value! * 100, axis).toBeCloseTo(score, 9)
      }
    },
    120_000,
  )
})
