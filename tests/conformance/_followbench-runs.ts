import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FollowBenchAggregator } from '../../src/benchmarks/followbench/aggregate.ts'
import { createAggregator } from '../../src/benchmarks/followbench/aggregate.ts'
import { followbench } from '../../src/benchmarks/followbench/index.ts'
import { outcomeOf, shareOf } from '../../src/benchmarks/followbench/outcome.ts'
import type { RuleLanguage } from '../../src/checkers/followbench/rule.ts'
import type { ScoringContext } from '../../src/checkers/scoring-context.ts'
import type { Reply } from '../../src/core/call.ts'
import type { Metric } from '../../src/core/metric.ts'
import type { ModelResponse } from '../../src/core/response.ts'
import { type ItemKey, type Items, itemKey } from './_followbench-files.ts'
import { goldenRows } from './_golden-rows.ts'
import type { ConformanceFolders, ConformanceReport } from './suite.ts'

interface RunItem extends ItemKey {
  readonly scorer: 'rule' | 'judge'
  readonly response: string | null
  readonly judge_reply?: string | null
  readonly hard: number
  readonly soft: number
}

interface Cells {
  readonly hsr: readonly string[]
  readonly ssr?: readonly string[]
  readonly csl: string
}

interface Expected {
  readonly lang: RuleLanguage
  readonly official: Readonly<Record<string, Cells>>
  readonly published?: Readonly<Record<string, Cells>>
  readonly judge_parse_failures: number
  readonly derived_macro6: {
    readonly hsr_levels: readonly number[]
    readonly ssr_levels: readonly number[]
    readonly hsr_avg: number
    readonly ssr_avg: number
    readonly csl_avg: number
    readonly hsr_by_type: Readonly<Record<string, number>>
  }
  readonly aggregator_py?: { readonly hsr: number; readonly ssr: number }
  readonly opencompass: Readonly<Record<string, number>>
  readonly opencompass_items: number
}

/** Scores and aggregates every recorded run through the adapter, with its recorded judge replies. */
export async function replayRuns(
  folders: ConformanceFolders,
  report: ConformanceReport,
  load: (language: RuleLanguage) => Promise<Items | null>,
): Promise<void> {
  const folder = report.file(folders, 'runs')
  if (!folder) return
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.expected.json'))
    .map((name) => name.replace('.expected.json', ''))
  for (const name of names) {
    const expected = JSON.parse(readFileSync(join(folder, `${name}.expected.json`), 'utf8')) as Expected
    const items = await load(expected.lang)
    const file = [`${name}.items.jsonl`, `${name}.items.jsonl.gz`].find((path) => existsSync(join(folder, path)))
    if (!items || !file) {
      report.skip(`runs/${name}`, 'run', name, items ? 'the folder lacks its items' : 'the data set is not there')
      continue
    }
    const aggregator = createAggregator({ protocol: 'official', edition: expected.lang })
    const failures = await scoreRun(
      goldenRows<RunItem>(join(folder, file)),
      items,
      expected.lang,
      aggregator,
      (id, agrees, detail) => report.check(`runs/${name}`, 'item verdicts', id, agrees, detail),
    )
    const same = (group: string, id: string, wanted: unknown, found: unknown) =>
      report.check(
        `runs/${name}`,
        group,
        id,
        close(wanted, found),
        () => `expected ${JSON.stringify(wanted)}, got ${JSON.stringify(found)}`,
      )
    same('judge parse failures', name, expected.judge_parse_failures, failures)
    compareCells(expected, aggregator, same)
    compareFigures(expected, aggregator.finish().metrics({ replicates: 10 }), same)
  }
}

type Compare = (group: string, id: string, wanted: unknown, found: unknown) => void

async function scoreRun(
  records: readonly RunItem[],
  items: Items,
  edition: RuleLanguage,
  aggregator: FollowBenchAggregator,
  check: (id: string, agrees: boolean, detail: () => string) => void,
): Promise<number> {
  const scorer = await followbench.prepare({ edition, isSample: false, asset: () => null })
  let failures = 0
  for (const record of records) {
    const item = items.get(itemKey(record))!
    const response = toResponse(record.response)
    const verdicts = await scorer.score(item, response, replyContext(record.judge_reply), ['official'])
    const result = { item, sample: 0, status: response.status, verdicts }
    aggregator.add(result)
    const outcome = outcomeOf(result, 'official')
    if (outcome.kind === 'judge-failed') failures += 1
    const share = shareOf(outcome, 'official')
    const agrees =
      share?.hard === record.hard &&
      share.soft === record.soft &&
      (item.data.rule === null) === (record.scorer === 'judge')
    check(item.id, agrees, () => `expected ${record.hard}, ${record.soft}; got ${JSON.stringify(share)}`)
  }
  return failures
}

function toResponse(text: string | null): ModelResponse {
  const status = text === null ? 'provider-error' : text.trim() === '' ? 'empty' : 'ok'
  return { sample: 0, status, text, reasoning: null, finishReason: null }
}

