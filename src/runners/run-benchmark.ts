import PQueue from 'p-queue'
import type { Aggregator, Benchmark, DataSource, Resources, Scorer, ScoringContext } from '../benchmarks/benchmark.ts'
import type { CallRequest, Reply } from '../core/call.ts'
import type { Item } from '../core/item.ts'
import type { ModelResponse } from '../core/response.ts'
import { mergeSampling, type Sampling } from '../core/sampling.ts'
import type { Status } from '../core/status.ts'
import type { Protocol, Verdict } from '../core/verdict.ts'
import { BenchmarkTally } from './benchmark-tally.ts'
import { throughTheDoor } from './logged-reward-model.ts'
import { orderedWindow } from './ordered-window.ts'
import type { RunMeter } from './run-meter.ts'
import { type BenchmarkScores, isComplete } from './scores.ts'
import type { Shard } from './shard.ts'
import { takeItems } from './take-items.ts'
import type { VerdictFile } from './verdict-file.ts'

/** One benchmark of a run, ready to be read. */
export interface BenchmarkPlan {
  readonly benchmark: Benchmark
  readonly source: DataSource
  readonly resources: Resources
  /** First so many items, whole clusters; null for all. */
  readonly limit: number | null
  readonly filter?: ((item: Item) => boolean) | undefined
  readonly shard?: Shard | undefined
  /** Items that the plan covers, after the limit and in this shard. */
  readonly items: number
  /** Whether a constraint of the data is checked by running its snippet. */
  readonly needsPython: boolean
}

/** How a run generates and scores. */
export interface RunSettings {
  /** Settings that go over those of the benchmark's protocol. */
  readonly sampling: Sampling
  readonly samples: number
  readonly protocols: readonly Protocol[]
  /** Responses in work at once; results are delivered in order. */
  readonly window: number
  /**
   * Most responses that are generated and not yet scored, where responses come at once (recorded ones, or those of the
   * log): read faster than the judge can take them they would only keep its replies waiting. Null for no limit.
   */
  readonly ahead: number | null
  readonly bootstrapSeed: number
}

export interface RunBenchmarkOptions {
  readonly plan: BenchmarkPlan
  readonly settings: RunSettings
  readonly verdictFile: VerdictFile | null
  readonly meter: RunMeter
  readonly call: (request: CallRequest) => Promise<Reply>
  readonly context: Omit<ScoringContext, 'call' | 'warn'>
}

interface Task {
  readonly item: Item
  readonly sample: number
}

interface Outcome extends Task {
  readonly status: Status
  readonly verdicts: readonly Verdict[]
}

/**
 * Loads, generates, verifies and aggregates one benchmark, response by response: nothing but the aggregation's own state
 * outlives the window.
 * @throws RunStopped when the run stops before the end
 */
export async function runBenchmark(options: RunBenchmarkOptions): Promise<BenchmarkScores> {
  const { plan, settings, meter, verdictFile } = options
  const { benchmark, source } = plan
  const scorer = await benchmark.prepare(plan.resources)
  const aggregators = new Map<Protocol, Aggregator>(
    settings.protocols.map((protocol) => [protocol, benchmark.aggregate({ protocol, edition: source.edition })]),
  )
  const tally = new BenchmarkTally(settings.protocols, options.context)
  const context: ScoringContext = { ...options.context, call: options.call, warn: (message) => tally.warn(message) }
  const progress = meter.of(benchmark.id)
  progress.total = plan.items * settings.samples

  const work = async (task: Task): Promise<Outcome> => {
    const response = await generate(benchmark, task, settings, options.call)
    const rewardModel = throughTheDoor(context.rewardModel, options.call, task.item.id)
    const verdicts = await scorer.score(task.item, response, { ...context, rewardModel }, settings.protocols)
    progress.done += 1
    return { ...task, status: response.status, verdicts }
  }
  const places = settings.ahead === null ? null : new PQueue({ concurrency: settings.ahead })
  await orderedWindow<Task, Outcome>(
    tasks(plan, settings.samples, places),
    settings.window,
    places === null ? work : (task) => places.add(() => work(task)),
    async ({ item, sample, status, verdicts }) => {
      tally.add(status, verdicts)
      for (const [protocol, aggregator] of aggregators) {
        aggregator.add({ item, sample, status, verdicts: verdicts.filter((verdict) => verdict.protocol === protocol) })
      }
      await verdictFile?.write(benchmark.id, source.edition, verdicts)
    },
  )
  return summarise(plan, scorer, settings, aggregators, tally)
}

/** @param places of responses in work, when they are limited: nothing is read before one is free */
async function* tasks(plan: BenchmarkPlan, samples: number, places: PQueue | null): AsyncGenerator<Task> {
  for await (const item of takeItems(plan.benchmark.load(plan.source), plan)) {
    for (let sample = 0; sample < samples; sample++) {
      await places?.onSizeLessThan(1)
      yield { item, sample }
    }
  }
}

async function generate(
  benchmark: Benchmark,
  { item, sample }: Task,
  settings: RunSettings,
  call: (request: CallRequest) => Promise<Reply>,
): Promise<ModelResponse> {
  const request = generationRequest(benchmark, item, sample, settings)
  const { status, text, reasoning, finishReason } = await call(request)
  return { sample, status, text, reasoning, finishReason }
}

/** The call that asks the model under test for one response. */
export function generationRequest(
  benchmark: Benchmark,
  item: Item,
  sample: number,
  settings: Pick<RunSettings, 'sampling'>,
): CallRequest {
  const { messages, sampling } = benchmark.generation(item)
  return {
    role: 'model',
    purpose: 'generate',
    messages,
    sampling: mergeSampling(sampling, settings.sampling),
    sample,
    item: item.id,
  }
}

function summarise(
  plan: BenchmarkPlan,
  scorer: Scorer,
  settings: RunSettings,
  aggregators: ReadonlyMap<Protocol, Aggregator>,
  tally: BenchmarkTally,
): BenchmarkScores {
  const { benchmark, source } = plan
  for (const aggregator of aggregators.values())
    for (const message of aggregator.warnings?.() ?? []) tally.warn(message)
  const metrics = [...aggregators].map(
    ([protocol, aggregator]) => [protocol, aggregator.finish().metrics({ seed: settings.bootstrapSeed })] as const,
  )
  return {
    benchmark: benchmark.id,
    title: benchmark.title,
    suite: benchmark.suite,
    edition: source.edition,
    isSample: source.isSample,
    labels: tally.hasRewardModel ? [...scorer.labels, 'reward-model'] : scorer.labels,
    ...(tally.cascade ? { cascade: tally.cascade.counts } : {}),
    ...(tally.pairs ? { rewardModelPairs: tally.pairs.counts } : {}),
    scorers: Object.fromEntries(tally.scorers),
    items: plan.items,
    samples: settings.samples,
    responses: Object.fromEntries(tally.responses),
    verdicts: Object.fromEntries(
      [...tally.verdicts].map(([protocol, counts]) => [protocol, Object.fromEntries(counts)]),
    ),
    complete: isComplete(
      Object.fromEntries(tally.responses),
      ...[...tally.verdicts.values()].map((counts) => Object.fromEntries(counts)),
    ),
    metrics: Object.fromEntries(metrics),
    warnings: Object.fromEntries(tally.warnings),
  }
}
