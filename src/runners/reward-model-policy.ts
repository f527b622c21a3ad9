import { type CascadeThresholds, chooseCascade } from '../checkers/reward-model/evaluation/cascade-thresholds.ts'
import { readLabelledLines } from '../checkers/reward-model/evaluation/labelled-line.ts'
import { loadRewardModel, type OpenRewardModel } from '../checkers/reward-model/index.ts'
import type { RewardModelScorer, SoftPolicy } from '../checkers/scoring-context.ts'
import { UsageError } from '../core/errors.ts'
import type { BoundEndpoint } from './bind-endpoint.ts'
import type { BenchmarkPlan } from './run-benchmark.ts'
import type { RewardModelSpec, RunSpec } from './run-spec.ts'

/** Who scores the soft constraints of a run. */
export interface BoundRewardModel {
  readonly policy: SoftPolicy
  /** Null when no reward model takes part. */
  readonly scorer: RewardModelScorer | null
  /** Model and thresholds, for the manifest; null without a model. */
  readonly identity: string | null
  close(): Promise<void>
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
  warn: (message: string) => void,
): Promise<BoundRewardModel> {
  const { spec: asked, agreement, calibration } = spec.rewardModel ?? defaultRewardModel
  const hasJudge = judges.some(({ role }) => role === 'judge')
  const policy = spec.soft ?? (spec.judge !== null || (hasJudge && asked === null) ? 'judge' : 'rm')
  const isNeeded = plans.some(({ benchmark }) => benchmark.judges.length > 0)
  if (policy === 'judge' || !isNeeded) {
    if (asked !== null)
      warn(`--rm ${asked} decides nothing: ${isNeeded ? 'the judge does (see --soft)' : 'nothing is soft'}`)
    return { policy, scorer: null, identity: null, close: async () => {} }
  }
  const name = asked ?? 'embedded'
  if (spec.offline && name.includes('://')) {
    throw new UsageError('offline-rm', `Expected a reward model in process with --offline, got ${name}`, {
      hint: 'The embedded model works offline: --rm embedded',
    })
  }
  const model = await loadRewardModel(name, { dataDir: spec.dataDir ?? undefined, warn })
  if (policy === 'rm') {
    return { policy, scorer: model, identity: `${model.id}, p >= ${model.threshold}`, close: () => model.close() }
  }
  const chosen = await calibrate(model, agreement, calibration)
  warn(describe(chosen, agreement, calibration))
  if (!hasJudge)
    warn('--soft cascade without a judge: constraints that the reward model is not sure of are not measured')
  const sure = { below: chosen.below, above: chosen.above, audit: auditShare }
  return {
    policy,
    scorer: { id: model.id, threshold: model.threshold, sure, score: (pairs) => model.score(pairs) },
    identity: `${model.id}, alone at p <= ${chosen.below} and p >= ${chosen.above}, audit ${auditShare}`,
    close: () => model.close(),
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
