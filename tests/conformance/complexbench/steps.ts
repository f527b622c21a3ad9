import { askSegments, askVerdict } from '../../../src/benchmarks/complexbench/ask-question.ts'
import type { Question } from '../../../src/benchmarks/complexbench/item-data.ts'
import { extractionTemplate, questionPrompt } from '../../../src/benchmarks/complexbench/prompt.ts'
import { compileRule } from '../../../src/checkers/complexbench/compile-rule.ts'
import { readExtraction } from '../../../src/checkers/complexbench/extraction-reply.ts'
import { sha256 } from '../../../src/core/hash.ts'
import { readJsonl } from '../../../src/core/jsonl.ts'
import { codePointLength } from '../../../src/text/code-points.ts'
import { scriptedContext } from '../../checkers/judge/scripted-judge.ts'
import type { ConformanceFolders, ConformanceReport } from '../suite.ts'
import { compare } from './rules.ts'
import { findTemplates } from './templates.ts'

interface JudgeRow {
  readonly id: string
  readonly stage: 'judge' | 'extract'
  /** `RAISE` is a failed call, null a reply without content. */
  readonly replies: readonly (string | null)[]
  readonly final: boolean | string | null
}

const place = { item: '0', constraint: '0', sample: 0 }
const prompt = { text: 'question', templateHash: 'none' }

/** What counts after a sequence of replies: the judge's verdict, or the extractor's passages. */
export async function judgeReplies(folders: ConformanceFolders, report: ConformanceReport): Promise<void> {
  const name = 'judge_parse.jsonl'
  const file = report.file(folders, name)
  if (!file) return
  for await (const { value: row } of readJsonl<JudgeRow>(file)) {
    const bug = retryBug(row)
    if (bug) {
      report.skip(name, row.stage, row.id, bug)
      continue
    }
    // The endpoint's queue repeats failed calls, so that the scorer sees the replies alone.
    const replies = row.replies.filter((reply) => reply !== 'RAISE')
    const context = scriptedContext((_request, count) => {
      const reply = replies[Math.min(count, replies.length - 1)]!
      return reply === null ? { text: null, status: 'refused' } : reply
    })
    if (row.stage === 'judge') {
      const { parsed } = await askVerdict(context, prompt, { protocol: 'official' }, place)
      // A question without a verdict scores as false under `official`.
      compare(report, name, row.stage, row.id, row.final, parsed ?? false)
    } else {
      const { parsed } = await askSegments(context, prompt, { protocol: 'official', response: 'o' }, place)
      compare(report, name, row.stage, row.id, readExtraction('o', row.final as string | null).segments, parsed)
    }
  }
}

/** The golden README: rows with several replies document the official retry bugs, which a port need not repeat. */
function retryBug({ stage, replies }: JudgeRow): string | null {
  if (replies.length === 1) return null
  if (replies.includes('')) return 'official retry bug: an empty reply is recorded after the better one'
  if (stage === 'extract' && replies.includes(null)) return 'official retry bug: a null reply is recorded last'
  return null
}

interface LongText {
  readonly repeat: string
  readonly count: number
}

interface PromptRow {
  readonly id: string
  readonly stage: 'judge' | 'extract'
  readonly instruction: string | LongText
  readonly output: string | LongText | null
  readonly question: string
  readonly rule?: string
  readonly template: 'EVALUATION_PROMPT' | 'EXTRACTION_PROMPT' | 'EXTRACTION_PROMPT_EACH'
  readonly prompt_sha256: string
  readonly prompt_chars: number
}

/** Which template is taken, and what the filled prompt is. */
export async function promptDigests(folders: ConformanceFolders, report: ConformanceReport): Promise<void> {
  const name = 'prompts.jsonl'
  const file = report.file(folders, name)
  if (!file) return
  const templates = await findTemplates(folders)
  const byName = {
    EVALUATION_PROMPT: templates.judge,
    EXTRACTION_PROMPT: templates.extraction,
    EXTRACTION_PROMPT_EACH: templates.extractionEach,
  }
  for await (const { value: row } of readJsonl<PromptRow>(file)) {
    const rule = row.stage === 'judge' ? null : row.rule!
    const question: Question = { text: row.question, rule: rule === null ? null : rules(rule) }
    const { text } = questionPrompt(templates, {
      instruction: longText(row.instruction),
      response: row.output === null ? null : longText(row.output),
      question,
      protocol: 'official',
    })
    const taken = rule === null ? templates.judge : extractionTemplate(templates, rule)
    compare(report, name, 'template', row.id, true, taken === byName[row.template])
    compare(report, name, 'length', row.id, row.prompt_chars, codePointLength(text))
    if (templates.isUpstream) compare(report, name, 'digest', row.id, row.prompt_sha256, sha256(text))
    else report.skip(name, 'digest', row.id, 'the upstream prompt files are not installed')
  }
}

function rules(text: string): NonNullable<Question['rule']> {
  return { text, official: compileRule(text), fixed: compileRule(text, 'fixed') }
}

function longText(text: string | LongText): string {
  return typeof text === 'string' ? text : text.repeat.repeat(text.count)
}
