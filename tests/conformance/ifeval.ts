import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createAggregator } from '../../src/benchmarks/ifeval/aggregate.ts'
import { toItem } from '../../src/benchmarks/ifeval/load.ts'
import { type Mode, modes, scoreResponse } from '../../src/benchmarks/ifeval/score.ts'
import { loadLanguageTools } from '../../src/benchmarks/language-tools.ts'
import type { LanguageTools } from '../../src/checkers/instructions/text-view.ts'
import { HeedError } from '../../src/core/errors.ts'
import { readJsonl } from '../../src/core/jsonl.ts'
import type { ModelResponse } from '../../src/core/response.ts'
import { createPunkt } from '../../src/text/punkt.ts'
import { parsePunktParameters } from '../../src/text/punkt-parameters.ts'
import { countRegexpWords } from '../../src/text/words.ts'
import { openLanguageDetector } from './_language-detector.ts'
import type { ConformanceFolders, ConformanceReport, ConformanceSuite } from './suite.ts'

type GoldenVerdict = {
  readonly strict: boolean | null
  readonly loose: boolean | null
  readonly random_letter?: boolean
  readonly strict_symbol?: boolean
  readonly loose_symbol?: boolean
}

interface CraftedRow extends GoldenVerdict {
  readonly id: string
  readonly instruction_id: string
  readonly kwargs: Readonly<Record<string, unknown>>
  readonly response: string
  readonly error?: string
}

interface ModelRow {
  readonly key: number
  readonly model: string
  readonly instruction_id_list: readonly string[]
  readonly kwargs: readonly Readonly<Record<string, unknown>>[]
  readonly response: string
  readonly results: readonly GoldenVerdict[]
}

type Counts = Readonly<Record<string, readonly [number, number]>>

/** Counts of one model in metrics.json. */
type ModelMetrics = Readonly<Record<string, number | Counts>>

export const suite: ConformanceSuite = {
  name: 'ifeval',
  async run(folders, report) {
    const { tools } = loadLanguageTools({
      asset: (dataset, file) => join(folders.data, dataset, file),
      edition: 'v1',
      isSample: false,
    })
    await replayCrafted(folders, report, tools)
    await replayModels(folders, report, tools)
    await replayLanguages(folders, report)
    await replayTokens(folders, report)
  },
}

export default suite

async function replayCrafted(
  folders: ConformanceFolders,
  report: ConformanceReport,
  tools: LanguageTools,
): Promise<void> {
  const file = report.file(folders, 'crafted.jsonl')
  if (!file) return
  for await (const { value: row } of readJsonl<CraftedRow>(file)) {
    const check = (agrees: boolean, detail: () => string): void =>
      report.check('crafted.jsonl', row.instruction_id, row.id, agrees, detail)
    let got: readonly (number | null)[]
    try {
      const record = { key: row.id, prompt: '-', instruction_id_list: [row.instruction_id], kwargs: [row.kwargs] }
      const verdicts = scoreResponse(tools, toItem(record, { file }), answer(row.response), ['official'])
      got = verdicts.map(({ value }) => value)
    } catch (error) {
      const isClear = HeedError.is(error) && error.message.includes(row.instruction_id)
      check(row.error !== undefined && isClear, () => `expected a verdict, got ${String(error)}`)
      continue
    }
    const expected = row.error === undefined ? modes.map((mode) => goldenValue(row, mode)) : [`the error ${row.error}`]
    check(String(got) === String(expected), () => `expected ${String(expected)}, got ${String(got)}`)
  }
}

async function replayModels(
  folders: ConformanceFolders,
  report: ConformanceReport,
  tools: LanguageTools,
): Promise<void> {
  const file = report.file(folders, 'models.jsonl')
  if (!file) return
  const aggregators = new Map<string, ReturnType<typeof createAggregator>>()
  for await (const { value: row, line } of readJsonl<ModelRow>(file)) {
    const { key, instruction_id_list: ids, kwargs } = row
    const item = toItem({ key, prompt: '-', instruction_id_list: ids, kwargs }, { file, line })
    const verdicts = scoreResponse(tools, item, answer(row.response), ['official'])
    for (const [index, golden] of row.results.entries()) {
      const got = verdicts.slice(index * 2, index * 2 + 2).map(({ value }) => value)
      const expected = modes.map((mode) => goldenValue(golden, mode))
      const id = `${row.model}/${key}/${index}`
      report.check(
        'models.jsonl',
        ids[index]!,
        id,
        String(got) === String(expected),
        () => `expected ${expected}, got ${got}`,
      )
    }
    const aggregator = aggregators.get(row.model) ?? createAggregator({ protocol: 'official', edition: 'v1' })
    aggregators.set(row.model, aggregator)
    aggregator.add({ item, sample: 0, status: 'ok', verdicts })
  }
  const metricsFile = report.file(folders, 'metrics.json')
  if (metricsFile)
    compareMetrics(
      JSON.parse(await readFile(metricsFile, 'utf8')) as Readonly<Record<string, ModelMetrics>>,
      aggregators,
      report,
    )
}

