import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { DataSource, Scorer } from '../../../src/benchmarks/benchmark.ts'
import { createAggregator, type FollowBenchAggregator } from '../../../src/benchmarks/followbench/aggregate.ts'
import { followbench } from '../../../src/benchmarks/followbench/index.ts'
import { type ConstraintType, type FollowBenchData, types } from '../../../src/benchmarks/followbench/schema.ts'
import type { ScoringContext } from '../../../src/checkers/scoring-context.ts'
import type { CallRequest, Reply } from '../../../src/core/call.ts'
import type { Item } from '../../../src/core/item.ts'
import type { Metric } from '../../../src/core/metric.ts'
import type { ModelResponse } from '../../../src/core/response.ts'
import type { Protocol, Verdict } from '../../../src/core/verdict.ts'

/** A record as it stands in a data file. */
export interface RawRecord {
  example_id: unknown
  category: unknown
  source: unknown
  level: unknown
  instruction: unknown
  target: unknown
}

const ordinarySource: Readonly<Record<ConstraintType, string>> = {
  content: 'quora',
  situation: 'self-made',
  style: 'oasst',
  format: 'koala',
  example: 'sciq',
  mixed: 'WritingPrompts',
}

/** Records of one group; judged unless `source` names a rule. */
export function group(type: ConstraintType, id: number, source = ordinarySource[type], target = ''): RawRecord[] {
  const first = type === 'example' ? 1 : 0
  const kinds = ['format', 'content', 'style', 'format', 'content']
  return Array.from({ length: 6 - first }, (_, index) => {
    const level = first + index
    return {
      example_id: id,
      category: type !== 'mixed' ? type : level === 0 ? 'mixed' : kinds.slice(0, level).join(', '),
      source,
      level,
      instruction: ['Tell me of tides.', ...[1, 2, 3, 4, 5].map((number) => `Obey demand number ${number} please.`)]
        .slice(0, level + 1)
        .join(' '),
      target: type === 'example' ? '{instruction}\nAnswer: {answer}' : target,
    }
  })
}

/** Files by type; types that are left out are empty files. */
export type Files = Partial<Record<ConstraintType, unknown>>

/** Writes the files of one language into a folder of its own and gives a source that reads them. */
export function source(
  files: Files,
  edition = 'en',
  isSample = false,
): DataSource & Disposable & { readonly folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'heed-followbench-'))
  for (const type of types) {
    const path = join(folder, edition, `${type}_constraints.json`)
    mkdirSync(dirname(path), { recursive: true })
    const content = files[type] ?? []
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  }
  const path = (file: string) => join(folder, file)
  return {
    folder,
    edition,
    isSample,
    path,
    optionalPath: path,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  }
}

/** All items of the given files. */
export async function load(files: Files, edition = 'en', isSample = false): Promise<Item<FollowBenchData>[]> {
  using data = source(files, edition, isSample)
  const items: Item<FollowBenchData>[] = []
  for await (const item of followbench.load(data)) items.push(item)
  return items
}

/** A scorer without upstream's prompts. */
export function scorer(edition = 'en', isSample = false): Promise<Scorer<FollowBenchData>> {
  return followbench.prepare({ edition, isSample, asset: () => null })
}

/** A response of the model under test. */
export function answer(text: string | null, changes: Partial<ModelResponse> = {}): ModelResponse {
  const status = text === null ? 'provider-error' : 'ok'
  return { sample: 0, status, text, reasoning: null, finishReason: 'stop', ...changes }
}

/** A judge that is a function of the request: a text is its reply, null a failed call. */
export function judgeOf(
  reply: (request: CallRequest) => string | null | Partial<Reply>,
  changes: Partial<ScoringContext> = {},
): ScoringContext & { readonly asked: CallRequest[] } {
  const asked: CallRequest[] = []
  return {
    asked,
    async call(request) {
      asked.push(request)
      const given = reply(request)
      const partial: Partial<Reply> = typeof given === 'string' ? { text: given } : (given ?? failed)
      return {
        key: `${request.purpose} ${request.item}`,
        status: 'ok',
        text: null,
        reasoning: null,
        finishReason: 'stop',
        returnedModel: null,
        usage: null,
        ...partial,
      }
    },
    endpoint: () => 'mock',
    soft: 'judge',
    rewardModel: null,
    python: null,
    warn: () => {},
    ...changes,
  }
}

const failed: Partial<Reply> = {
  status: 'provider-error',
  failure: { kind: 'server', message: 'HTTP 500', httpStatus: 500 },
}

/** A context in which nobody judges. */
export const nobody = judgeOf(() => null, { endpoint: () => null })

/** The list that a good judge ends with, from a string of 1 and 0. */
export function list(values: string): string {
  return `Checked.\n[${[...values].map((value) => (value === '1' ? "'YES'" : "'NO'")).join(', ')}]`
}

/** Scores items with one response each and aggregates them under one protocol. */
export async function aggregate(
  tasks: readonly (readonly [Item<FollowBenchData>, ModelResponse, ScoringContext])[],
  protocol: Protocol,
  edition = 'en',
): Promise<{
  readonly aggregator: FollowBenchAggregator
  readonly metrics: readonly Metric[]
  readonly verdicts: readonly Verdict[]
}> {
  const aggregator = createAggregator({ protocol, edition })
  const scoring = await scorer(edition)
  const all: Verdict[] = []
  for (const [item, response, context] of tasks) {
    const verdicts = await scoring.score(item, response, context, [protocol])
    all.push(...verdicts)
    aggregator.add({ item, sample: response.sample, status: response.status, verdicts })
  }
  return { aggregator, metrics: aggregator.finish().metrics({ replicates: 50 }), verdicts: all }
}

/** One figure of a list, by id and breakdown. */
export function figure(metrics: readonly Metric[], id: string, dimension?: string, value?: string): Metric {
  const found = metrics.find(
    (metric) => metric.id === id && metric.group?.dimension === dimension && metric.group?.value === value,
  )
  if (!found) throw new Error(`no figure ${id} ${dimension ?? ''} ${value ?? ''}`)
  return found
}
