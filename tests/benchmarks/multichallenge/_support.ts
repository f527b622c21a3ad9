import { createAggregator } from '../../../src/benchmarks/multichallenge/aggregate.ts'
import { houseTemplate } from '../../../src/benchmarks/multichallenge/house-prompt.ts'
import { toItem } from '../../../src/benchmarks/multichallenge/load.ts'
import type { MultichallengeData } from '../../../src/benchmarks/multichallenge/schema.ts'
import { createScorer } from '../../../src/benchmarks/multichallenge/score.ts'
import type { ScoringContext } from '../../../src/checkers/scoring-context.ts'
import type { Item } from '../../../src/core/item.ts'
import type { Metric } from '../../../src/core/metric.ts'
import type { ModelResponse } from '../../../src/core/response.ts'
import { type Protocol, protocols, type Verdict } from '../../../src/core/verdict.ts'

export type Conversation = Item<MultichallengeData>

export function conversation(
  id: string,
  axis = 'SELF_COHERENCE',
  changes: { targetQuestion?: string; passCriteria?: string } = {},
): Conversation {
  const messages = [{ role: 'user', content: `go ${id}` }] as const
  return toItem({ id, axis, conversation: messages, targetQuestion: `Is ${id} fine?`, passCriteria: 'YES', ...changes })
}

export function answer(text: string | null, sample = 0): ModelResponse {
  const status = text === null ? 'provider-error' : 'ok'
  return { sample, status, text, reasoning: null, finishReason: 'stop' }
}

export function says(verdict: string): string {
  return JSON.stringify({ reasoning: `because ${verdict}`, verdict })
}

/** Scores responses and aggregates them under every protocol. */
export async function scoreAll(
  tasks: readonly (readonly [Conversation, ModelResponse])[],
  context: ScoringContext,
  wanted: readonly Protocol[] = protocols,
) {
  const scorer = createScorer(houseTemplate, ['house-prompt'])
  const aggregators = new Map(wanted.map((protocol) => [protocol, createAggregator({ protocol, edition: 'github' })]))
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
    [...aggregators].map(([protocol, aggregator]) => [protocol, aggregator.finish().metrics({ replicates: 20 })]),
  )
  const metric = (protocol: Protocol, id: string, value?: string): Metric => {
    const found = metrics.get(protocol)!.find((one) => one.id === id && one.group?.value === value)
    if (!found) throw new Error(`No figure ${id} ${value ?? ''}`)
    return found
  }
  return { verdicts, metrics, metric }
}