function compareMetrics(
  golden: Readonly<Record<string, ModelMetrics>>,
  aggregators: ReadonlyMap<string, ReturnType<typeof createAggregator>>,
  report: ConformanceReport,
): void {
  for (const [model, expected] of Object.entries(golden)) {
    const metrics = aggregators.get(model)?.finish().metrics({ replicates: 1 }) ?? []
    const compare = (
      id: string,
      dimension: string | null,
      name: string,
      [followed, total]: readonly [number, number],
    ): void => {
      const metric = metrics.find(
        (one) =>
          one.id === id &&
          (one.group?.dimension ?? null) === dimension &&
          (dimension === null || one.group?.value === name),
      )
      const agrees = metric?.value === followed / total && metric.n === total
      report.check(
        'metrics.json',
        dimension ?? 'all',
        `${model} ${id} ${name}`,
        agrees,
        () => `expected ${followed}/${total}, got ${metric?.value} of ${metric?.n}`,
      )
    }
    for (const mode of modes) {
      compare(`prompt-level-${mode}`, null, '', [expected[`prompt_${mode}`] as number, expected.prompts as number])
      compare(`instruction-level-${mode}`, null, '', [
        expected[`inst_${mode}`] as number,
        expected.instructions as number,
      ])
      for (const [dimension, field] of [
        ['group', `by_group_${mode}`],
        ['type', `by_type_${mode}`],
      ] as const) {
        for (const [name, counts] of Object.entries(expected[field] as Counts)) {
          compare(`instruction-level-${mode}`, dimension, name, counts)
        }
      }
    }
  }
}

async function replayLanguages(folders: ConformanceFolders, report: ConformanceReport): Promise<void> {
  const file = report.file(folders, 'langdetect.jsonl')
  if (!file) return
  const detector = openLanguageDetector(join(folders.data, 'langdetect'))
  for await (const { value: row, line } of readJsonl<{ text: string; seed0: string; seed1: string }>(file)) {
    for (const seed of [0, 1] as const) {
      const got = detector.detect(row.text, seed) ?? '<exception>'
      const expected = row[`seed${seed}`]
      report.check(
        'langdetect.jsonl',
        `seed ${seed}`,
        `line ${line}`,
        got === expected,
        () => `expected ${expected}, got ${got}`,
      )
    }
  }
}

async function replayTokens(folders: ConformanceFolders, report: ConformanceReport): Promise<void> {
  const file = report.file(folders, 'tokens.jsonl')
  if (!file) return
  const path = join(folders.data, 'punkt/english.json')
  const punkt = createPunkt(parsePunktParameters(await readFile(path, 'utf8'), path))
  const { tools } = loadLanguageTools({
    asset: (dataset, name) => join(folders.data, dataset, name),
    edition: 'v1',
    isSample: false,
  })
  interface Row {
    readonly text: string
    readonly sentences: readonly string[]
    readonly tokens: readonly string[]
    readonly n_words: number
  }
  for await (const { value: row, line } of readJsonl<Row>(file)) {
    const compare = (group: string, got: unknown, expected: unknown): void =>
      report.check(
        'tokens.jsonl',
        group,
        `line ${line}`,
        JSON.stringify(got) === JSON.stringify(expected),
        () => `expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`,
      )
    compare('sentences', punkt.sentences(row.text), row.sentences)
    compare('sentence count', tools.countSentences(row.text), row.sentences.length)
    compare('tokens', tools.words(row.text), row.tokens)
    compare('words', countRegexpWords(row.text), row.n_words)
  }
}

/** Random letters by the verdict for the given sign, as the golden README recommends. */
function goldenValue(golden: GoldenVerdict, mode: Mode): number | null {
  const value = golden.random_letter ? golden[`${mode}_symbol`] : golden[mode]
  return value === null || value === undefined ? null : Number(value)
}

function answer(text: string): ModelResponse {
  return { sample: 0, status: 'ok', text, reasoning: null, finishReason: 'stop' }
}
