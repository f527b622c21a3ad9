import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { checkReply } from '../../src/benchmarks/writingbench/judge-reply.ts'
import { judgedText } from '../../src/benchmarks/writingbench/judged-text.ts'
import { readRecord, toItem } from '../../src/benchmarks/writingbench/load.ts'
import { followRounds } from '../../src/benchmarks/writingbench/official-rounds.ts'
import { judgeMessages } from '../../src/benchmarks/writingbench/prompt.ts'
import type { WritingBenchData } from '../../src/benchmarks/writingbench/schema.ts'
import { createScorer } from '../../src/benchmarks/writingbench/score.ts'
import { officialResume, type ScoreRecord } from '../../src/benchmarks/writingbench/score-file.ts'
import { houseTemplates, type JudgeTemplates, loadJudgeTemplates } from '../../src/benchmarks/writingbench/templates.ts'
import { sha256 } from '../../src/core/hash.ts'
import type { Item } from '../../src/core/item.ts'
import type { Verdict } from '../../src/core/verdict.ts'
import { writingbenchPromptRecipe, writingbenchSystemRecipe } from '../../src/data/upstream-template/index.ts'
import { loadPythonJson } from '../../src/text/python-json.ts'
import { repr } from '../../src/text/repr.ts'
import { type ScriptedReply, scriptedContext } from '../checkers/judge/scripted-judge.ts'
import { goldenRows, sameJson } from './_golden-rows.ts'
import { upstreamFile } from './_upstream-file.ts'
import { compareTables } from './_writingbench-tables.ts'
import type { ConformanceFolders, ConformanceReport, ConformanceSuite } from './suite.ts'

/** Replays WritingBench's reply check, rounds, think rule, criterion text, judge prompts, resumption and table. */
export const suite: ConformanceSuite = {
  name: 'writingbench',
  async run(folders, report) {
    replies(folders, report)
    await retries(folders, report)
    thinkMarks(folders, report)
    criterionTexts(folders, report)
    await prompts(folders, report)
    await resumptions(folders, report)
    compareTables(folders, report)
  },
}

interface ReplyRow {
  id: string
  kind: string
  reply: string
  expected: { success?: boolean; score?: number | boolean; score_type?: string; reason?: string; raises?: string }
}

function replies(folders: ConformanceFolders, report: ConformanceReport): void {
  const file = 'judge_parse.jsonl'
  const path = report.file(folders, file)
  if (!path) return
  for (const { id, kind, reply, expected } of goldenRows<ReplyRow>(path)) {
    const check = checkReply(reply)
    let found: ReplyRow['expected']
    if (check.outcome === 'accepted') {
      const { score, kind: score_type, reason } = check.judgement
      found = { success: true, score: score_type === 'bool' ? score === 1 : score, score_type, reason }
    } else found = check.outcome === 'raises' ? { raises: 'TypeError' } : { success: false }
    report.check(file, kind ?? 'reply', id, sameJson(expected, found), () => difference(expected, found))
  }
}

interface RetryRow {
  id: string
  replies: (string | null)[]
  expected: { result?: { score: number; reason: string }; raises?: string; calls: number }
}

async function retries(folders: ConformanceFolders, report: ConformanceReport): Promise<void> {
  const file = 'judge_retry.jsonl'
  const path = report.file(folders, file)
  if (!path) return
  for (const { id, replies, expected } of goldenRows<RetryRow>(path)) {
    const upstream = followRounds(replies)
    const { judgement = null, calls = replies.length, raises } = upstream ?? {}
    const found = judgement
      ? { result: { score: judgement.score, reason: judgement.reason }, calls }
      : { raises: raises ?? 'none', calls }
    report.check(file, 'upstream loop', id, sameJson(expected, found), () => difference(expected, found))
    const { value, status, asked, upstreamRaises } = await scoreReplies(replies)
    const agrees = expected.result
      ? value === expected.result.score && asked === expected.calls
      : // The harness asks on where upstream dies: an exception is a failed judgement, or a marked one.
        value === null
        ? status !== 'ok' || upstreamRaises === expected.raises
        : upstreamRaises === expected.raises
    report.check(file, 'scorer', id, agrees, () => difference(expected, { value, status, asked, upstreamRaises }))
  }
}

