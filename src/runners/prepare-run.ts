import { join } from 'node:path'
import type { Benchmark } from '../benchmarks/benchmark.ts'
import type { CallRole } from '../core/call.ts'
import { UsageError } from '../core/errors.ts'
import type { Item } from '../core/item.ts'
import { Redactor } from '../core/redact.ts'
import { openDataDirectory } from '../data/data-directory.ts'
import { dataLocation } from '../data/data-location.ts'
import { parseModelSpec } from '../models/model-spec.ts'
import { aheadOf } from './ahead-of.ts'
import { type BoundEndpoint, bindEndpoint } from './bind-endpoint.ts'
import { Budget } from './budget.ts'
import type { CallTarget } from './call-target.ts'
import { benchmarkFiles } from './data-source.ts'
import type { ExecuteRunOptions } from './execute-run.ts'
import { bindJudges, scoringIdentity, warnAboutJudges, warnAboutPrompts } from './judge-roles.ts'
import { type Manifest, manifestFormat, type RunIdentity } from './manifest.ts'
import { openSandbox, type SharedSandbox } from './open-sandbox.ts'
import { type CheckedPlan, checkPlan } from './plan.ts'
import { replayFacts } from './prepare-from-log.ts'
import { bindRewardModel } from './reward-model-policy.ts'
import { RunMeter } from './run-meter.ts'
import { runFolderName } from './run-name.ts'
import type { EndpointSpec, RunSpec } from './run-spec.ts'
import { shardName } from './shard.ts'
import type { SharedQueues } from './shared-queues.ts'
import { StopSwitch } from './stop.ts'
import { gitState, versions } from './versions.ts'

/** A run that is ready to start. */
export interface PreparedRun {
  readonly options: ExecuteRunOptions
  readonly endpoints: readonly BoundEndpoint[]
  /** Name of the checkpoint in tables. */
  readonly name: string
  close(): Promise<void>
}

/** What several runs of one matrix have in common. */
export interface RunShares {
  readonly queues?: SharedQueues
  readonly sandbox?: SharedSandbox
  /** One limit of cost for all of them. */
  readonly budget?: Budget
}

/** Most responses in work at once, per request that may be under way: others wait for their turn in item order. */
const windowPerCall = 8

/**
 * Resolves a run: validates all data, binds and reaches the endpoints, names the folder. Spends nothing and writes
 * nothing.
 * @param warn told what a person should know before the run
 * @param shares what the run has in common with others
 */
export async function prepareRun(
  spec: RunSpec,
  warn: (message: string) => void,
  shares: RunShares = {},
): Promise<PreparedRun> {
  const isDemo = parseModelSpec(spec.model.model).kind === 'demo'
  const isSample = spec.sample || isDemo
  const directory = openDataDirectory(dataLocation({ flag: spec.dataDir ?? undefined }), { warn })
  const redactor = new Redactor()
  const budget = shares.budget ?? (spec.maxCost === null ? null : new Budget(spec.maxCost))
  const { queues } = shares
  const stop = new StopSwitch()
  const model = await bindEndpoint('model', spec.model, { spec, redactor, budget, stop, subject: null, queues })
  const subject = model.modelName
  const checked: CheckedPlan[] = []
  for (const reference of spec.references) {
    const files = benchmarkFiles(reference, isSample, directory)
    const filter = spec.answeredOnly ? answeredBy(model, reference.benchmark) : undefined
    const shard = spec.shard ?? undefined
    checked.push(await checkPlan({ benchmark: reference.benchmark, limit: spec.limit, filter, shard, ...files }))
  }
  const bind = (role: CallRole, endpoint: EndpointSpec) =>
    bindEndpoint(role, endpoint, { spec, redactor, budget, stop, subject, queues })
  const plans = checked.map(({ plan }) => plan)
  const judges = await bindJudges(spec, plans, isDemo ? { ...spec.model, model: 'demo/judge' } : null, bind)
  const endpoints = [model, ...judges]
  const rewardModel = await bindRewardModel(spec, plans, judges, { folder: spec.out, stop, warn })
  warnAboutJudges(spec, plans, judges, model.target.id, rewardModel.policy, warn)
  await warnAboutPrompts(plans, judges, warn)
  const samples = spec.samples ?? model.recordedSamples ?? 1
  const name = spec.name ?? model.modelName
  const identity: RunIdentity = {
    format: manifestFormat,
    model: model.target.id,
    modelName: model.modelName,
    modelDependsOnMeta: model.target.dependsOnMeta,
    sampling: spec.sampling,
    systemPrompt: spec.systemPrompt,
    samples,
    benchmarks: checked.map(({ head }) => head),
    ...(spec.shard ? { shard: spec.shard } : {}),
  }
  const sandbox = await (shares.sandbox
    ? shares.sandbox.open(plans, spec.isSandboxOff, warn)
    : openSandbox(plans, spec.isSandboxOff, warn))
  const scoring = scoringIdentity(spec, judges, rewardModel, sandbox)
  const manifest: Manifest = {
    identity,
    scoring,
    replay: replayFacts(spec, endpoints),
    createdAt: new Date().toISOString(),
    command: spec.command.map((word) => redactor.message(word)),
    tags: Object.fromEntries(Object.entries(spec.tags).map(([name, value]) => [name, redactor.message(value)])),
    versions: versions(),
    git: await gitState(),
  }
  const concurrency = spec.model.concurrency
  return {
    name: spec.shard ? `${name} [shard ${shardName(spec.shard)}]` : name,
    endpoints,
    options: {
      folder: spec.out ?? join(spec.resultsRoot, runFolderName(name, identity, scoring)),
      manifest,
      scoringIdentity: scoring,
      plans,
      settings: {
        sampling: spec.sampling,
        samples,
        protocols: spec.protocols,
        window: Math.max(64, concurrency * windowPerCall),
        ahead: model.isPaid ? null : aheadOf(judges),
        bootstrapSeed: spec.bootstrapSeed,
      },
      targets: new Map([
        ...endpoints.map(({ role, target }): [CallRole, CallTarget] => [role, target]),
        ...(rewardModel.target ? [['rm', rewardModel.target] as const] : []),
      ]),
      meter: new RunMeter(),
      stop,
      offline: spec.offline,
      context: { soft: rewardModel.policy, rewardModel: rewardModel.scorer, python: sandbox },
      scoring: null,
    },
    close: async () => {
      await Promise.all([sandbox?.close(), rewardModel.close(), ...endpoints.map((endpoint) => endpoint.close())])
    },
  }
}

function answeredBy({ answers }: BoundEndpoint, benchmark: Benchmark): (item: Item) => boolean {
  if (!answers) {
    throw new UsageError('answered-live', 'Expected a file of responses with --answered, got a live endpoint')
  }
  return (item) => answers(benchmark.id, item.id, benchmark.generation(item).messages)
}

/**
 * A budget needs prices for everything that is paid.
 * @throws UsageError `no-price` when `--max-cost` is given and an endpoint has none
 */
export function assertPriced(spec: Pick<RunSpec, 'maxCost'>, endpoints: readonly BoundEndpoint[]): void {
  if (spec.maxCost === null) return
  const unpriced = endpoints.find(({ isPaid, price }) => isPaid && price === null)
  if (!unpriced) return
  throw new UsageError(
    'no-price',
    `Expected a price for ${unpriced.modelName}, because --max-cost is given; the table has none`,
    {
      hint: 'Give one with --prices <file>: {"date": "2026-01-31", "models": {"<model>": {"input": 0.15, "output": 0.6}}} in USD per million tokens.',
    },
  )
}
