import { join } from 'node:path'
import type { Benchmark } from '../../src/benchmarks/benchmark.ts'
import type { Metric } from '../../src/core/metric.ts'
import { type Protocol, protocols, type Verdict } from '../../src/core/verdict.ts'
import {
  embeddedSamples,
  judgeKey,
  readJudgeReplies,
  readResponses,
  responseKey,
} from '../../src/models/demo/sample-recording.ts'
import { scriptedContext } from '../checkers/judge/scripted-judge.ts'

/** Scores a demo checkpoint's recorded responses to an embedded sample with the recorded judge replies. */
export async function scoreSample<Data>(benchmark: Benchmark<Data>, checkpoint: 'base' | 'tuned') {
  const edition = benchmark.editions[0]!.id
  const path = (file: string) => join(embeddedSamples, benchmark.id, file)
  const responses = await readResponses(embeddedSamples, benchmark.id, checkpoint)
  const replies = await readJudgeReplies(embeddedSamples, benchmark.id)
  const asked = new Set<string>()
  const context = scriptedContext(({ item = '', constraint = null, purpose, attempt = 0 }) => {
    const key = judgeKey({ checkpoint, item, constraint, purpose, attempt })
    asked.add(key)
    return replies.get(key) ?? { fails: `not recorded: ${key}` }
  })
  const scorer = await benchmark.prepare({ asset: () => null, edition, isSample: true })
  const aggregators = protocols.map((protocol) => [protocol, benchmark.aggregate({ protocol, edition })] as const)
  const verdicts: Verdict[] = []
  const items: string[] = []
  for await (const item of benchmark.load({ edition, isSample: true, path, optionalPath: path })) {
    const text = responses.get(responseKey(item.id, 0))
    if (text === undefined) throw new Error(`No recorded response of ${checkpoint} to ${item.id}`)
    items.push(item.id)
    const response = { sample: 0, status: 'ok', text, reasoning: null, finishReason: 'stop' } as const
    const found = await scorer.score(item, response, context, protocols)
    verdicts.push(...found)
    for (const [protocol, aggregator] of aggregators) {
      const own = found.filter((verdict) => verdict.protocol === protocol)
      aggregator.add({ item, sample: 0, status: 'ok', verdicts: own })
    }
  }
  const figures = new Map<Protocol, readonly Metric[]>(
    aggregators.map(([protocol, aggregator]) => [protocol, aggregator.finish().metrics({ replicates: 10 })]),
  )
  const value = (protocol: Protocol, id: string) =>
    figures.get(protocol)!.find((metric) => metric.id === id && metric.group === undefined)?.value
  const unused = [...replies.keys()].filter((key) => key.startsWith(`["${checkpoint}"`) && !asked.has(key))
  return { items, verdicts, value, unused, recorded: responses.size }
}
