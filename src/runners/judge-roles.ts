import type { PythonRunner, SoftPolicy } from '../checkers/scoring-context.ts'
import type { CallRole } from '../core/call.ts'
import type { BoundEndpoint } from './bind-endpoint.ts'
import type { ScoringIdentity } from './manifest.ts'
import type { BoundRewardModel } from './reward-model-policy.ts'
import type { BenchmarkPlan } from './run-benchmark.ts'
import type { EndpointSpec, RunSpec } from './run-spec.ts'

/** Binds an endpoint to a role. */
export type Bind = (role: CallRole, endpoint: EndpointSpec) => Promise<BoundEndpoint>

/**
 * Binds judge and extractor where a benchmark asks them. There is no default: a judge is always named, but for a demo
 * checkpoint, whose judge replies are recorded like its responses.
 * @param recorded endpoint with recorded judge replies; null for checkpoints that are not recorded
 */
export async function bindJudges(
  spec: RunSpec,
  plans: readonly BenchmarkPlan[],
  recorded: EndpointSpec | null,
  bind: Bind,
): Promise<BoundEndpoint[]> {
  const roles = new Set(plans.flatMap(({ benchmark }) => benchmark.judges.map(({ role }) => role)))
  const judge = spec.judge ?? recorded
  const extractor = spec.extractor ?? judge
  const bound: BoundEndpoint[] = []
  if (roles.has('judge') && judge) bound.push(await bind('judge', judge))
  if (roles.has('extractor') && extractor) bound.push(await bind('extractor', extractor))
  return bound
}

/** Says what will not be measured without a judge, and what a judge that was named will not do. */
export function warnAboutJudges(
  spec: RunSpec,
  plans: readonly BenchmarkPlan[],
  bound: readonly BoundEndpoint[],
  model: string,
  policy: SoftPolicy,
  warn: (message: string) => void,
): void {
  const judged = plans.map(({ benchmark }) => benchmark).filter(({ judges }) => judges.length > 0)
  if (spec.judge && judged.length === 0) warn('--judge is given, but none of the benchmarks asks a judge')
  const roles = new Set(judged.flatMap(({ judges }) => judges.map(({ role }) => role)))
  if (spec.extractor && !roles.has('extractor'))
    warn('--extractor is given, but none of the benchmarks asks an extractor')
  if (spec.rewardModel?.calibration != null && policy !== 'cascade')
    warn('--calibration is given, but only --soft cascade is calibrated')
  const judge = bound.find(({ role }) => role === 'judge')
  // A file that holds responses and what a judge said about them is both, and no model judges itself.
  if (judge?.target.id === model && !judge.target.dependsOnMeta)
    warn('the judge is the model under test: such scores flatter it')
  if (judge) {
    for (const { id } of policy === 'judge' ? [] : judged.filter(({ needsJudge }) => needsJudge)) {
      warn(
        `${id}: none of its constraints is for a reward model; with --soft ${policy}, too, the judge decides all of them`,
      )
    }
    return
  }
  for (const { id, judges, needsJudge } of judged) {
    const official = judges.map(({ role, official }) => `${role} ${official}`).join(', ')
    if (needsJudge) {
      warn(`${id}: without --judge nothing of it is measured, all of its constraints need one (official: ${official})`)
      continue
    }
    warn(
      policy === 'judge'
        ? `${id} has constraints that only a judge can decide; without --judge they are not measured (official: ${official})`
        : `${id}: without --judge the reward model scores what needs no prompt, marked as such; the rest is not measured (official: ${official})`,
    )
  }
}

const housePrompt = 'house-prompt'

/**
 * Says before money is spent that a judge will be asked in the harness's own words, where upstream's prompts could be
 * installed. The invented items of a sample have no official prompts.
 * @throws DataError for an installed prompt file that is not the pinned one
 */
export async function warnAboutPrompts(
  plans: readonly BenchmarkPlan[],
  bound: readonly BoundEndpoint[],
  warn: (message: string) => void,
): Promise<void> {
  if (!bound.some(({ role }) => role === 'judge')) return
  for (const { benchmark, resources } of plans) {
    if (benchmark.judges.length === 0 || resources.isSample || !benchmark.assets) continue
    const { labels } = await benchmark.prepare(resources)
    if (!labels.includes(housePrompt)) continue
    warn(
      `${benchmark.id}: upstream's judge prompts are not installed; the judge gets our own wording, and every figure says ${housePrompt} (bench data pull ${benchmark.assets.join(' ')})`,
    )
  }
}

/** How the bound endpoints score, for the manifest. */
export function scoringIdentity(
  spec: RunSpec,
  bound: readonly BoundEndpoint[],
  rewardModel: Pick<BoundRewardModel, 'identity' | 'policy'>,
  sandbox: PythonRunner | null,
): ScoringIdentity {
  const idOf = (role: CallRole) => bound.find((endpoint) => endpoint.role === role)?.target.id ?? null
  return {
    judge: idOf('judge'),
    extractor: idOf('extractor'),
    rewardModel: rewardModel.identity,
    soft: rewardModel.policy,
    python: sandbox?.name ?? null,
    protocols: spec.protocols,
  }
}
