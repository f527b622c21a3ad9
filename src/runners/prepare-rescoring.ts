import { loadBenchmark } from '../benchmarks/registry.ts'
import type { CallRole } from '../core/call.ts'
import { DataError } from '../core/errors.ts'
import { canonicalJson } from '../core/hash.ts'
import { Redactor } from '../core/redact.ts'
import { openDataDirectory } from '../data/data-directory.ts'
import { dataLocation } from '../data/data-location.ts'
import { bindEndpoint } from './bind-endpoint.ts'
import { Budget } from './budget.ts'
import type { CallTarget } from './call-target.ts'
import { benchmarkFiles } from './data-source.ts'
import { bindJudges, scoringIdentity, warnAboutJudges } from './judge-roles.ts'
import { logOnlyTarget } from './log-only-target.ts'
import type { BenchmarkPlanHead, Manifest } from './manifest.ts'
import { checkPlan } from './plan.ts'
import type { PreparedRun } from './prepare-run.ts'
import { assertResumable } from './resume-gate.ts'
import type { BenchmarkPlan } from './run-benchmark.ts'
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
  const plans = await planAgain(manifest, spec, warn)
  const isDemo = identity.model.startsWith('demo')
  const redactor = new Redactor()
  const budget = spec.maxCost === null ? null : new Budget(spec.maxCost)
  const stop = new StopSwitch()
  const subject = identity.modelName
  const bind = (role: CallRole, endpoint: EndpointSpec) =>
    bindEndpoint(role, endpoint, { spec, redactor, budget, stop, subject })
  const judges = await bindJudges(spec, plans, isDemo ? { ...spec.model, model: 'demo/judge' } : null, bind)
  warnAboutJudges(spec, plans, judges, identity.model, warn)
  const scoring = scoringIdentity(spec, judges)
  const isOwn = canonicalJson(scoring) === canonicalJson(manifest.scoring)
  const targets = new Map<CallRole, CallTarget>([['model', logOnlyTarget(identity.model, identity.modelDependsOnMeta)]])
  for (const { role, target } of judges) targets.set(role, target)
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
        bootstrapSeed: spec.bootstrapSeed,
      },
      targets,
      meter: new RunMeter(),
      stop,
      offline: spec.offline,
      context: { soft: spec.soft, rewardModel: null, python: null },
      scoring: isOwn ? null : slug(scoringName ?? scoring.judge ?? 'without-judge'),
    },
    close: async () => {
      await Promise.all(judges.map((judge) => judge.close()))
    },
  }
}

async function planAgain(manifest: Manifest, spec: RunSpec, warn: (message: string) => void): Promise<BenchmarkPlan[]> {
  const directory = openDataDirectory(dataLocation({ flag: spec.dataDir ?? undefined }), { warn })
  const plans: BenchmarkPlan[] = []
  for (const head of manifest.identity.benchmarks) {
    const benchmark = await loadBenchmark(head.id)
    const edition = benchmark.editions.find(({ id }) => id === head.edition)
    if (!edition)
      throw new DataError(
        'unknown-edition',
        `The run names edition ${head.edition} of ${head.id}, which this version does not know`,
      )
    const files = benchmarkFiles({ benchmark, edition }, head.isSample, directory)
    const checked = await checkPlan({ benchmark, limit: head.limit, ...files })
    assertResumable('the run folder', pinned(head), pinned(checked.head))
    plans.push(checked.plan)
  }
  return plans
}

function pinned({ id, edition, dataHashes }: BenchmarkPlanHead) {
  return { id, edition, dataHashes }
}