function replyContext(text: string | null | undefined): ScoringContext {
  return {
    call: async (): Promise<Reply> => ({
      key: 'recorded',
      status: typeof text === 'string' ? 'ok' : 'provider-error',
      text: text ?? null,
      reasoning: null,
      finishReason: null,
      returnedModel: null,
      usage: null,
      ...(typeof text === 'string' ? {} : { failure: { kind: 'not-found', message: 'no recorded reply' } }),
    }),
    endpoint: () => 'recorded',
    soft: 'judge',
    rewardModel: null,
    python: null,
    warn: () => {},
  }
}

function compareCells(expected: Expected, aggregator: FollowBenchAggregator, same: Compare): void {
  const cells = aggregator.cells()
  for (const [type, wanted] of Object.entries(expected.official)) {
    const found = cells.get(type as never)
    same('CSV cells', `${type} hsr`, wanted.hsr, found?.hsr)
    same('CSV cells', `${type} ssr`, wanted.ssr ?? null, found?.ssr)
    same('CSV cells', `${type} csl`, wanted.csl, found?.csl)
  }
  for (const [type, wanted] of Object.entries(expected.published ?? {})) {
    const found = cells.get(type as never)
    // The third party ran an older upstream version, which also wrote percent signs into English files.
    const withSign = (values: readonly (string | null)[] | null | undefined) =>
      values?.map((value) => `${value}%`) ?? null
    same('published CSV cells', `${type} hsr`, wanted.hsr, withSign(found?.hsr))
    same('published CSV cells', `${type} ssr`, wanted.ssr ?? null, withSign(found?.ssr))
    same('published CSV cells', `${type} csl`, wanted.csl, found?.csl)
  }
}

function compareFigures(expected: Expected, metrics: readonly Metric[], same: Compare): void {
  const { derived_macro6: macro, aggregator_py: weighted, opencompass } = expected
  const figure = (id: string, dimension?: string, value?: string) =>
    metrics.find((metric) => metric.id === id && metric.group?.dimension === dimension && metric.group?.value === value)
  const percent = (id: string) => (figure(id)?.value ?? Number.NaN) * 100
  same('published averages', 'hsr', macro.hsr_avg, percent('hsr-printed'))
  same('published averages', 'ssr', macro.ssr_avg, percent('ssr-printed'))
  same('published averages', 'csl', macro.csl_avg, figure('csl-printed')?.value)
  if (weighted) {
    same('aggregator.py', 'hsr', weighted.hsr, percent('aggregator-hsr'))
    same('aggregator.py', 'ssr', weighted.ssr, percent('aggregator-ssr'))
  }
  // The unrounded figures lie within the rounding of the cells that they are published from.
  const near = (id: string, wanted: number, found: number, tolerance: number) =>
    same('unrounded figures', id, true, Math.abs(wanted - found) <= tolerance || `${wanted} against ${found}`)
  near('hsr', macro.hsr_avg, percent('hsr'), 0.005)
  near('ssr', macro.ssr_avg, percent('ssr'), 0.005)
  near('csl', macro.csl_avg, figure('csl')?.value ?? Number.NaN, 0.05)
  for (const id of ['hsr', 'ssr'] as const) {
    macro[`${id}_levels`].forEach((wanted, index) => {
      near(
        `${id} level ${index + 1}`,
        wanted,
        (figure(id, 'level', String(index + 1))?.value ?? Number.NaN) * 100,
        0.005,
      )
    })
  }
  for (const [type, wanted] of Object.entries(macro.hsr_by_type)) {
    near(`hsr ${type}`, wanted, (figure('hsr', 'type', type)?.value ?? Number.NaN) * 100, 0.005)
  }
  for (const [type, { hsr, ssr }] of Object.entries(expected.official)) {
    hsr.forEach((cell, index) => {
      const found = figure('hsr', 'type-level', `${type} L${index + 1}`)?.value ?? Number.NaN
      near(`hsr ${type} L${index + 1}`, Number.parseFloat(cell), found * 100, 0.005_000_1)
    })
    ssr?.forEach((cell, index) => {
      const found = figure('ssr', 'type-level', `${type} L${index + 1}`)?.value ?? Number.NaN
      near(`ssr ${type} L${index + 1}`, Number.parseFloat(cell), found * 100, 0.005_000_1)
    })
  }
  for (const kind of ['HSR', 'SSR']) {
    const id = `opencompass-${kind.toLowerCase()}`
    same('OpenCompass', `${kind}_AVG`, opencompass[`${kind}_AVG`], figure(id)?.value)
    for (const level of [1, 2, 3, 4, 5]) {
      same(
        'OpenCompass',
        `${kind}_L${level}`,
        opencompass[`${kind}_L${level}`],
        figure(id, 'level', String(level))?.value,
      )
    }
  }
  same('OpenCompass', 'items', expected.opencompass_items, figure('opencompass-hsr')?.n)
}

/** Equal; numbers within 1e-9, because a mean may be added in another order. */
function close(wanted: unknown, found: unknown): boolean {
  if (typeof wanted === 'number' && typeof found === 'number') return Math.abs(wanted - found) < 1e-9
  return JSON.stringify(wanted) === JSON.stringify(found)
}
