import { join } from 'node:path'
import { houseTemplate } from '../../src/benchmarks/multichallenge/house-prompt.ts'
import { toItem } from '../../src/benchmarks/multichallenge/load.ts'
import {
  type AttemptOutcome,
  failedAxis,
  type JudgedQuestion,
  officialRows,
  type ResultRow,
} from '../../src/benchmarks/multichallenge/official-run.ts'
import { officialScores, scoreText } from '../../src/benchmarks/multichallenge/official-scores.ts'
import { judgePrompt } from '../../src/benchmarks/multichallenge/prompt.ts'
import { rawTable } from '../../src/benchmarks/multichallenge/raw-table.ts'
import { failedGeneration, officialAttempts } from '../../src/benchmarks/multichallenge/response-file.ts'
import { GithubRecord, type Question } from '../../src/benchmarks/multichallenge/schema.ts'
import { createScorer } from '../../src/benchmarks/multichallenge/score.ts'
import { DataError } from '../../src/core/errors.ts'
import { sha256 } from '../../src/core/hash.ts'
import {
  loadUpstreamTemplate,
  multichallengeJudgeRecipe,
  type UpstreamTemplate,
} from '../../src/data/upstream-template/index.ts'
import { type ScriptedReply, scriptedContext } from '../checkers/judge/scripted-judge.ts'
import { goldenRows, sameJson } from './_golden-rows.ts'
import { upstreamFile } from './_upstream-file.ts'
import type { ConformanceFolders, ConformanceReport, ConformanceSuite } from './suite.ts'

/** Replays MultiChallenge's evaluation loop, scores, output files and judge prompts. */
export const suite: ConformanceSuite = {
  name: 'multichallenge',
  async run(folders, report) {
    await scenarios(folders, report)
    await realRuns(folders, report)
    await prompts(folders, report)
    failures(folders, report)
  },
}

interface RawQuestion {
  QUESTION_ID: string
  AXIS: string
  CONVERSATION: Question['conversation']
  TARGET_QUESTION: string
  PASS_CRITERIA: string
}

interface ResponseLine {
  QUESTION_ID: string
  RESPONSE: unknown
}

function toQuestion(row: RawQuestion): Question {
  return {
    id: row.QUESTION_ID,
    axis: row.AXIS,
    conversation: row.CONVERSATION,
    targetQuestion: row.TARGET_QUESTION,
    passCriteria: row.PASS_CRITERIA,
  }
}

const nothingParsed = "'NoneType' object has no attribute 'reasoning'"
const scorer = createScorer(houseTemplate, [])

/** Judges one attempt through the scorer. `behaviour` as in the golden README. */
async function judge(question: Question, response: string, behaviour: string): Promise<AttemptOutcome> {
  // The stand-in of the golden files may return what the schema forbids; such a verdict goes to the loop as it is.
  if (!/^(?:YES|NO|NONE|ERR .*)$/s.test(behaviour)) return { verdict: behaviour, reasoning: `because ${behaviour}` }
  const reply: ScriptedReply = behaviour.startsWith('ERR ')
    ? { fails: behaviour.slice(4) }
    : behaviour === 'NONE'
      ? { status: 'refused', text: null }
      : JSON.stringify({ reasoning: `because ${behaviour}`, verdict: behaviour })
  const context = scriptedContext(() => reply)
  const answer = { sample: 0, status: 'ok', text: response, reasoning: null, finishReason: 'stop' } as const
  const [verdict] = await scorer.score(toItem(question), answer, context, ['official'])
  const { detail = {} } = verdict!
  if (verdict!.value === null) return { error: String(detail.error ?? nothingParsed) }
  return { verdict: String(detail.verdict), reasoning: String(detail.reasoning) }
}

interface Scenario {
  id: string
  kind: string
  attempts: number
  questions: RawQuestion[]
  responses: ResponseLine[]
  judge: { response: string; target_question: string; behaviour: string }[]
  expected: {
    error?: string
    results?: ResultRow[]
    scores?: { overall_score: number; axis_scores: Record<string, number>; axis_order: string[] }
    output_text?: string
    raw_csv?: string
    judge_calls?: number
  }
}

