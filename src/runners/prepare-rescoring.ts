import type { CallRole } from '../core/call.ts'
import { canonicalJson } from '../core/hash.ts'
import { Redactor } from '../core/redact.ts'
import { aheadOf } from './ahead-of.ts'
import { bindEndpoint } from './bind-endpoint.ts'
import { Budget } from './budget.ts'
import type { CallTarget } from './call-target.ts'
import { bindJudges, scoringIdentity, warnAboutJudges, warnAboutPrompts } from './judge-roles.ts'
import { logOnlyTarget } from './log-only-target.ts'
import type { ScoringIdentity } from './manifest.ts'
import { openSandbox } from './open-sandbox.ts'
import { planAgain } from './plan-again.ts'
import type { PreparedRun } from './prepare-run.ts'
import { bindRewardModel } from './reward-model-policy.ts'
import { readManifest } from './run-folder.ts'
import { RunMeter } from './run-meter.ts'
import { slug } from './run-name.ts'
import type { EndpointSpec, RunSpec } from './run-spec.ts'
import { StopSwitch } from './stop.ts'

/**
 * Prepares a new scoring of the responses that are in a run folder. Responses come from the call log alone; judges are
 * asked as usual. The scoring gets a folder of its own beside the run's first one, unless it is the same.
 * @param scoringName null for a name made from the judge
 */
export async function prepareRescoring(
  folder: string,
  spec: RunSpec,
  scoringName: string | null,
  warn: (message: string) => void,
): Promise<PreparedRun> {
  const manifest = readManifest(folder)
  const { identity } = manifest
  const plans = await planAgain(manifest, { dataDir: spec.dataDir, warn })
  const isDemo = identity.model.startsWith('demo')
  const redactor = new Redactor()
  const budget = spec.maxCost === null ? null : new Budget(spec.maxCost)
  const stop = new StopSwitch()
  const subject = identity.modelName
  const bind = (role: CallRole, endpoint: EndpointSpec) =>
    bindEndpoint(role, endpoint, { spec, redactor, budget, stop, subject })
  const judges = await bindJudges(spec, plans, isDemo ? { ...spec.model, model: 'demo/judge' } : null, bind)
  const rewardModel = await bindRewardModel(spec, plans, judges, { folder, stop, warn })
  warnAboutJudges(spec, plans, judges, identity.model, rewardModel.policy, warn)
  await warnAboutPrompts(plans, judges, warn)
  const sandbox = await openSandbox(plans, spec.isSandboxOff, warn)
  const scoring = scoringIdentity(spec, judges, rewardModel, sandbox)
  const isOwn = canonicalJson(scoring) === canonicalJson(manifest.scoring)
  const targets = new Map<CallRole, CallTarget>([['model', logOnlyTarget(identity.model, identity.modelDependsOnMeta)]])
  for (const { role, target } of judges) targets.set(role, target)
  if (rewardModel.target) targets.set('rm', rewardModel.target)
  return {
    name: manifest.tags.name ?? identity.modelName,
    endpoints: judges,
    options: {
      folder,
      manifest,
      scoringIdentity: scoring,
      plans,
      settings: {
        sampling: identity.sampling,
        samples: identity.samples,
        protocols: spec.protocols,
        window: Math.max(64, (judges[0]?.concurrency ?? 32) * 8),
        ahead: aheadOf(judges),
        bootstrapSeed: spec.bootstrapSeed,
      },
      targets,
      meter: new RunMeter(),
      stop,
      offline: spec.offline,
      context: { soft: rewardModel.policy, rewardModel: rewardModel.scorer, python: sandbox },
      scoring: isOwn ? null : slug(scoringName ?? scoringNameOf(scoring)),
    },
    close: async () => {
      await Promise.all([sandbox?.close(), rewardModel.close(), ...judges.map((judge) => judge.close())])
    },
  }
}

/** Judge and reward model, whichever decide. */
function scoringNameOf({ judge, rewardModel, soft }: ScoringIdentity): string {
  const model = rewardModel === null ? null : `${soft} ${rewardModel}`
  return (
    [soft === 'rm' && model !== null ? null : judge, model].filter((name) => name !== null).join(' ') || 'without-judge'
  )
}
