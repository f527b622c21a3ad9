import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { ComplexBenchData } from '../../../src/benchmarks/complexbench/item-data.ts'
import { createScorer } from '../../../src/benchmarks/complexbench/score.ts'
import { scoreItem } from '../../../src/benchmarks/complexbench/scored-item.ts'
import type { CallRequest } from '../../../src/core/call.ts'
import { sha256 } from '../../../src/core/hash.ts'
import type { Item } from '../../../src/core/item.ts'
import { readJsonl } from '../../../src/core/jsonl.ts'
import type { ModelResponse } from '../../../src/core/response.ts'
import type { Verdict } from '../../../src/core/verdict.ts'
import { codePointLength } from '../../../src/text/code-points.ts'
import { scriptedContext } from '../../checkers/judge/scripted-judge.ts'
import type { ConformanceFolders, ConformanceReport } from '../suite.ts'
import { goldenSample, loadItems } from './load-items.ts'
import { compare } from './rules.ts'
import { compareStatistics, figures, type RawVerdict, type Statistics, toRaw } from './statistics.ts'
import { findTemplates } from './templates.ts'

interface PlannedCall {
  readonly main_id: number
  readonly point_id: number
  readonly stage: 'judge' | 'extract'
  readonly prompt_sha256: string
  readonly prompt_chars: number
  readonly reply: string
}

interface EndToEndRow {
  readonly id: string
  readonly model: string
  readonly language: 'zh' | 'en'
  readonly plan: readonly PlannedCall[]
  readonly rule_verdicts: readonly (readonly [item: number, question: number, verdict: RawVerdict])[]
  readonly point_judges: readonly (readonly RawVerdict[])[]
  readonly point_judges_rely: readonly (readonly RawVerdict[])[]
  readonly statistics?: Statistics
  readonly error?: string
}

const name = 'end_to_end.jsonl'

/** The adapter from responses to figures, with recorded replies of extractor and judge. */
export async function endToEndRuns(folders: ConformanceFolders, report: ConformanceReport): Promise<void> {
  const file = report.file(folders, name)
  if (!file) return
  const templates = await findTemplates(folders)
  const sample = goldenSample(folders)
  for await (const { value: row } of readJsonl<EndToEndRow>(file)) {
    if (!existsSync(sample)) {
      report.skip(name, 'run', row.id, `${sample} is not there (name its folder with --data)`)
      continue
    }
    const items = await loadItems(sample, row.language)
    const responses = await loadResponses(join(folders.data, `complexbench/sample/generations_${row.model}.jsonl`))
    const plan = new Map(row.plan.map((call) => [`${call.main_id}/${call.point_id}/${call.stage}`, call]))
    const asked: CallRequest[] = []
    const context = scriptedContext((request) => {
      asked.push(request)
      return plan.get(keyOf(request))!.reply
    })
    const verdicts = new Map<string, readonly Verdict[]>()
    for (const item of items) {
      verdicts.set(item.id, await createScorer(templates).score(item, responses.get(item.id)!, context, ['official']))
    }
    compare(report, name, 'calls', row.id, [...plan.keys()].sort(), asked.map(keyOf).sort())
    for (const request of asked) comparePrompt(report, row.id, request, plan.get(keyOf(request))!, templates.isUpstream)
    compareVerdicts(report, row, items, verdicts)
    const metrics = figures(items, (item) => verdicts.get(item.id)!)
    if (row.statistics) compareStatistics(report, name, row.id, row.statistics, metrics)
    else
      compare(
        report,
        name,
        'ZeroDivisionError',
        row.id,
        true,
        metrics.some(({ value }) => value === null),
      )
  }
}

function comparePrompt(
  report: ConformanceReport,
  run: string,
  request: CallRequest,
  planned: PlannedCall,
  isUpstream: boolean,
): void {
  const id = `${run} ${keyOf(request)}`
  const prompt = request.messages[0]!.content
  compare(report, name, 'prompt length', id, planned.prompt_chars, codePointLength(prompt))
  if (isUpstream) compare(report, name, 'prompt digest', id, planned.prompt_sha256, sha256(prompt))
  else report.skip(name, 'prompt digest', id, 'the upstream prompt files are not installed')
}

function compareVerdicts(
  report: ConformanceReport,
  row: EndToEndRow,
  items: readonly Item<ComplexBenchData>[],
  verdicts: ReadonlyMap<string, readonly Verdict[]>,
): void {
  for (const [item, question, verdict] of row.rule_verdicts) {
    const found = verdicts.get(String(item))![question]!.value
    compare(report, name, 'rule verdict', `${row.id} ${item}/${question}`, toRaw(verdict), toRaw(found))
  }
  items.forEach((item, index) => {
    const own = verdicts.get(item.id)!
    const id = `${row.id} ${item.id}`
    const raw = own.map(({ value }) => toRaw(value))
    compare(report, name, 'point_judges', id, row.point_judges[index]!.map(toRaw), raw)
    const { questions } = scoreItem({ item, sample: 0, status: 'ok', verdicts: own }, 'official')
    const rely = questions.map(({ point }) => point)
    compare(report, name, 'point_judges_rely', id, row.point_judges_rely[index]!.map(toRaw), rely)
  })
}

function keyOf({ item, constraint, purpose }: CallRequest): string {
  return `${item}/${constraint}/${purpose}`
}

async function loadResponses(path: string): Promise<Map<string, ModelResponse>> {
  const responses = new Map<string, ModelResponse>()
  for await (const { value } of readJsonl<{ main_id: number; generated: string | null }>(path)) {
    const { main_id, generated: text } = value
    const status = text === null ? 'refused' : text === '' ? 'empty' : 'ok'
    responses.set(String(main_id), { sample: 0, status, text, reasoning: null, finishReason: null })
  }
  return responses
}
