import { type CascadeThresholds, chooseCascade } from '../checkers/reward-model/evaluation/cascade-thresholds.ts'
import { readLabelledLines } from '../checkers/reward-model/evaluation/labelled-line.ts'
import {
  isPaidByToken,
  loadRewardModel,
  type OpenRewardModel,
  servedRewardModel,
} from '../checkers/reward-model/index.ts'
import type { RewardModelScorer, SoftPolicy } from '../checkers/scoring-context.ts'
import { UsageError } from '../core/errors.ts'
import type { BoundEndpoint } from './bind-endpoint.ts'
import type { CallTarget } from './call-target.ts'
import { describeRewardModel, type RewardModelIdentity, recordedRewardModel } from './reward-model-identity.ts'
import { rewardModelTarget } from './reward-model-target.ts'
import type { BenchmarkPlan } from './run-benchmark.ts'
import type { RewardModelSpec, RunSpec } from './run-spec.ts'
import type { StopSwitch } from './stop.ts'

/** Who scores the soft constraints of a run. */
export interface BoundRewardModel {
  readonly policy: SoftPolicy
  /** Null when no reward model takes part. */
  readonly scorer: RewardModelScorer | null
  /** Model and thresholds, for the manifest; null without a model. */
  readonly identity: string | null
  /** The model as an endpoint of the run; null where no model takes part or its scores are reproducible anyway. */
  readonly target: CallTarget | null
  close(): Promise<void>
}

export interface BindRewardModelOptions {
  /** Run folder that is scored again or resumed, where it is known; offline, a served model is known from it. */
  readonly folder: string | null
  readonly stop: StopSwitch
  readonly warn: (message: string) => void
}

/** What `--rm` and its companions are when they are not given. */
export const defaultRewardModel: RewardModelSpec = { spec: null, agreement: 0.95, calibration: null }
/** Share of the pairs a cascade is sure about that the judge decides all the same, to measure the agreement. */
export const auditShare = 0.05

/**
 * Decides who scores soft constraints and opens the reward model for it. A judge decides when one is bound, unless
 * `--soft` says otherwise; without one the reward model does, the embedded one unless another is named.
 * @throws UsageError for a combination that cannot work, and whatever opening the model throws
 */
export async function bindRewardModel(
  spec: RunSpec,
  plans: readonly BenchmarkPlan[],
  judges: readonly BoundEndpoint[],
  { folder, stop, warn }: BindRewardModelOptions,
): Promise<BoundRewardModel> {
  const { spec: asked, agreement, calibration } = spec.rewardModel ?? defaultRewardModel
  const hasJudge = judges.some(({ role }) => role === 'judge')
  const policy = spec.soft ?? (spec.judge !== null || (hasJudge && asked === null) ? 'judge' : 'rm')
  const isNeeded = plans.some(({ benchmark }) => benchmark.judges.length > 0)
  if (policy === 'judge' || !isNeeded) {
    if (asked !== null)
      warn(`--rm ${asked} decides nothing: ${isNeeded ? 'the judge does (see --soft)' : 'nothing is soft'}`)
    return { policy, scorer: null, identity: null, target: null, close: async () => {} }
  }
  const name = asked ?? 'embedded'
  if (spec.maxCost !== null && isPaidByToken(name)) {
    throw new UsageError('unpriced-rm', `Expected no --max-cost with --rm ${name}: its calls have no price here`, {
      hint: 'Name the chat model with --judge, whose calls count towards the limit, or leave --max-cost out.',
    })
  }
  const address = spec.offline ? servedRewardModel(name) : null
  if (address !== null) return bound(policy, neverAsked(recordedRewardModel(folder, address, policy)), async () => {})
  const model = await loadRewardModel(name, { dataDir: spec.dataDir ?? undefined, signal: stop.signal, warn })
  const close = () => model.close()
  if (policy === 'rm') return bound(policy, model, close)
  const chosen = await calibrate(model, agreement, calibration)
  warn(describe(chosen, agreement, calibration))
  if (!hasJudge)
    warn('--soft cascade without a judge: constraints that the reward model is not sure of are not measured')
  const sure = { below: chosen.below, above: chosen.above, audit: auditShare }
  const { id, threshold, isReproducible = false } = model
  return bound(policy, { id, threshold, isReproducible, sure, score: (pairs) => model.score(pairs) }, close)
}

function bound(policy: SoftPolicy, scorer: RewardModelScorer, close: () => Promise<void>): BoundRewardModel {
  const target = scorer.isReproducible ? null : rewardModelTarget(scorer)
  return { policy, scorer, identity: describeRewardModel(scorer), target, close }
}

/** A model whose scores all come from the call log. */
function neverAsked(identity: RewardModelIdentity): RewardModelScorer {
  return {
    ...identity,
    score: async (pairs) =>
      pairs.map(({ id }) => ({ id, p: null, truncated: false, error: 'offline: nobody is asked' })),
  }
}

async function calibrate(model: OpenRewardModel, agreement: number, file: string | null): Promise<CascadeThresholds> {
  if (file === null) {
    if (!model.curve) {
      throw new UsageError('no-calibration', `Expected --calibration with ${model.id}: its calibration is not known`, {
        hint: 'A JSONL file of {id, response, constraint, label} with the labels of your judge.',
      })
    }
    return chooseCascade(model.curve.labels, model.curve.p, agreement, model.threshold)
  }
  const lines = await readLabelledLines(file)
  const scores = await model.score(
    lines.map(({ response, constraint }, index) => ({ id: String(index), response, constraint })),
  )
  const byId = new Map(scores.map(({ id, p }) => [id, p]))
  const scored = lines.flatMap(({ label }, index) => {
    const p = byId.get(String(index)) ?? null
    return p === null ? [] : [{ label, p }]
  })
  return chooseCascade(
    scored.map(({ label }) => label),
    scored.map(({ p }) => p),
    agreement,
    model.threshold,
  )
}

function describe(chosen: CascadeThresholds, wanted: number, file: string | null): string {
  const { below, above, n, decided, agreement, low, high } = chosen
  const set = file ?? 'the shipped calibration curve'
  if (agreement === null)
    return `cascade: on ${set} no region reaches an agreement of ${wanted}; the judge decides everything`
  const percent = (share: number | null) => ((share ?? 0) * 100).toFixed(1)
  const ends = [...(below >= 0 ? [`p <= ${below}`] : []), ...(above <= 1 ? [`p >= ${above}`] : [])].join(' and ')
  return (
    `cascade: the reward model decides alone at ${ends}; on ${set} (${n} pairs) that saves ` +
    `${percent(decided / n)} % of the judge's decisions at an agreement of ${percent(agreement)} % [${percent(low)}, ${percent(high)}]`
  )
}
