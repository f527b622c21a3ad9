import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { houseTemplate } from '../../src/benchmarks/cfbench/house-prompt.ts'
import { type JudgeParsing, officialItemMetrics } from '../../src/benchmarks/cfbench/item-metrics.ts'
import { inUpstreamOrder, metricRules, toRow } from '../../src/benchmarks/cfbench/item-row.ts'
import { fallbackScores, strictScores } from '../../src/benchmarks/cfbench/judge-reply.ts'
import { toItem } from '../../src/benchmarks/cfbench/load.ts'
import { officialScores } from '../../src/benchmarks/cfbench/official-scores.ts'
import { judgePrompt } from '../../src/benchmarks/cfbench/prompt.ts'
import { type CfbenchData, CfbenchRecord } from '../../src/benchmarks/cfbench/schema.ts'
import { createScorer } from '../../src/benchmarks/cfbench/score.ts'
import { DataError } from '../../src/core/errors.ts'
import { sha256 } from '../../src/core/hash.ts'
import type { Item } from '../../src/core/item.ts'
import type { Verdict } from '../../src/core/verdict.ts'
import {
  cfbenchJudgeRecipe,
  loadUpstreamTemplate,
  type UpstreamTemplate,
} from '../../src/data/upstream-template/index.ts'
import { scriptedContext } from '../checkers/judge/scripted-judge.ts'
import { goldenRows, sameJson } from './_golden-rows.ts'
import { upstreamFile } from './_upstream-file.ts'
import type { ConformanceFolders, ConformanceReport, ConformanceSuite } from './suite.ts'

/** Replays CFBench's parser, judging loop, metrics, aggregates and judge prompts. */
export const suite: ConformanceSuite = {
  name: 'cfbench',
  async run(folders, report) {
    await replies(folders, report)
    await retries(folders, report)
    metrics(folders, report)
    aggregates(folders, report)
    await prompts(folders, report)
  },
}

type Metrics = { CSR: number; ISR: number; PSR: number }
type Criteria = [text: string, priority: string][]
type Failed = { error: string }
const exception = 'EXC'
/** Tries of upstream's own loop around one judge call. */
const triesPerCall = 10

function criteriaItem(criteria: Criteria, idx = 0): Item<CfbenchData> {
  const rows = criteria.map(([text, priority]) => [text, priority, '', ''])
  const blank = { prompt: '写一句话', isanswer: '否', gold: '', doamin: '', scenario: '', source: 'tob', split: 'easy' }
  return toItem(CfbenchRecord.parse({ ...blank, idx, criteria: rows }), String(idx), String(idx))
}

/** Judges one response with a scripted judge and gives upstream's view of the outcome. */
async function judged(item: Item<CfbenchData>, script: (count: number) => string | null) {
  let calls = 0
  const context = scriptedContext(() => {
    for (let tries = 0; tries < triesPerCall; tries++) {
      const reply = script(calls++)
      if (reply === null) return { status: 'refused', text: null }
      if (reply !== exception) return reply
    }
    return { fails: 'the call raised' }
  })
  const response = { sample: 0, status: 'ok', text: '回答', reasoning: null, finishReason: 'stop' } as const
  const verdicts = await createScorer(houseTemplate, []).score(item, response, context, ['official'])
  const row = toRow({ item, sample: 0, status: 'ok', verdicts }, metricRules.official)
  return { calls, row, verdicts, outcome: outcomeOf(verdicts, row.metrics!) }
}

function outcomeOf(verdicts: readonly Verdict[], { csr, isr, psr }: { csr: number; isr: number; psr: number }) {
  const detail = verdicts[0]!.detail!
  if (detail.aborts !== undefined) return { error: String(detail.aborts) }
  const scores: Record<string, unknown> = {
    1: verdicts.map((verdict) => verdict.detail!.token),
    0: detail.kept,
    '-1': ['0'],
  }
  return {
    judge_score: scores[String(detail.parsing)],
    judge_parsing: detail.parsing,
    metric: { CSR: csr, ISR: isr, PSR: psr },
  }
}