/** Scores one criterion through the scorer, the judge giving these replies and then a refusal. */
async function scoreReplies(replies: readonly (string | null)[]) {
  const context = scriptedContext((_request, count): ScriptedReply => {
    return replies[count] ?? { status: 'refused', text: null }
  })
  const [verdict] = await score(inventedItem(0, ['a']), 'text', context)
  const { value, status, calls, detail } = verdict!
  return { value, status, asked: calls!.length, upstreamRaises: detail?.upstreamRaises }
}

function score(item: Item<WritingBenchData>, text: string, context: ReturnType<typeof scriptedContext>) {
  const response = { sample: 0, status: 'ok', text, reasoning: null, finishReason: 'stop' } as const
  return createScorer(houseTemplates, []).score(item, response, context, ['official'])
}

function inventedItem(index: number, names: readonly string[], domain = 'Education'): Item<WritingBenchData> {
  const bands = Object.fromEntries(['1-2', '3-4', '5-6', '7-8', '9-10'].map((band) => [band, band]))
  const checklist = names.map((name) => ({ name, criteria_description: `Is it ${name}?`, ...bands }))
  const line = JSON.stringify({ index, domain1: domain, domain2: 'Plan', query: 'Write.', checklist })
  const { record, criteria } = readRecord(line, {})
  return toItem(record, criteria, new Map(), {})
}

function thinkMarks(folders: ConformanceFolders, report: ConformanceReport): void {
  const file = 'think_marker.jsonl'
  const path = report.file(folders, file)
  if (!path) return
  for (const { id, input, expected } of goldenRows<{ id: string; input: string; expected: string }>(path)) {
    const { text } = judgedText(input)
    report.check(file, 'judged text', id, text === expected, () => difference(expected, text))
  }
}

interface ReprRow {
  id: string
  kind: string
  value?: unknown
  value_json?: string
  expected: string
  dataset?: string
  index?: number
  criterion?: number
}

function criterionTexts(folders: ConformanceFolders, report: ConformanceReport): void {
  const file = 'python_repr.jsonl'
  const path = report.file(folders, file)
  if (!path) return
  const kept = new KeptItems(folders)
  for (const { id, kind, value, value_json, expected, dataset, index, criterion } of goldenRows<ReprRow>(path)) {
    const json = loadPythonJson(value_json ?? JSON.stringify(value))
    const found = json.ok ? repr(json.value) : json.reason
    report.check(file, kind, id, found === expected, () => difference(expected, found))
    if (dataset === undefined) continue
    const item = kept.find(dataset, index!)
    if (!item) {
      report.skip(file, `${kind} (loaded)`, id, kept.absence(dataset))
      continue
    }
    const { text } = item.data.criteria[criterion!]!
    report.check(file, `${kind} (loaded)`, id, text === expected, () => difference(expected, text))
  }
}

/** The kept items, read through the loader's own steps. */
class KeptItems {
  readonly #folders: ConformanceFolders
  readonly #items = new Map<string, Map<number, Item<WritingBenchData>>>()

  constructor(folders: ConformanceFolders) {
    this.#folders = folders
  }

