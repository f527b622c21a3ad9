import { createAggregator } from '../../src/benchmarks/agentif/aggregate.ts'
import { afterThinking, answerText } from '../../src/benchmarks/agentif/answer-text.ts'
import { agentif } from '../../src/benchmarks/agentif/index.ts'
import { JudgeDesk } from '../../src/benchmarks/agentif/judge-desk.ts'
import { readRecord, toItem } from '../../src/benchmarks/agentif/load.ts'
import type { Outcome } from '../../src/benchmarks/agentif/outcome.ts'
import { dimensionLabels, typeLabels } from '../../src/benchmarks/agentif/schema.ts'
import { scoreAnswer } from '../../src/benchmarks/agentif/score-answer.ts'
import type { ItemHead } from '../../src/benchmarks/benchmark.ts'
import { createPythonRunner } from '../../src/checkers/python/index.ts'
import type { PythonOutcome, PythonRunner } from '../../src/checkers/scoring-context.ts'
import type { Metric } from '../../src/core/metric.ts'
import type { Verdict } from '../../src/core/verdict.ts'
import { scriptedContext } from '../checkers/judge/scripted-judge.ts'
import { goldenRows, sameJson } from './_golden-rows.ts'
import type { ConformanceFolders, ConformanceReport, ConformanceSuite } from './suite.ts'

/** Replays AgentIF's snippets through the real sandbox, its chains, its generation step and its figures. */
export const suite: ConformanceSuite = {
  name: 'agentif',
  async run(folders, report) {
    const python = createPythonRunner()
    python.warm()
    try {
      await codeChecks(folders, report, python)
      await pipelines(folders, report, python)
    } finally {
      await python.close()
    }
    prediction(folders, report)
    aggregates(folders, report)
  },
}

interface CheckResult {
  result?: unknown
  result_type?: string
  truthy?: boolean | null
  error?: string | null
  escaped?: string
}

interface CodeCheckRow {
  id: string
  family: string
  exec: string
  response: string
  expected: CheckResult
  expected_cpython_3_12?: CheckResult
}

async function codeChecks(folders: ConformanceFolders, report: ConformanceReport, python: PythonRunner): Promise<void> {
  const file = 'code_checks.jsonl'
  const path = report.file(folders, file)
  if (!path) return
  for (const { id, family, exec, response, expected, expected_cpython_3_12: newer } of goldenRows<CodeCheckRow>(path)) {
    const outcome = await python.check({ source: exec, response, mode: 'strict' })
    if (newer && !agrees(expected, outcome)) {
      // The group names every case that follows the newer Python of the sandbox.
      report.check(file, `${family}, as CPython 3.12: ${id}`, id, agrees(newer, outcome), () => show(newer, outcome))
    } else report.check(file, family, id, agrees(expected, outcome), () => show(expected, outcome))
  }
}

/** A value that is not plain JSON is an error here, as the data says that the item disappears upstream. */
function agrees({ result, result_type, truthy, error, escaped }: CheckResult, outcome: PythonOutcome): boolean {
  if (escaped !== undefined || error) return outcome.kind === 'error' && outcome.reason === 'exception'
  if (outcome.kind === 'error') {
    return outcome.reason === 'unserialisable' && result === null && result_type !== 'NoneType'
  }
  const { value, type } = outcome
  return sameJson(result, value) && type === result_type && outcome.truthy === truthy
}

type Reply = string | null | { error: string }

interface PipelineRow {
  id: string
  note: string
  item: {
    constraints: { id: number; evaluation?: { type: string }[]; score?: unknown }[]
    output?: { content: string } | null
  }
  judge: Reply[]
  expected: {
    constraints: { has_score: boolean; score: unknown; llm_output?: string }[]
    prompts: string[]
    judge_calls: number
    params: { temperature: number; max_tokens: number }[]
    nmsg: number[]
  }
}