interface ReplyRow {
  id: string
  kind: string
  criteria: Criteria
  judge_response: string | null
  strict: string[] | null
  fallback: string[] | Failed
  final: ({ judge_score: string[]; judge_parsing: string; metric: Metrics } | Failed) & { judge_calls: number }
}

async function replies(folders: ConformanceFolders, report: ConformanceReport): Promise<void> {
  const file = 'replies.jsonl'
  const path = report.file(folders, file)
  if (!path) return
  for (const { id, kind, criteria, judge_response: reply, strict, fallback, final } of goldenRows<ReplyRow>(path)) {
    const read =
      reply === null
        ? null
        : strictScores(
            reply,
            criteria.map(([text]) => text),
          )
    const kept = fallbackScores(reply)
    const { calls, outcome } = await judged(criteriaItem(criteria), () => reply)
    const found = {
      strict: read,
      fallback: 'kept' in kept ? kept.kept : kept,
      final: { ...outcome, judge_calls: calls },
    }
    const expected = { strict, fallback, final }
    report.check(file, kind, id, sameJson(expected, found), () => difference(expected, found))
  }
}

interface RetryRow {
  id: string
  items: { idx: number; criteria: Criteria; replies: string[] }[]
  output_order_and_results: Record<string, unknown>[] | Failed
  judge_calls: number[]
}

async function retries(folders: ConformanceFolders, report: ConformanceReport): Promise<void> {
  const file = 'retries.jsonl'
  const path = report.file(folders, file)
  if (!path) return
  for (const row of goldenRows<RetryRow>(path)) {
    const all: (Awaited<ReturnType<typeof judged>> & { shown: object })[] = []
    for (const { idx, criteria, replies } of row.items) {
      let last = ''
      const result = await judged(criteriaItem(criteria, idx), (count) => {
        last = replies[Math.min(count, replies.length - 1)]!
        return last
      })
      all.push({ ...result, shown: { idx, judge_response: last === exception ? 'Error' : last, ...result.outcome } })
    }
    const aborted = all.find(({ outcome }) => 'error' in outcome)
    const order = inUpstreamOrder(all.map(({ row }) => row))
    const ordered = order.map((wanted) => all.find(({ row }) => row === wanted)!.shown)
    const found = {
      results: aborted ? aborted.outcome : ordered,
      calls: all.map(({ calls }) => calls),
    }
    const expected = { results: row.output_order_and_results, calls: row.judge_calls }
    report.check(file, 'retries', row.id, sameJson(expected, found), () => difference(expected, found))
  }
}

interface MetricRow {
  id: string
  kind: string
  priorities: string
  judge_score: string[]
  judge_parsing: JudgeParsing
  metric: Metrics | Failed
}

function metrics(folders: ConformanceFolders, report: ConformanceReport): void {
  const file = 'metrics.jsonl'
  const path = report.file(folders, file)
  if (!path) return
  for (const row of goldenRows<MetricRow>(path)) {
    const found = itemMetrics(row)
    report.check(file, row.kind, row.id, sameJson(row.metric, found), () => difference(row.metric, found))
  }
}

const exceptions: Readonly<Record<string, string>> = {
  'cfbench-scores': 'AssertionError',
  'cfbench-value': 'ValueError',
  // Upstream asserts the priority when it is needed; here it is refused when data is loaded.
  'broken-priority': 'AssertionError',
}

function itemMetrics({ priorities: letters, judge_score, judge_parsing }: MetricRow): Metrics | Failed {
  try {
    const isPrimary = [...letters].map((letter) => letter === 'P')
    const { csr, isr, psr } = officialItemMetrics(isPrimary, judge_score, judge_parsing)
    const unknown = [...letters].find((letter) => !'PS'.includes(letter))
    if (judge_parsing === '1' && unknown !== undefined) refusePriority(unknown)
    return { CSR: csr, ISR: isr, PSR: psr }
  } catch (error) {
    if (error instanceof DataError && exceptions[error.code]) return { error: exceptions[error.code]! }
    throw error
  }
}

