import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAggregator } from '../../../src/benchmarks/complexbench/aggregate.ts'
import type { ComplexBenchData } from '../../../src/benchmarks/complexbench/item-data.ts'
import { loadComplexBench } from '../../../src/benchmarks/complexbench/load.ts'
import type { ItemRecord, QuestionRecord } from '../../../src/benchmarks/complexbench/schema.ts'
import { createScorer } from '../../../src/benchmarks/complexbench/score.ts'
import { houseTemplates } from '../../../src/benchmarks/complexbench/templates.ts'
import type { ScoringContext } from '../../../src/checkers/scoring-context.ts'
import type { Item } from '../../../src/core/item.ts'
import type { ModelResponse } from '../../../src/core/response.ts'
import type { Status } from '../../../src/core/status.ts'
import { type Protocol, protocols, type Verdict } from '../../../src/core/verdict.ts'

/** A question for the judge, or for a rule; everything else as given or plain. */
export function question(changes: Partial<QuestionRecord> = {}): Partial<QuestionRecord> {
  return {
    question: '是否满足？',
    question_en: 'Is it so?',
    rule: null,
    constraint_dimensions: ['Length'],
    composition_types: [],
    dep: [],
    ...changes,
  }
}

/** An item with its questions numbered. */
export function record(
  questions: readonly Partial<QuestionRecord>[],
  changes: Partial<ItemRecord> = {},
): Partial<ItemRecord> {
  return {
    group: null,
    instruction: '写一句话。',
    instruction_en: 'Write a sentence.',
    task_types: 'Creative Writing',
    constraint_dimensions: ['Length'],
    composition_types: ['And'],
    category: 'And',
    scoring_questions: questions.map((entry, point_id) => ({ point_id, ...entry })) as ItemRecord['scoring_questions'],
    ...changes,
  }
}

/** Loads records, numbered in order, from a file as it is downloaded. */
export async function load(
  records: readonly Partial<ItemRecord>[] | string,
  edition = 'zh',
): Promise<Item<ComplexBenchData>[]> {
  const folder = mkdtempSync(join(tmpdir(), 'heed-'))
  const file = join(folder, 'data_final.json')
  const text =
    typeof records === 'string'
      ? records
      : JSON.stringify(
          records.map((entry, main_id) => ({ main_id, ...entry })),
          null,
          1,
        )
  writeFileSync(file, text)
  try {
    const items: Item<ComplexBenchData>[] = []
    const source = { edition, isSample: false, path: () => file, optionalPath: () => file }
    for await (const item of loadComplexBench(source)) items.push(item)
    return items
  } finally {
    rmSync(folder, { recursive: true })
  }
}

export function answer(text: string | null, status: Status = text === null ? 'provider-error' : 'ok'): ModelResponse {
  return { sample: 0, status, text, reasoning: null, finishReason: 'stop' }
}

/** Scores one response to each item and aggregates under every protocol. */
export async function scoreAll(
  items: readonly Item<ComplexBenchData>[],
  responses: readonly ModelResponse[],
  context: ScoringContext,
) {
  const scorer = createScorer(houseTemplates)
  const aggregators = new Map(protocols.map((protocol) => [protocol, createAggregator({ protocol, edition: 'zh' })]))
  const verdicts: Verdict[] = []
  for (const [index, item] of items.entries()) {
    const response = responses[index]!
    const found = await scorer.score(item, response, context, protocols)
    verdicts.push(...found)
    for (const [protocol, aggregator] of aggregators) {
      const own = found.filter((verdict) => verdict.protocol === protocol)
      aggregator.add({ item, sample: 0, status: response.status, verdicts: own })
    }
  }
  const metrics = new Map(
    [...aggregators].map(([protocol, aggregator]) => [protocol, aggregator.finish().metrics({ replicates: 20 })]),
  )
  return {
    verdicts,
    of: (protocol: Protocol) => verdicts.filter((verdict) => verdict.protocol === protocol),
    metric: (protocol: Protocol, id: string, value?: string) =>
      metrics.get(protocol)!.find((metric) => metric.id === id && metric.group?.value === value),
  }
}

/** What an extractor replies that names these passages. */
export function extracted(...passages: readonly string[]): string {
  return `【解释】\n略。\n\n【模型回复中评分问题的评测对象】\n评分对象：${passages.join('||')}`
}