async function pipelines(folders: ConformanceFolders, report: ConformanceReport, python: PythonRunner): Promise<void> {
  const file = 'pipelines.jsonl'
  const path = report.file(folders, file)
  if (!path) return
  for (const { id, note, item, judge, expected } of goldenRows<PipelineRow>(path)) {
    const context = scriptedContext((_request, count) =>
      toScripted(count < judge.length ? judge[count]! : { error: 'no further reply' }),
    )
    const constraints = item.constraints.map((constraint) => ({
      id: String(constraint.id),
      steps: constraint.evaluation ?? null,
      ...(Object.hasOwn(constraint, 'score') ? { preset: constraint.score } : {}),
    }))
    const tools = { desk: new JudgeDesk(context, id), python, mode: 'strict' } as const
    const outcomes = item.output ? await scoreAnswer(constraints, afterThinking(item.output.content), tools) : null
    const found = {
      constraints: item.constraints.map((_constraint, position) => shown(outcomes?.[position])),
      prompts: context.requests.map(({ messages }) => messages[0]!.content),
      judge_calls: context.requests.length,
      params: distinct(
        context.requests.map(({ sampling }) => ({ temperature: sampling.temperature, max_tokens: sampling.maxTokens })),
      ),
      nmsg: distinct(context.requests.map(({ messages }) => messages.length)),
    }
    report.check(file, note, id, sameJson(expected, found), () => show(expected, found))
  }
}

function distinct<Value>(values: readonly Value[]): Value[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()]
}

function toScripted(reply: Reply) {
  if (reply === null) return { status: 'refused', text: null } as const
  return typeof reply === 'string' ? reply : { fails: reply.error }
}

function shown(outcome: Outcome | undefined) {
  if (!outcome) return { has_score: false, score: null }
  const { hasScore, score, llmOutput } = outcome
  return { has_score: hasScore, score, ...(llmOutput === undefined ? {} : { llm_output: llmOutput }) }
}

interface PredictionRow {
  id: string
  input: { role: string; content: string }[]
  replies: Reply[]
  expected: {
    dropped?: boolean
    content?: string | null
    evaluator_start?: string
    assertion?: boolean
    calls: { n_messages: number; temperature: number; max_tokens: number }[]
  }
}

function prediction(folders: ConformanceFolders, report: ConformanceReport): void {
  const file = 'prediction.jsonl'
  const path = report.file(folders, file)
  if (!path) return
  for (const { id, input, replies, expected } of goldenRows<PredictionRow>(path)) {
    const found = predict(input, replies)
    report.check(file, 'prediction', id, sameJson(expected, found), () => show(expected, found))
  }
}

const anyConstraint = { id: 0, desc: 'invented', dimension: 'unconditional', type: 'semantic', evaluation: [] }

function predict(input: PredictionRow['input'], replies: readonly Reply[]): PredictionRow['expected'] {
  let item: ReturnType<typeof toItem>
  try {
    item = toItem(readRecord({ input, constraints: [anyConstraint] }, {}), 'invented')
  } catch {
    return { assertion: true, calls: [] }
  }
  const { messages, sampling } = agentif.generation(item)
  const call = { n_messages: messages.length, temperature: sampling.temperature!, max_tokens: sampling.maxTokens! }
  const reply = replies[0]
  const content = answerText({ text: typeof reply === 'string' ? reply : null, reasoning: null })
  if (content === null) return { dropped: true, content, calls: [call] }
  return { dropped: false, content, calls: [call], evaluator_start: afterThinking(content) }
}

interface ScoredRow {
  score?: unknown
  dimension: string
  type: string | string[]
  is_meta: boolean
}
interface Part {
  accuracy: number
  correct: number
  total: number
}
interface Report2025 {
  overall: Part
  by_dimension: Record<string, Part>
}
interface Expectation<Report> {
  report?: Report
  nulls?: string[]
  raises?: string
}
interface AggregateRow {
  id: string
  items: ScoredRow[][]
  expected_current: Expectation<Record<string, unknown>>
  expected_2025_05: Expectation<Report2025>
}