async function scenarios(folders: ConformanceFolders, report: ConformanceReport): Promise<void> {
  const file = 'scenarios.jsonl'
  const path = report.file(folders, file)
  if (!path) return
  for (const scenario of goldenRows<Scenario>(path)) {
    const found = await replay(scenario)
    const { expected } = scenario
    for (const key of Object.keys(expected) as (keyof Scenario['expected'])[]) {
      const agrees = sameJson(expected[key], found[key])
      report.check(file, `${scenario.kind}: ${key}`, scenario.id, agrees, () => difference(expected[key], found[key]))
    }
  }
}

async function replay(scenario: Scenario): Promise<Scenario['expected']> {
  const questions = scenario.questions.map(toQuestion)
  let calls = 0
  let results: ResultRow[] | undefined
  try {
    const lines = new Map(scenario.responses.map((line) => [line.QUESTION_ID, line.RESPONSE]))
    const responses = new Map<string, string[]>()
    const judged: JudgedQuestion[] = []
    for (const question of questions) {
      // Upstream reads an answer when its question comes up: calls about earlier ones have been made by then.
      const attempts = lines.has(question.id) ? officialAttempts(lines.get(question.id)) : null
      if (attempts) responses.set(question.id, attempts)
      const outcomes: AttemptOutcome[] = []
      for (const response of attempts ?? []) {
        const { behaviour } = scenario.judge.find(
          (row) => row.response === response && row.target_question === question.targetQuestion,
        )!
        outcomes.push(await judge(question, response, behaviour))
        calls++
      }
      judged.push({ ...question, attempts: attempts ? outcomes : null })
    }
    results = officialRows(judged)
    const scores = officialScores(results)
    return {
      results,
      scores: scoresOf(scores),
      output_text: scoreText(scores, scenario.attempts),
      raw_csv: rawTable(questions, responses, results, scenario.attempts),
      judge_calls: calls,
    }
  } catch (error) {
    if (!(error instanceof DataError)) throw error
    const names: Record<string, string> = { 'broken-response': 'TypeError', 'no-results': 'ZeroDivisionError' }
    return { error: names[error.code] ?? error.code, ...(results ? { results } : {}), judge_calls: calls }
  }
}

function scoresOf({ overall, axes }: ReturnType<typeof officialScores>) {
  return { overall_score: overall, axis_scores: Object.fromEntries(axes), axis_order: [...axes.keys()] }
}

interface RealRun {
  id: string
  response_files: string[]
  verdicts: string[]
  expected: {
    scores: unknown
    output_text: string
    judge_calls: number
    n_results: number
    n_NA: number
    NA_question_ids: string[]
    final_status_counts: Record<string, number>
  }
}

function realQuestions(folders: ConformanceFolders): Question[] {
  const rows = goldenRows<RawQuestion>(join(folders.data, 'multichallenge/benchmark_questions.jsonl'))
  for (const row of rows) GithubRecord.parse(row)
  return rows.map(toQuestion)
}

async function realRuns(folders: ConformanceFolders, report: ConformanceReport): Promise<void> {
  const file = 'real_runs.jsonl'
  const path = report.file(folders, file)
  if (!path) return
  const questions = realQuestions(folders)
  const behaviours: Record<string, string> = { Y: 'YES', N: 'NO', E: 'ERR raised' }
  for (const { id, response_files, verdicts, expected } of goldenRows<RealRun>(path)) {
    const responses = response_files.map((name) => publishedResponses(folders, name))
    const judged: JudgedQuestion[] = []
    let calls = 0
    for (const [line, question] of questions.entries()) {
      const letters = verdicts[line]!
      const attempts: AttemptOutcome[] = []
      if (letters !== 'M') {
        for (const [attempt, letter] of [...letters].entries()) {
          attempts.push(await judge(question, responses[attempt]!.get(question.id)!, behaviours[letter]!))
          calls++
        }
      }
      judged.push({ ...question, attempts: letters === 'M' ? null : attempts })
    }
    const rows = officialRows(judged)
    const scores = officialScores(rows)
    const failed = rows.filter(({ axis }) => axis === failedAxis)
    const counts: Record<string, number> = {}
    for (const { final_status } of rows) counts[final_status] = (counts[final_status] ?? 0) + 1
    const found = {
      scores: scoresOf(scores),
      output_text: scoreText(scores, response_files.length),
      judge_calls: calls,
      n_results: rows.length,
      n_NA: failed.length,
      NA_question_ids: [...new Set(failed.map(({ question_id }) => question_id))].sort(),
      final_status_counts: counts,
    }
    for (const key of Object.keys(found) as (keyof typeof found)[]) {
      report.check(file, key, id, sameJson(expected[key], found[key]), () => difference(expected[key], found[key]))
    }
  }
}

