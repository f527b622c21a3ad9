import { compileRule } from '../../../src/checkers/complexbench/compile-rule.ts'
import { readExtraction } from '../../../src/checkers/complexbench/extraction-reply.ts'
import { checkJson, extractJson } from '../../../src/checkers/complexbench/json-object.ts'
import { normalisePunctuation } from '../../../src/checkers/complexbench/punctuation.ts'
import { RuleError } from '../../../src/checkers/complexbench/rule-error.ts'
import { unquote } from '../../../src/checkers/complexbench/unquote.ts'
import { readJsonl } from '../../../src/core/jsonl.ts'
import type { ConformanceFolders, ConformanceReport } from '../suite.ts'

interface RuleRow {
  readonly id: string
  readonly branch?: string
  readonly rule: string
  readonly segments: readonly string[]
  readonly output?: string
  readonly reply?: string
  readonly verdict?: boolean | 2
  readonly error?: string
}

/** The rule evaluator on extracted segments; for real responses also the way from the reply to the segments. */
export async function ruleVerdicts(
  folders: ConformanceFolders,
  report: ConformanceReport,
  name: string,
): Promise<void> {
  const file = report.file(folders, name)
  if (!file) return
  for await (const { value: row } of readJsonl<RuleRow>(file)) {
    const rule = compileRule(row.rule)
    const found = outcomeOf(() => rule.evaluate(row.segments).verdict)
    const expected = row.error === undefined ? row.verdict : { error: row.error }
    compare(report, name, row.branch ?? rule.kind ?? 'unknown', row.id, expected, found)
    if (row.reply === undefined) continue
    const { segments } = readExtraction(row.output ?? null, row.reply)
    compare(report, name, 'segments', row.id, row.segments, segments)
  }
}

interface ExtractionRow {
  readonly id: string
  readonly output: string | null
  readonly reply: string | null
  readonly target: string | null
  readonly segments: readonly string[]
}

/** From the extractor's reply to the segments. */
export async function extractionReplies(folders: ConformanceFolders, report: ConformanceReport): Promise<void> {
  const name = 'extraction_parse.jsonl'
  const file = report.file(folders, name)
  if (!file) return
  for await (const { value: row } of readJsonl<ExtractionRow>(file)) {
    const { target, segments } = readExtraction(row.output, row.reply)
    compare(report, name, 'reply', row.id, [row.target, row.segments], [target, segments])
  }
}

interface HelperRow {
  readonly id: string
  readonly fn: string
  readonly args: readonly [string, ...(readonly (readonly string[])[])]
  readonly result?: unknown
  readonly error?: string
}

const helpers: Readonly<Record<string, (text: string, names?: readonly string[]) => unknown>> = {
  extract_and_replace_punctuation_zh: normalisePunctuation,
  decom: unquote,
  extract_json: extractJson,
  check_json: (text, names) => checkJson(text, names!).pass,
}

/** Helpers of the evaluator: punctuation mapping, unquoting, JSON. */
export async function helperCalls(folders: ConformanceFolders, report: ConformanceReport): Promise<void> {
  const name = 'functions.jsonl'
  const file = report.file(folders, name)
  if (!file) return
  for await (const { value: row } of readJsonl<HelperRow>(file)) {
    const [text, names] = row.args
    const found = outcomeOf(() => helpers[row.fn]!(text, names))
    compare(report, name, row.fn, row.id, row.error === undefined ? row.result : { error: row.error }, found)
  }
}

function outcomeOf(run: () => unknown): unknown {
  try {
    return run()
  } catch (error) {
    if (error instanceof RuleError) return { error: error.pythonName }
    throw error
  }
}

/** Compares two JSON values. */
export function compare(
  report: ConformanceReport,
  file: string,
  group: string,
  id: string,
  expected: unknown,
  found: unknown,
): void {
  const [wanted, got] = [JSON.stringify(expected), JSON.stringify(found)]
  report.check(file, group, id, wanted === got, () => `expected ${cut(wanted)}, got ${cut(got)}`)
}

function cut(text: string | undefined): string {
  return String(text).slice(0, 400)
}