  /** Null where the kept data are not there. */
  find(dataset: string, index: number): Item<WritingBenchData> | null {
    const stems = dataset === 'v2' ? ['length'] : ['style', 'format', 'length']
    for (const stem of stems) {
      const item = this.#read(join(this.#folder(dataset), `${stem}_subset.jsonl.gz`)).get(index)
      if (item) return item
    }
    if (existsSync(this.#folder(dataset))) throw new Error(`No kept item ${index} in ${dataset}`)
    return null
  }

  absence(dataset: string): string {
    return `${this.#folder(dataset)} is not there (name its folder with --data)`
  }

  #folder(dataset: string): string {
    return join(this.#folders.data, 'writingbench', dataset)
  }

  #read(path: string): Map<number, Item<WritingBenchData>> {
    let items = this.#items.get(path)
    if (!items) {
      items = new Map()
      if (existsSync(path)) {
        for (const row of goldenRows<{ index: number }>(path)) {
          const { record, criteria } = readRecord(JSON.stringify(row), { file: path })
          items.set(row.index, toItem(record, criteria, new Map(), { file: path }))
        }
      }
      this.#items.set(path, items)
    }
    return items
  }
}

interface PromptRow {
  id: string
  dataset: string
  index: number
  criterion: number
  response: string
  expected: { sha256: string; code_points: number; utf8_bytes: number }
}

async function prompts(folders: ConformanceFolders, report: ConformanceReport): Promise<void> {
  const file = 'prompt_render.jsonl'
  const path = report.file(folders, file)
  if (!path) return
  const kept = new KeptItems(folders)
  const { dataset, file: source } = writingbenchPromptRecipe
  const installed = upstreamFile(folders, dataset, source)
  const upstream = installed ? await loadJudgeTemplates({ asset: () => installed }) : null
  const inserted: { row: PromptRow; found: ReturnType<typeof lengths> }[] = []
  for (const row of goldenRows<PromptRow>(path)) {
    const item = kept.find(row.dataset, row.index)
    if (!item) {
      report.skip(file, row.dataset, row.id, kept.absence(row.dataset))
      continue
    }
    const { query, criteria } = item.data
    const render = (templates: JudgeTemplates) =>
      judgeMessages(templates, query, row.response, criteria[row.criterion]!.text)[1]!.content
    if (upstream) {
      const prompt = render(upstream)
      const found = { sha256: sha256(prompt), ...lengths(prompt) }
      report.check(file, row.dataset, row.id, sameJson(row.expected, found), () => difference(row.expected, found))
      continue
    }
    report.skip(file, row.dataset, row.id, `the digest needs ${source} of ${dataset}, not installed`)
    inserted.push({ row, found: lengths(render(standIn)) })
  }
  // All that the template itself adds is a constant: with it, the lengths prove what is inserted.
  const constants = new Set(
    inserted.map(({ row: { expected }, found }) =>
      [expected.code_points - found.code_points, expected.utf8_bytes - found.utf8_bytes].join(),
    ),
  )
  for (const { row, found } of inserted) {
    report.check(file, `${row.dataset} (length)`, row.id, constants.size === 1, () => difference(row.expected, found))
  }
}

function lengths(text: string) {
  return { code_points: [...text].length, utf8_bytes: Buffer.byteLength(text) }
}

const standIn: JudgeTemplates = {
  system: '',
  prompt: { id: 'stand-in', text: '{a}{b}{c}{a}', sha256: '', style: writingbenchSystemRecipe.style },
  hash: '',
}

interface ResumeRow {
  id: string
  response_indexes: number[]
  existing_indexes: number[] | null
  criteria_names: string[]
  expected: { file_indexes: number[]; judge_calls: number; last_record: ScoreRecord }
}

async function resumptions(folders: ConformanceFolders, report: ConformanceReport): Promise<void> {
  const file = 'resume.jsonl'
  const path = report.file(folders, file)
  if (!path) return
  for (const { id, response_indexes, existing_indexes, criteria_names, expected } of goldenRows<ResumeRow>(path)) {
    const records: ScoreRecord[] = (existing_indexes ?? []).map((index) => ({ index, scores: {} }))
    const context = scriptedContext((_request, count) => JSON.stringify({ score: ((count + 1) % 10) + 1, reason: 'r' }))
    for (const position of officialResume(response_indexes.length, existing_indexes?.length ?? null).judged) {
      const index = response_indexes[position]!
      records.push({
        index,
        scores: toScores(criteria_names, await score(inventedItem(index, criteria_names), 'x', context)),
      })
    }
    const found = {
      file_indexes: records.map(({ index }) => index),
      judge_calls: context.requests.length,
      last_record: records.at(-1),
    }
    report.check(file, 'score file', id, sameJson(expected, found), () => difference(expected, found))
  }
}

/** Verdicts as upstream's score file holds them. */
function toScores(names: readonly string[], verdicts: readonly Verdict[]): ScoreRecord['scores'] {
  const measured = verdicts.filter(({ value }) => value !== null)
  return Object.fromEntries(
    measured.map(({ constraint, value, found }) => [
      names[Number(constraint)]!,
      [{ score: value, reason: found!.slice(found!.indexOf(': ') + 2) }],
    ]),
  )
}

function difference(expected: unknown, found: unknown): string {
  return `expected ${JSON.stringify(expected)?.slice(0, 1500)}, got ${JSON.stringify(found)?.slice(0, 1500)}`
}
