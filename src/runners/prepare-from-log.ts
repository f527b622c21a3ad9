import type { CallRole } from '../core/call.ts'
import { canonicalJson } from '../core/hash.ts'
import type { Protocol } from '../core/verdict.ts'
import type { BoundEndpoint } from './bind-endpoint.ts'
import type { CallTarget } from './call-target.ts'
import { defaultEndpoint } from './default-endpoint.ts'
import { logOnlyTarget } from './log-only-target.ts'
import type { Manifest } from './manifest.ts'
import { openSandbox } from './open-sandbox.ts'
import { planAgain } from './plan-again.ts'
import type { PreparedRun } from './prepare-run.ts'
import { bindRewardModel } from './reward-model-policy.ts'
import { readManifest } from './run-folder.ts'
import { RunMeter } from './run-meter.ts'
import type { RunSpec } from './run-spec.ts'
import { StopSwitch } from './stop.ts'

/** Responses in work at once: nothing is waited for. */
const window = 256

/** What a manifest keeps so that its run can be scored from the log alone, without reaching an endpoint. */
export function replayFacts(spec: RunSpec, endpoints: readonly BoundEndpoint[]): NonNullable<Manifest['replay']> {
  return {
    endpoints: Object.fromEntries(
      endpoints.map(({ role, target: { name, dependsOnMeta } }) => [role, { name, dependsOnMeta }]),
    ),
    rewardModel: spec.rewardModel ?? null,
    bootstrapSeed: spec.bootstrapSeed,
  }
}

/**
 * Prepares the scoring of a run folder exactly as its manifest says, from its call log alone: no endpoint is reached,
 * no key is needed, and a call that is not in the log counts as failed.
 */
export async function prepareFromLog(
  folder: string,
  dataDir: string | null,
  warn: (message: string) => void,
): Promise<PreparedRun> {
  const manifest = readManifest(folder)
  const { identity, scoring, replay } = manifest
  const plans = await planAgain(manifest, { dataDir, warn })
  const stop = new StopSwitch()
  const ids: readonly (readonly [CallRole, string | null])[] = [
    ['model', identity.model],
    ['judge', scoring.judge],
    ['extractor', scoring.extractor],
  ]
  const endpoints = ids.flatMap(([role, id]) => {
    if (id === null) return []
    const { name = id, dependsOnMeta = identity.modelDependsOnMeta } = replay?.endpoints[role] ?? {}
    return [logOnlyEndpoint(role, { ...logOnlyTarget(id, dependsOnMeta), name })]
  })
  const spec = specOf(manifest, dataDir)
  const judges = endpoints.filter(({ role }) => role !== 'model')
  const rewardModel = await bindRewardModel(spec, plans, judges, { folder, stop, warn })
  const sandbox = await openSandbox(plans, spec.isSandboxOff, warn)
  const found = { rewardModel: rewardModel.identity, soft: rewardModel.policy, python: sandbox?.name ?? null }
  const { rewardModel: asked, soft, python } = scoring
  if (canonicalJson(found) !== canonicalJson({ rewardModel: asked, soft, python }))
    warn(`scored with ${describe(found)}, where the run used ${describe({ rewardModel: asked, soft, python })}`)
  const targets = new Map(endpoints.map(({ role, target }): [CallRole, CallTarget] => [role, target]))
  if (rewardModel.target) targets.set('rm', rewardModel.target)
  return {
    name: manifest.tags.name ?? identity.modelName,
    endpoints,
    options: {
      folder,
      manifest,
      scoringIdentity: scoring,
      plans,
      settings: {
        sampling: identity.sampling,
        samples: identity.samples,
        protocols: spec.protocols,
        window,
        ahead: null,
        bootstrapSeed: spec.bootstrapSeed,
      },
      targets,
      meter: new RunMeter(),
      stop,
      offline: true,
      context: { soft: rewardModel.policy, rewardModel: rewardModel.scorer, python: sandbox },
      scoring: null,
    },
    close: async () => {
      await Promise.all([sandbox?.close(), rewardModel.close()])
    },
  }
}

/** The specification that a manifest was made from, as far as scoring needs it. */
function specOf({ identity, scoring, replay, tags, command }: Manifest, dataDir: string | null): RunSpec {
  return {
    model: defaultEndpoint(identity.modelName),
    name: null,
    judge: scoring.judge === null ? null : defaultEndpoint(scoring.judge),
    extractor: null,
    references: [],
    sample: false,
    limit: null,
    answeredOnly: false,
    samples: identity.samples,
    sampling: identity.sampling,
    systemPrompt: identity.systemPrompt,
    bootstrapSeed: replay?.bootstrapSeed ?? 0,
    soft: scoring.soft as RunSpec['soft'],
    ...(replay?.rewardModel ? { rewardModel: replay.rewardModel } : {}),
    protocols: scoring.protocols as readonly Protocol[],
    isSandboxOff: scoring.python === null,
    out: null,
    resultsRoot: '',
    dataDir,
    offline: true,
    maxCost: null,
    prices: null,
    tags,
    command,
  }
}

function logOnlyEndpoint(role: CallRole, target: CallTarget): BoundEndpoint {
  return {
    role,
    target,
    modelName: target.name,
    concurrency: 1,
    isPaid: false,
    price: null,
    recordedSamples: undefined,
    answers: undefined,
    batch: null,
    figures: () => ({ inFlight: 0, concurrency: 0, retries: 0 }),
    probe: async () => undefined,
    close: async () => undefined,
  }
}

function describe({ rewardModel, soft, python }: Pick<Manifest['scoring'], 'rewardModel' | 'soft' | 'python'>): string {
  return `soft ${soft}, reward model ${rewardModel ?? 'none'}, python ${python ?? 'off'}`
}
