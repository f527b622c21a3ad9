import { createAggregator } from '../../../src/benchmarks/writingbench/aggregate.ts'
import { readRecord, toItem } from '../../../src/benchmarks/writingbench/load.ts'
import type { RequirementSubsets } from '../../../src/benchmarks/writingbench/requirement-subsets.ts'
import type { WritingBenchData } from '../../../src/benchmarks/writingbench/schema.ts'
import { createScorer } from '../../../src/benchmarks/writingbench/score.ts'
import { houseTemplates } from '../../../src/benchmarks/writingbench/templates.ts'
import type { ScoringContext } from '../../../src/checkers/scoring-context.ts'
import type { Item } from '../../../src/core/item.ts'
import type { Metric } from '../../../src/core/metric.ts'
import type { ModelResponse } from '../../../src/core/response.ts'
import { type Protocol, protocols, type Verdict } from '../../../src/core/verdict.ts'

export type Query = Item<WritingBenchData>

export function criterion(name: string): Record<string, string> {
  const bands = { '1-2': 'none', '3-4': 'few', '5-6': 'some', '7-8': 'most', '9-10': 'all' }
  return { name, criteria_description: `Is it ${name}?`, ...bands }
}

export function record(index: number, over: Record<string, unknown> = {}): Record<string, unknown> {
  const checklist = ['a', 'b'].map(criterion)
  return { index, domain1: 'Education', domain2: 'Lesson Plan', query: `Write ${index}.`, checklist, ...over }
}

export function query(
  index: number,
  over: Record<string, unknown> = {},
  subsets: RequirementSubsets = new Map(),
): Query {
  const { record: read, criteria } = readRecord(JSON.stringify(record(index, over)), {})
  return toItem(read, criteria, subsets, {})
}

export function answer(text: string | null, sample = 0): ModelResponse {
  return { sample, status: text === null ? 'provider-error' : 'ok', text, reasoning: null, finishReason: 'stop' }
}

export function says(score: unknown): string {
  return JSON.stringify({ score, reason: 'so' })
}

/** Scores responses and aggregates them under every protocol. */
export async function scoreAll(
  tasks: readonly (readonly [Query, ModelResponse])[],
  context: ScoringContext,
  wanted: readonly Protocol[] = protocols,
) {
  const scorer = createScorer(houseTemplates, ['house-prompt'])
  const aggregators = new Map(wanted.map((protocol) => [protocol, createAggregator({ protocol, edition: 'v2' })]))
  const verdicts: Verdict[] = []
  for (const [item, response] of tasks) {
    const found = await scorer.score(item, response, context, wanted)
    verdicts.push(...found)
    for (const [protocol, aggregator] of aggregators) {
      const own = found.filter((verdict) => verdict.protocol === protocol)
      aggregator.add({ item, sample: response.sample, status: response.status, verdicts: own })
    }
  }
  const metrics = new Map(
    [...aggregators].map(([protocol, each]) => [protocol, each.finish().metrics({ replicates: 20 })]),
  )
  const metric = (protocol: Protocol, id: string, value?: string): Metric => {
    const found = metrics.get(protocol)!.find((one) => one.id === id && one.group?.value === value)
    if (!found) throw new Error(`No figure ${id} ${value ?? ''}`)
    return found
  }
  return { verdicts, metric }
}
