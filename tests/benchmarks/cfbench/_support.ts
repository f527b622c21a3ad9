import { createAggregator } from '../../../src/benchmarks/cfbench/aggregate.ts'
import { houseTemplate } from '../../../src/benchmarks/cfbench/house-prompt.ts'
import { toItem } from '../../../src/benchmarks/cfbench/load.ts'
import { type CfbenchData, CfbenchRecord } from '../../../src/benchmarks/cfbench/schema.ts'
import { createScorer } from '../../../src/benchmarks/cfbench/score.ts'
import type { ScoringContext } from '../../../src/checkers/scoring-context.ts'
import type { Item } from '../../../src/core/item.ts'
import type { Metric } from '../../../src/core/metric.ts'
import type { ModelResponse } from '../../../src/core/response.ts'
import { type Protocol, protocols, type Verdict } from '../../../src/core/verdict.ts'

/** One letter per criterion: P primary, S secondary; the texts are 条件0, 条件1, ... unless given. */
export function item(
  idx: number,
  letters: string,
  changes: Partial<CfbenchRecord> = {},
  texts: string[] = [],
): Item<CfbenchData> {
  const criteria = [...letters].map((letter, position) => [
    texts[position] ?? `条件${position}`,
    letter === 'P' ? '主需' : '次需',
    '内容约束',
    '元素内容约束',
  ])
  const record = CfbenchRecord.parse({
    idx,
    prompt: `任务${idx}`,
    isanswer: '否',
    gold: '',
    doamin: '美食',
    scenario: '其他',
    source: 'tob',
    split: 'easy',
    criteria,
    ...changes,
  })
  return toItem(record, String(idx), String(idx))
}

export function answer(text: string | null, changes: Partial<ModelResponse> = {}): ModelResponse {
  return {
    sample: 0,
    status: text === null ? 'provider-error' : 'ok',
    text,
    reasoning: null,
    finishReason: 'stop',
    ...changes,
  }
}

/** The reply of a judge that does as it is told. */
export function goodReply(of: Item<CfbenchData>, verdicts: string): string {
  return of.data.criteria.map(({ text }, position) => `${text}\t${verdicts[position]}`).join('\n\n')
}

/** Scores responses of many items and aggregates them under every protocol. */
export async function scoreAll(
  tasks: readonly (readonly [Item<CfbenchData>, ModelResponse])[],
  context: ScoringContext,
  wanted: readonly Protocol[] = protocols,
) {
  const scorer = createScorer(houseTemplate, ['house-prompt'])
  const aggregators = new Map(wanted.map((protocol) => [protocol, createAggregator({ protocol, edition: 'v1' })]))
  const verdicts: Verdict[] = []
  for (const [of, response] of tasks) {
    const found = await scorer.score(of, response, context, wanted)
    verdicts.push(...found)
    for (const [protocol, aggregator] of aggregators) {
      const own = found.filter((verdict) => verdict.protocol === protocol)
      aggregator.add({ item: of, sample: response.sample, status: response.status, verdicts: own })
    }
  }
  const metrics = new Map(
    [...aggregators].map(([protocol, aggregator]) => [protocol, aggregator.finish().metrics({ replicates: 20 })]),
  )
  return {
    verdicts,
    metrics,
    metric: (protocol: Protocol, id: string, value?: string) => find(metrics.get(protocol)!, id, value),
  }
}

function find(metrics: readonly Metric[], id: string, value: string | undefined): Metric {
  const found = metrics.find((metric) => metric.id === id && metric.group?.value === value)
  if (!found) throw new Error(`No figure ${id} ${value ?? ''}`)
  return found
}