function refusePriority(label: string): void {
  const blank = { idx: 0, prompt: '', isanswer: '', gold: '', doamin: '', scenario: '', source: '', split: '' }
  if (CfbenchRecord.safeParse({ ...blank, criteria: [['一条', label, '', '']] }).success) return
  throw new DataError('broken-priority', `Expected a known priority, got ${label}`)
}

interface AggregateRow {
  id: string
  kind: string
  items: [split: string, CSR: number, ISR: number, PSR: number][]
  scores: Record<string, number | null>
}

function aggregates(folders: ConformanceFolders, report: ConformanceReport): void {
  const file = 'aggregates.jsonl'
  const path = report.file(folders, file)
  if (!path) return
  for (const { id, kind, items, scores } of goldenRows<AggregateRow>(path)) {
    const found = Object.fromEntries(
      [...officialScores(items.map(([split, csr, isr, psr]) => ({ split, csr, isr, psr })))].map(([column, value]) => [
        column,
        Number.isNaN(value) ? null : value,
      ]),
    )
    report.check(file, kind, id, sameJson(scores, found), () => difference(scores, found))
  }
}

interface PromptRow {
  id: string
  kind: string
  idx: number
  model?: string
  response?: string
  prompt_sha256: string
  prompt_codepoints: number
  prompt_utf8_bytes: number
}

async function prompts(folders: ConformanceFolders, report: ConformanceReport): Promise<void> {
  const file = 'judge_prompts.jsonl'
  const path = report.file(folders, file)
  if (!path) return
  const data = join(folders.data, 'cfbench')
  const records = CfbenchRecord.array().parse(JSON.parse(readFileSync(join(data, 'cfbench_data.json'), 'utf8')))
  const installed = upstreamFile(folders, 'cfbench-upstream', 'code/evalaute.py')
  const template = installed ? await loadUpstreamTemplate(installed, cfbenchJudgeRecipe) : null
  let fixedBytes: number | null = null
  for (const row of goldenRows<PromptRow>(path)) {
    const item = toItem(records[row.idx]!, String(row.idx), String(row.idx))
    const criteria = item.data.criteria.map(({ text }) => text)
    const response = row.response ?? publishedResponse(data, row)
    if (template) {
      const found = sha256(judgePrompt(template, item.data, response, criteria))
      report.check(
        file,
        row.kind,
        row.id,
        found === row.prompt_sha256,
        () => `expected ${row.prompt_sha256}, got ${found}`,
      )
      continue
    }
    report.skip(file, row.kind, row.id, 'the digest needs code/evalaute.py of cfbench-upstream, which is not installed')
    // The template's length is known from its recipe, so that everything around it can be checked without its text.
    const prompt = judgePrompt(standIn, item.data, response, criteria)
    const bytes = row.prompt_utf8_bytes - Buffer.byteLength(prompt)
    fixedBytes ??= bytes
    const agrees = [...prompt].length === row.prompt_codepoints && bytes === fixedBytes
    report.check(file, `${row.kind} (length)`, row.id, agrees, () => `expected ${row.prompt_codepoints} code points`)
  }
}

const slots = '{prompt}{gold_ans}{response}{criteria}'
const standIn: UpstreamTemplate = {
  id: 'stand-in',
  text: slots + '='.repeat(cfbenchJudgeRecipe.check.characters - slots.length),
  sha256: '',
  style: cfbenchJudgeRecipe.style,
}

function publishedResponse(data: string, { model, idx }: PromptRow): string {
  const file = join(data, 'responses', `${model}_infer.json`)
  const rows = JSON.parse(readFileSync(file, 'utf8')) as { idx: number; response: string }[]
  return rows.find((row) => row.idx === idx)!.response
}

function difference(expected: unknown, found: unknown): string {
  return `expected ${JSON.stringify(expected)}, got ${JSON.stringify(found)}`
}
