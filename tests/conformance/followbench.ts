import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { JudgedType } from '../../src/benchmarks/followbench/judge-prompt.ts'
import { loadJudgePrompts } from '../../src/benchmarks/followbench/judge-prompt.ts'
import { type JudgeParserId, judgeScores, readJudgeReply } from '../../src/checkers/followbench/judge-reply.ts'
import type { RuleLanguage } from '../../src/checkers/followbench/rule.ts'
import { ruleDefinition } from '../../src/checkers/followbench/rules.ts'
import { sha256 } from '../../src/core/hash.ts'
import { openDataDirectory } from '../../src/data/data-directory.ts'
import { dataLocation } from '../../src/data/data-location.ts'
import { formatFixed } from '../../src/text/exact-decimal.ts'
import { type ItemKey, type Items, itemKey, loadLanguage } from './_followbench-files.ts'
import { replayRuns } from './_followbench-runs.ts'
import { standInPrompts } from './_followbench-stand-in.ts'
import { goldenRows } from './_golden-rows.ts'
import type { ConformanceFolders, ConformanceReport, ConformanceSuite } from './suite.ts'

export const suite: ConformanceSuite = {
  name: 'followbench',
  async run(folders, report) {
    const loaded = new Map<RuleLanguage, Promise<Items | null>>()
    const load = (language: RuleLanguage) => {
      const known = loaded.get(language) ?? loadLanguage(join(folders.data, 'followbench'), language)
      loaded.set(language, known)
      return known
    }
    for (const language of ['en', 'zh'] as const) rules(folders, report, language, await load(language))
    judgeReplies(folders, report)
    await judgePrompts(folders, report, load)
    rounding(folders, report)
    await replayRuns(folders, report, load)
  },
}
export default suite

interface RuleRecord extends ItemKey {
  readonly id: string
  readonly rule: string
  readonly response: string
  readonly verdict: boolean
}

function rules(
  folders: ConformanceFolders,
  report: ConformanceReport,
  language: RuleLanguage,
  items: Items | null,
): void {
  const name = `rules.${language}.jsonl`
  const path = report.file(folders, name)
  if (!path) return
  for (const record of goldenRows<RuleRecord>(path)) {
    const data = items?.get(itemKey(record))?.data
    if (!data) {
      report.skip(name, record.rule, record.id, 'the data set with its target is not there')
      continue
    }
    const rule = data.rule
    const pass = rule !== null && ruleDefinition(rule).make(data)(record.response).pass
    report.check(name, record.rule, record.id, rule === record.rule && pass === record.verdict, () => {
      return `expected ${record.rule} ${record.verdict}, got ${rule} ${pass} for ${JSON.stringify(record.response)}`
    })
  }
}

type Scores = readonly [number, number]
interface ReplyRecord extends Readonly<Record<JudgeParserId, Scores>> {
  readonly id: string
  readonly level: number
  readonly tag: string
  readonly reply: string
  readonly grammar: 'simple' | 'literal' | 'eval'
}

function judgeReplies(folders: ConformanceFolders, report: ConformanceReport): void {
  const name = 'judge-parse.jsonl'
  const path = report.file(folders, name)
  if (!path) return
  for (const record of goldenRows<ReplyRecord>(path)) {
    for (const parser of ['en', 'zh', 'opencompass'] as const) {
      const scores = judgeScores(readJudgeReply(record.reply, record.level, parser))
      const found: Scores = scores ? [scores.hard, scores.soft] : [-1, -1]
      const agrees = found[0] === record[parser][0] && found[1] === record[parser][1]
      if (!agrees && record.grammar === 'eval') {
        report.skip(name, parser, record.id, `${record.tag}: only a Python evaluator agrees, and none is used`)
        continue
      }
      report.check(name, `${parser}, grammar ${record.grammar}`, record.id, agrees, () => {
        return `expected ${record[parser].join(', ')}, got ${found.join(', ')} for ${JSON.stringify(record.reply)}`
      })
    }
  }
}

interface PromptRecord extends ItemKey {
  readonly id: string
  readonly lang: RuleLanguage
  readonly response: string
  readonly instructions: number
  readonly chars: number
  readonly sha256: string
}

async function judgePrompts(
  folders: ConformanceFolders,
  report: ConformanceReport,
  load: (language: RuleLanguage) => Promise<Items | null>,
): Promise<void> {
  const name = 'judge-prompt.jsonl'
  const path = report.file(folders, name)
  if (!path) return
  const prompts = {
    en: await loadJudgePrompts('en', resources(folders, 'en')),
    zh: await loadJudgePrompts('zh', resources(folders, 'zh')),
  }
  const standIn = { en: standInPrompts(folders.data, 'en'), zh: standInPrompts(folders.data, 'zh') }
  for (const record of goldenRows<PromptRecord>(path)) {
    const { id, lang, type, response } = record
    const item = (await load(lang))?.get(itemKey(record))
    if (!item) {
      report.skip(name, lang, id, 'the data set is not there')
      continue
    }
    report.check(name, `${lang}, instructions in the path`, id, item.data.path.length === record.instructions, () => {
      return `expected ${record.instructions}, got ${item.data.path.length}`
    })
    const length = standIn[lang] && [...standIn[lang].render(type as JudgedType, item.data.path, response)].length
    if (length === null) report.skip(name, lang, id, 'the published lengths of the template are not there')
    else {
      report.check(name, `${lang}, assembled length`, id, length === record.chars, () => {
        return `expected ${record.chars} characters, got ${length}`
      })
    }
    if (!prompts[lang].isOfficial) {
      report.skip(name, lang, id, 'the upstream file is not installed (bench data pull followbench-upstream)')
      continue
    }
    const prompt = prompts[lang].render(type as JudgedType, item.data.path, response)
    report.check(name, `${lang} ${type}`, id, sha256(prompt) === record.sha256, () => {
      return `expected ${record.chars} characters, got ${[...prompt].length}`
    })
  }
}

/** The upstream file from the data directory, or from the data folder of this run. */
function resources(folders: ConformanceFolders, edition: RuleLanguage) {
  const directory = openDataDirectory(dataLocation())
  return {
    edition,
    isSample: false,
    asset(dataset: string, file: string) {
      const beside = [join(folders.data, dataset, file), join(folders.data, 'followbench', file)]
      return directory.optionalPath(dataset, file) ?? beside.find(existsSync) ?? null
    },
  }
}

interface RoundingTables {
  readonly csl: Readonly<Record<string, readonly string[]>>
  readonly percent: Readonly<Record<string, readonly string[]>>
  readonly percent_quarters: Readonly<Record<string, readonly string[]>>
}

function rounding(folders: ConformanceFolders, report: ConformanceReport): void {
  const name = 'rounding.json'
  const path = report.file(folders, name)
  if (!path) return
  const tables = JSON.parse(readFileSync(path, 'utf8')) as RoundingTables
  const compare = (table: keyof RoundingTables, print: (index: number, groups: number) => string) => {
    for (const [groups, cells] of Object.entries(tables[table])) {
      cells.forEach((wanted, index) => {
        const found = print(index, Number(groups))
        report.check(name, table, `${groups}[${index}]`, found === wanted, () => `expected ${wanted}, got ${found}`)
      })
    }
  }
  compare('csl', (sum, groups) => formatFixed(sum / groups, 1))
  compare('percent', (index, groups) => formatFixed(((index - groups) / groups) * 100, 2))
  compare('percent_quarters', (quarters, groups) => formatFixed((quarters / 4 / groups) * 100, 2))
}
