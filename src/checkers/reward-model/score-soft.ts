import { deriveSeed } from '../../core/random.ts'
import type { Verdict } from '../../core/verdict.ts'
import type { RewardModelScore, RewardModelScorer, ScoringContext } from '../scoring-context.ts'
import { isWellFormed } from './endpoints/well-formed.ts'

/** A constraint that a reward model could score. */
export interface SoftConstraint {
  readonly id: string
  readonly text: string
  readonly needsPrompt: boolean
  readonly type?: string
}

/** The part of a verdict that the reward model fills. */
export type SoftVerdict = Pick<
  Verdict,
  'scorer' | 'value' | 'status' | 'expected' | 'found' | 'reason' | 'detail' | 'calls'
>

/** Who scores what of one response. */
export interface SoftScores {
  /** Verdicts of the reward model by constraint id: 0 or 1, or null with status `rm-error` or `excluded`. */
  readonly verdicts: ReadonlyMap<string, SoftVerdict>
  /** Constraints left to the judge, in the given order. */
  readonly forJudge: readonly string[]
  /** P(satisfied) by constraint id, wherever the reward model gave one: also where the judge decides. */
  readonly probabilities: ReadonlyMap<string, number>
}

/**
 * Splits the soft constraints of one response between reward model and judge. A constraint that needs the prompt always
 * goes to the judge: the model sees response and constraint alone. With `rm` the model decides all others; with
 * `cascade` only those where it was calibrated to be sure, and its failures go to the judge too.
 */
export async function scoreSoft(
  context: Pick<ScoringContext, 'soft' | 'rewardModel'>,
  response: string,
  constraints: readonly SoftConstraint[],
): Promise<SoftScores> {
  const { soft, rewardModel } = context
  const verdicts = new Map<string, SoftVerdict>()
  const probabilities = new Map<string, number>()
  const eligible = soft === 'judge' ? [] : constraints.filter(({ needsPrompt }) => !needsPrompt)
  if (rewardModel === null) {
    if (soft === 'rm') for (const { id } of eligible) verdicts.set(id, notConfigured)
  } else if (eligible.length > 0) {
    const scores = await rewardModel.score(
      eligible.map(({ id, text, type }) => ({ id, response, constraint: text, ...(type ? { type } : {}) })),
    )
    const byId = new Map(scores.map((score) => [score.id, score]))
    // Served models are given U+FFFD in place of lone surrogates, which their tokenizers cannot read.
    const isRepaired = !rewardModel.isReproducible && !isWellFormed(response)
    for (const { id } of eligible) {
      const score = byId.get(id)
      if (score?.p != null) probabilities.set(id, score.p)
      if (soft === 'rm' || (isSure(rewardModel, score) && !isAudited(rewardModel, response, id)))
        verdicts.set(id, toVerdict(rewardModel, score, isRepaired))
    }
  }
  const forJudge = constraints.filter(({ id }) => !verdicts.has(id)).map(({ id }) => id)
  return { verdicts, forJudge, probabilities }
}

const notConfigured: SoftVerdict = {
  scorer: 'rm',
  value: null,
  status: 'excluded',
  reason: 'no reward model configured',
}

function isSure({ sure }: RewardModelScorer, score: RewardModelScore | undefined): boolean {
  const p = score?.p ?? null
  return sure !== undefined && p !== null && (p <= sure.below || p >= sure.above)
}

/** By a hash of what is scored, so that every run over the same responses audits the same pairs. */
function isAudited({ sure }: RewardModelScorer, response: string, id: string): boolean {
  const share = sure?.audit ?? 0
  return share > 0 && deriveSeed('audit', id, response) / 2 ** 32 < share
}

function toVerdict(
  { id, threshold }: RewardModelScorer,
  score: RewardModelScore | undefined,
  isRepaired: boolean,
): SoftVerdict {
  const scorer = `rm:${id}`
  const calls = score?.call === undefined ? {} : { calls: [score.call] }
  if (score?.p == null) {
    return {
      scorer,
      value: null,
      status: 'rm-error',
      reason: score?.error ?? 'the reward model gave no score',
      ...calls,
    }
  }
  const { p, pred, truncated } = score
  const byThreshold = Number(p >= threshold)
  const value = threshold === 0.5 && pred !== undefined ? pred : byThreshold
  const remarks = [
    ...(value === byThreshold ? [] : ["rounded; the model's own verdict decides"]),
    ...(truncated ? ['of a shortened response'] : []),
    ...(isRepaired ? ['lone surrogates read as U+FFFD'] : []),
  ]
  return {
    scorer,
    value,
    status: 'ok',
    expected: `P(satisfied) >= ${threshold}`,
    found: `P(satisfied) = ${p}${remarks.length === 0 ? '' : ` (${remarks.join('; ')})`}`,
    detail: { p, ...(truncated ? { truncated } : {}), ...(isRepaired ? { repaired: true } : {}) },
    ...calls,
  }
}
