import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { compileRule } from '../../src/checkers/complexbench/compile-rule.ts'
import { readExtraction } from '../../src/checkers/complexbench/extraction-reply.ts'
import { checkJson, extractJson } from '../../src/checkers/complexbench/json-object.ts'
import { normalisePunctuation } from '../../src/checkers/complexbench/punctuation.ts'
import { RuleError } from '../../src/checkers/complexbench/rule-error.ts'
import { unquote } from '../../src/checkers/complexbench/unquote.ts'
import type { ConformanceFolders, ConformanceReport, ConformanceSuite } from './suite.ts'

export const suite: ConformanceSuite = {
  name: 'complexbench',
  async run(folders, report) {
    rules(folders, report, 'rules_crafted.jsonl')
    rules(folders, report, 'rules_real.jsonl.gz')
    extractions(folders, report)
    functions(folders, report)
  },
}
export default suite
function rows<T>(path: string): T[] {
  const bytes = readFileSync(path)
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T)
}
function attempt(run: () => unknown): unknown {
  try {
    return run()
  } catch (error) {
    if (error instanceof RuleError) return { error: error.pythonName }
    throw error
  }
}
interface RuleRow {
  id: string
  branch?: string
  rule: string
  segments: string[]
  verdict?: boolean | 2
  error?: string
  output?: string
  reply?: string
}
function rules(folders: ConformanceFolders, report: ConformanceReport, file: string) {
  const path = report.file(folders, file)
  if (!path) return
  for (const row of rows<RuleRow>(path)) {
    const kind = compileRule(row.rule)
    const found = attempt(() => kind.evaluate(row.segments).verdict)
    const expected = row.error === undefined ? row.verdict : { error: row.error }
    report.check(
      file,
      row.branch ?? kind.kind ?? 'x',
      row.id,
      JSON.stringify(found) === JSON.stringify(expected),
      () => `${JSON.stringify(row)} got ${JSON.stringify(found)}`,
    )
    if (row.reply !== undefined) {
      const s = readExtraction(row.output ?? null, row.reply).segments
      report.check(
        file,
        'seg',
        row.id,
        JSON.stringify(s) === JSON.stringify(row.segments),
        () => `${JSON.stringify(row)} got ${JSON.stringify(s)}`,
      )
    }
  }
}
function extractions(folders: ConformanceFolders, report: ConformanceReport) {
  const path = report.file(folders, 'extraction_parse.jsonl')
  if (!path) return
  for (const row of rows<{
    id: string
    output: string | null
    reply: string | null
    target: string | null
    segments: string[]
  }>(path)) {
    const found = readExtraction(row.output, row.reply)
    const ok = JSON.stringify([found.target, found.segments]) === JSON.stringify([row.target, row.segments])
    report.check(
      'extraction_parse.jsonl',
      'reply',
      row.id,
      ok,
      () => `${JSON.stringify(row)} got ${JSON.stringify(found)}`,
    )
  }
}
const fns: Record<string, (...args: never[]) => unknown> = {
  extract_and_replace_punctuation_zh: normalisePunctuation,
  decom: unquote,
  extract_json: extractJson,
  check_json: (t: string, n: string[]) => checkJson(t, n).pass,
}
function functions(folders: ConformanceFolders, report: ConformanceReport) {
  const path = report.file(folders, 'functions.jsonl')
  if (!path) return
  for (const row of rows<{ id: string; fn: string; args: never[]; result?: unknown; error?: string }>(path)) {
    const found = attempt(() => fns[row.fn]!(...row.args))
    const expected = row.error === undefined ? row.result : { error: row.error }
    report.check(
      'functions.jsonl',
      row.fn,
      row.id,
      JSON.stringify(found) === JSON.stringify(expected),
      () => `${JSON.stringify(row).slice(0, 300)} got ${JSON.stringify(found)}`,
    )
  }
}
