import type { RewardModelPair, RewardModelScore, RewardModelScorer } from '../checkers/scoring-context.ts'
import type { CallRequest, Reply } from '../core/call.ts'
import { rewardModelRequest } from './reward-model-target.ts'

/**
 * The reward model as the scorers of one response see it: every score comes through the run's one door to calls. A model
 * that is reproducible anyway is given back as it is.
 */
export function throughTheDoor(
  model: RewardModelScorer | null,
  call: (request: CallRequest) => Promise<Reply>,
  item: string,
): RewardModelScorer | null {
  if (model === null || model.isReproducible) return model
  const scoreOne = async ({ id, response, constraint }: RewardModelPair): Promise<RewardModelScore> => {
    const reply = await call(rewardModelRequest(response, constraint, { item, constraint: id }))
    return toScore(id, reply)
  }
  const { id, threshold, sure } = model
  return { id, threshold, ...(sure ? { sure } : {}), score: (pairs) => Promise.all(pairs.map(scoreOne)) }
}

function toScore(id: string, { key, text, failure }: Reply): RewardModelScore {
  if (text === null) {
    return { id, p: null, truncated: false, error: failure?.message ?? 'the reward model gave no score', call: key }
  }
  const { p, pred, truncated } = JSON.parse(text) as Pick<RewardModelScore, 'p' | 'pred' | 'truncated'>
  return { id, p, ...(pred === undefined ? {} : { pred }), truncated, call: key }
}