function publishedResponses(folders: ConformanceFolders, name: string): Map<string, string> {
  const path = join(folders.data, 'multichallenge/model_responses', `${name}.jsonl.gz`)
  const lines = goldenRows<ResponseLine>(path)
  return new Map(lines.map((line) => [line.QUESTION_ID, officialAttempts(line.RESPONSE)[0]!]))
}

interface PromptRow {
  id: string
  kind: string
  response_file?: string
  line?: number
  question_id?: string
  response?: string
  target_question?: string
  prompt_sha256: string
  prompt_codepoints: number
  prompt_utf8_bytes: number
}

async function prompts(folders: ConformanceFolders, report: ConformanceReport): Promise<void> {
  const file = 'judge_prompts.jsonl'
  const path = report.file(folders, file)
  if (!path) return
  const questions = new Map(realQuestions(folders).map((question) => [question.id, question]))
  const responses = new Map<string, Map<string, string>>()
  const installed = upstreamFile(folders, 'multichallenge-upstream', 'src/evaluator.py')
  const template = installed ? await loadUpstreamTemplate(installed, multichallengeJudgeRecipe) : null
  for (const row of goldenRows<PromptRow>(path)) {
    const name = row.response_file
    if (name && !responses.has(name)) responses.set(name, publishedResponses(folders, name))
    const response = row.response ?? responses.get(name!)!.get(row.question_id!)!
    const question = row.target_question ?? questions.get(row.question_id!)!.targetQuestion
    if (template) {
      const found = sha256(judgePrompt(template, response, question))
      report.check(file, row.kind, row.id, found === row.prompt_sha256, () => difference(row.prompt_sha256, found))
      continue
    }
    report.skip(file, row.kind, row.id, 'the digest needs src/evaluator.py of multichallenge-upstream, not installed')
    // The template's length is known from its recipe (it is ASCII), so that what is inserted can be checked all the same.
    const prompt = judgePrompt(standIn, response, question)
    const found = [[...prompt].length, Buffer.byteLength(prompt)]
    const expected = [row.prompt_codepoints, row.prompt_utf8_bytes]
    report.check(file, `${row.kind} (length)`, row.id, sameJson(expected, found), () => difference(expected, found))
  }
}

const standIn: UpstreamTemplate = {
  id: 'stand-in',
  text: `{}{}${'='.repeat(multichallengeJudgeRecipe.check.characters - 4)}`,
  sha256: '',
  style: multichallengeJudgeRecipe.style,
}

interface FailureRow {
  id: string
  question_id: string
  exception_text: string
  attempts: number
  stored_response: string[]
}

function failures(folders: ConformanceFolders, report: ConformanceReport): void {
  const file = 'generation_failures.jsonl'
  const path = report.file(folders, file)
  if (!path) return
  for (const { id, question_id, exception_text, attempts, stored_response } of goldenRows<FailureRow>(path)) {
    const found = Array<string>(attempts).fill(failedGeneration(question_id, exception_text))
    report.check(file, 'failures', id, sameJson(stored_response, found), () => difference(stored_response, found))
  }
}

function difference(expected: unknown, found: unknown): string {
  return `expected ${JSON.stringify(expected)}, got ${JSON.stringify(found)}`
}