function aggregates(folders: ConformanceFolders, report: ConformanceReport): void {
  const file = 'aggregate.jsonl'
  const path = report.file(folders, file)
  if (!path) return
  for (const { id, items, expected_current: current, expected_2025_05: old } of goldenRows<AggregateRow>(path)) {
    const metrics = figuresOf(items)
    const foundCurrent = isAccepted(items) ? { report: currentReport(metrics), nulls: nulls(metrics) } : raised
    report.check(file, 'current', id, sameJson(current, foundCurrent), () => show(current, foundCurrent))
    const foundOld = { report: mayReport(metrics), nulls: nulls(metrics) }
    report.check(file, 'May 2025', id, sameJson(old, foundOld), () => show(old, foundOld))
  }
}

const raised = { raises: 'AssertionError' }

/** Where the later scorer's assertions end the run, loading the item is refused. */
function isAccepted(items: readonly ScoredRow[][]): boolean {
  try {
    for (const constraints of items) readRecord({ input: [{ role: 'user', content: 'x' }], constraints }, {})
    return true
  } catch {
    return false
  }
}

function figuresOf(items: readonly ScoredRow[][]): readonly Metric[] {
  const aggregator = createAggregator({ protocol: 'official', edition: 'v1' })
  for (const [position, rows] of items.entries()) {
    const item: ItemHead = {
      id: `i${position}`,
      cluster: `i${position}`,
      tags: {},
      constraints: rows.map(toConstraint),
    }
    const verdicts = rows.map((row, index) => toVerdict(item.id, String(index), row.score ?? null))
    aggregator.add({ item, sample: 0, status: 'ok', verdicts })
  }
  return aggregator.finish().metrics({ replicates: 2 })
}

function toConstraint({ dimension, type, is_meta }: ScoredRow, position: number): ItemHead['constraints'][number] {
  const label = (names: Readonly<Record<string, string>>, name: string) => names[name] ?? name
  const tags = {
    dimension: label(dimensionLabels, dimension),
    type: [type].flat().map((name) => label(typeLabels, name)),
    meta: is_meta ? 'meta' : 'plain',
  }
  return { id: String(position), text: '', check: 'judge', needsPrompt: true, tags }
}

function toVerdict(item: string, constraint: string, score: unknown): Verdict {
  const isNull = score === null
  return {
    item,
    sample: 0,
    constraint,
    scorer: 'judge',
    protocol: 'official',
    value: isNull ? null : score === true ? 1 : 0,
    status: isNull ? 'excluded' : 'ok',
    detail: isNull
      ? { why: 'condition_not_met' }
      : { truthy: Array.isArray(score) ? score.length > 0 : Boolean(score) },
  }
}

function part(metrics: readonly Metric[], id: string, value?: string): Part {
  const metric = metrics.find((one) => one.id === id && one.group?.value === value)
  const total = metric?.n ?? 0
  return { accuracy: metric?.value ?? 0, correct: Math.round((metric?.value ?? 0) * total), total }
}

function currentReport(metrics: readonly Metric[]): Record<string, unknown> {
  const labels = [...Object.values(dimensionLabels), ...Object.values(typeLabels)]
  return {
    CSR: part(metrics, 'csr'),
    ISR: part(metrics, 'isr'),
    'by_constraint_presentation_type (dimension)': Object.fromEntries(
      labels.map((name) => [name, part(metrics, `csr-${name}`)]),
    ),
    by_constraint_type: {},
  }
}

function mayReport(metrics: readonly Metric[]): Report2025 {
  const names = new Map(Object.entries(dimensionLabels).map(([raw, label]) => [label as string, raw]))
  const groups = metrics.filter(({ id, group, n }) => id === 'csr-may-2025' && group && n > 0)
  return {
    overall: part(metrics, 'csr-may-2025'),
    by_dimension: Object.fromEntries(
      groups.map(({ group }) => {
        const { value } = group!
        return [names.get(value) ?? value, part(metrics, 'csr-may-2025', value)]
      }),
    ),
  }
}

function nulls(metrics: readonly Metric[]): string[] {
  return [`Null Constraints counts: ${part(metrics, 'unscored').correct}`]
}

function show(expected: unknown, found: unknown): string {
  return `expected ${JSON.stringify(expected)}, got ${JSON.stringify(found)}`
}
