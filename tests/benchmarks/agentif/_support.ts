import { createAggregator } from '../../../src/benchmarks/agentif/aggregate.ts'
import { readRecord, toItem } from '../../../src/benchmarks/agentif/load.ts'
import type { AgentIfData } from '../../../src/benchmarks/agentif/schema.ts'
import { createScorer } from '../../../src/benchmarks/agentif/score.ts'
import type { PythonRunner, ScoringContext } from '../../../src/checkers/scoring-context.ts'
import type { Item } from '../../../src/core/item.ts'
import type { ModelResponse } from '../../../src/core/response.ts'
import { type Protocol, protocols, type Verdict } from '../../../src/core/verdict.ts'

type Step = { type: string; exec?: unknown }
export type TestConstraint = {
  dimension?: string
  type?: string | string[]
  is_meta?: boolean
  desc?: string
  steps?: Step[]
}

export const llm = (exec = 'Polite? {response}'): Step => ({ type: 'llm', exec })
export const condition = (exec = 'Applies? {response}'): Step => ({ type: 'llm_conditional_check', exec })
export const code = (exec: string): Step => ({ type: 'code', exec })

export function item(id: string, ...constraints: TestConstraint[]): Item<AgentIfData> {
  const record = {
    input: [{ role: 'user', content: 'Do it.' }],
    constraints: constraints.map(({ steps, ...rest }) => ({
      desc: 'a text',
      dimension: 'unconditional',
      type: 'semantic',
      ...rest,
      ...(steps ? { evaluation: steps } : {}),
    })),
  }
  return toItem(readRecord(record, {}), id)
}

export function answer(text: string | null, changes: Partial<ModelResponse> = {}): ModelResponse {
  const status = text === null ? 'provider-error' : text.trim() === '' ? 'empty' : 'ok'
  return { sample: 0, status, text, reasoning: null, finishReason: 'stop', ...changes }
}

/** A sandbox whose snippets are the names of what they do. */
export function fakePython(values: Readonly<Record<string, unknown>>): PythonRunner & { readonly asked: unknown[] } {
  const asked: unknown[] = []
  return {
    name: 'fake',
    asked,
    async check(request) {
      asked.push(request)
      const source = [request.source].flat().at(-1)!
      if (!(source in values)) return { kind: 'error', error: 'no such snippet', reason: 'exception' }
      const value = values[source]
      return {
        kind: 'value',
        value,
        type: typeof value,
        truthy: Array.isArray(value) ? value.length > 0 : Boolean(value),
      }
    },
  }
}

/** Scores one response per item and aggregates. */
export async function scoreAll(
  tasks: readonly (readonly [Item<AgentIfData>, ModelResponse])[],
  context: ScoringContext,
  wanted: readonly Protocol[] = protocols,
) {
  const aggregators = new Map(wanted.map((protocol) => [protocol, createAggregator({ protocol, edition: 'v1' })]))
  const verdicts: Verdict[] = []
  for (const [of, response] of tasks) {
    const found = await createScorer().score(of, response, context, wanted)
    verdicts.push(...found)
    for (const [protocol, aggregator] of aggregators) {
      const own = found.filter((verdict) => verdict.protocol === protocol)
      aggregator.add({ item: of, sample: 0, status: response.status, verdicts: own })
    }
  }
  return {
    verdicts,
    of: (protocol: Protocol) => verdicts.filter((verdict) => verdict.protocol === protocol),
    warnings: (protocol: Protocol) => aggregators.get(protocol)!.warnings!(),
    metric(protocol: Protocol, id: string, value?: string) {
      const metrics = aggregators.get(protocol)!.finish().metrics({ replicates: 2 })
      const found = metrics.find((one) => one.id === id && one.group?.value === value)
      if (!found) throw new Error(`No figure ${id} ${value ?? ''}`)
      return found
    },
  }
}
