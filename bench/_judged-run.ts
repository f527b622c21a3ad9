import type { Benchmark, Scorer } from '../src/benchmarks/benchmark.ts'
import { askJudge } from '../src/checkers/judge/ask-judge.ts'
import type { CallRole } from '../src/core/call.ts'
import type { Item } from '../src/core/item.ts'
import { Redactor } from '../src/core/redact.ts'
import { type BoundEndpoint, bindEndpoint } from '../src/runners/bind-endpoint.ts'
import type { CallTarget } from '../src/runners/call-target.ts'
import { defaultEndpoint } from '../src/runners/default-endpoint.ts'
import { executeRun } from '../src/runners/execute-run.ts'
import { manifestFormat } from '../src/runners/manifest.ts'
import { RunMeter } from '../src/runners/run-meter.ts'
import type { Scores } from '../src/runners/scores.ts'
import { StopSwitch } from '../src/runners/stop.ts'
import { versions } from '../src/runners/versions.ts'
import { createMetricTable } from '../src/stats/metric-table.ts'

/** Shape of a judged run. */
export interface JudgedShape {
  readonly items: number
  /** Judge calls of an item that are made side by side. */
  readonly constraints: number
  /** With true every judge call waits for an extraction of its own. */
  readonly extracts: boolean
}

/** A benchmark of plain items whose constraints are judged one call each, after an extraction where the shape has one. */
function judgedBenchmark({ items, constraints, extracts }: JudgedShape): Benchmark {
  const scorer: Scorer = {
    labels: [],
    score: (item, { sample, text }, context, protocols) =>
      Promise.all(
        item.constraints.map(async ({ id: constraint }) => {
          const place = { item: item.id, constraint, sample, sampling: { temperature: 0 } }
          const ask = (role: 'judge' | 'extractor', content: string) =>
            askJudge(context, {
              role,
              purpose: role,
              request: () => ({ ...place, messages: [{ role: 'user', content }] }),
              parse: (reply) => reply,
              maxAttempts: 1,
            })
          const passage = extracts ? (await ask('extractor', `extract ${item.id}/${constraint}`)).parsed : text
          const { status, scorer: by, keys } = await ask('judge', `judge ${item.id}/${constraint}: ${passage}`)
          const value = status === 'ok' ? 1 : null
          return { item: item.id, sample, constraint, scorer: by, protocol: protocols[0]!, value, status, calls: keys }
        }),
      ),
  }
  return {
    id: 'judged',
    title: 'Judged',
    suite: 'ood',
    summary: '',
    paper: '',
    licence: '',
    editions: [{ id: 'v1', title: '', dataset: 'judged', languages: ['en'], items: null }],
    columns: [],
    clusterUnit: 'item',
    judges: [],
    async *load() {
      for (let index = 0; index < items; index++) yield toItem(index, constraints)
    },
    generation: ({ messages }) => ({ messages, sampling: {} }),
    prepare: async () => scorer,
    aggregate: () => ({ add: () => undefined, finish: createMetricTable }),
  }
}

function toItem(index: number, constraints: number): Item {
  const id = String(index)
  return {
    id,
    messages: [{ role: 'user', content: `item ${id}` }],
    constraints: Array.from({ length: constraints }, (_unused, at) => {
      return { id: String(at), text: `constraint ${at}`, check: 'judge', tags: {}, needsPrompt: true }
    }),
    cluster: id,
    tags: {},
    data: null,
  }
}

/** A model under test that answers at once, like recorded responses do. */
const instantModel: CallTarget = {
  id: 'instant',
  name: 'instant',
  dependsOnMeta: false,
  reserve: async () => 0,
  pay: () => undefined,
  settle: () => undefined,
  cost: () => 0,
  send: async () => ({
    kind: 'reply',
    tries: 1,
    reply: {
      status: 'ok',
      text: 'All work and some play. '.repeat(40),
      reasoning: null,
      finishReason: 'stop',
      returnedModel: null,
      usage: null,
      raw: null,
    },
  }),
}

export interface JudgedRun {
  readonly scores: Scores
  /** From the opening of the run folder to its scores. */
  readonly seconds: number
}

/** A whole run with call log, queue, verdict file and scores, its judge and extractor at one address. */
export async function runJudged(
  shape: JudgedShape,
  baseUrl: string,
  concurrency: number,
  folder: string,
): Promise<JudgedRun> {
  const stop = new StopSwitch()
  const endpoint = { ...defaultEndpoint(`${baseUrl}#mock`), concurrency, timeoutSeconds: 60 }
  const bind = (role: CallRole): Promise<BoundEndpoint> =>
    bindEndpoint(role, endpoint, {
      spec: { prices: null, systemPrompt: null },
      redactor: new Redactor({}),
      budget: null,
      stop,
      subject: null,
    })
  const judges = await Promise.all(
    (shape.extracts ? (['judge', 'extractor'] as const) : (['judge'] as const)).map(bind),
  )
  const benchmark = judgedBenchmark(shape)
  const scoring = {
    judge: 'mock',
    extractor: null,
    rewardModel: null,
    python: null,
    soft: 'judge',
    protocols: ['official'],
  }
  const none = () => null
  const resources = { edition: 'v1', isSample: true, asset: none }
  const source = { edition: 'v1', isSample: true, path: () => '', optionalPath: none }
  const begun = performance.now()
  try {
    const scores = await executeRun({
      folder,
      manifest: {
        identity: {
          format: manifestFormat,
          model: 'instant',
          modelName: 'instant',
          modelDependsOnMeta: false,
          sampling: {},
          systemPrompt: null,
          samples: 1,
          benchmarks: [],
        },
        scoring,
        createdAt: '',
        command: [],
        tags: {},
        versions: versions(),
        git: null,
      },
      scoringIdentity: scoring,
      plans: [{ benchmark, source, resources, limit: null, items: shape.items, needsPython: false }],
      settings: {
        sampling: {},
        samples: 1,
        protocols: ['official'],
        window: Math.max(64, concurrency * 8),
        ahead: concurrency * 2,
        bootstrapSeed: 0,
      },
      targets: new Map<CallRole, CallTarget>([
        ['model', instantModel],
        ...judges.map(({ role, target }): [CallRole, CallTarget] => [role, target]),
      ]),
      meter: new RunMeter(),
      stop,
      offline: false,
      context: { soft: 'judge', rewardModel: null, python: null },
      scoring: null,
    })
    return { scores, seconds: (performance.now() - begun) / 1000 }
  } finally {
    for (const judge of judges) await judge.close()
  }
}
