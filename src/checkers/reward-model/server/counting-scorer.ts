import type { RewardMetrics } from './metrics.ts'
import type { RewardScorer } from './reward-scorer.ts'

/** The scorer with its outcomes counted. */
export function countingScorer(scorer: RewardScorer, metrics: RewardMetrics): RewardScorer {
  return {
    rewardModel: scorer.rewardModel,
    async probability(response, constraint) {
      try {
        const score = await scorer.probability(response, constraint)
        metrics.addItems(1, 0)
        return score
      } catch (error) {
        metrics.addItems(1, 1)
        throw error
      }
    },
    async score(items, form) {
      const outcomes = await scorer.score(items, form)
      metrics.addItems(outcomes.length, outcomes.filter(({ kind }) => kind === 'failure').length)
      return outcomes
    },
  }
}
