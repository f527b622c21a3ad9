import type { RewardModelScore } from '../../scoring-context.ts'
import type { RewardModelStats } from './endpoint-options.ts'
import type { ItemScore } from './two-class.ts'

/** A pair's score as benchmarks see it. */
export function scoreOf(id: string, outcome: ItemScore, truncated: boolean): RewardModelScore {
  if ('error' in outcome) return { id, p: null, truncated, error: outcome.error }
  const { p, pred } = outcome
  return { id, p, truncated, ...(pred === undefined ? {} : { pred }) }
}

/** Running counts of an endpoint. */
export class StatsCounter {
  requests = 0
  retries = 0
  #asked = 0
  #scored = 0
  #truncated = 0
  #overlong = 0
  #repaired = 0

  /** @param isRepaired the response held lone surrogates */
  count({ p, truncated, error }: RewardModelScore, isRepaired: boolean): void {
    if (isRepaired) this.#repaired += 1
    this.#asked += 1
    if (p !== null) this.#scored += 1
    if (p !== null && truncated) this.#truncated += 1
    if (error?.startsWith('rm_overlong')) this.#overlong += 1
  }

  get stats(): RewardModelStats {
    return {
      asked: this.#asked,
      scored: this.#scored,
      failed: this.#asked - this.#scored,
      truncated: this.#truncated,
      overlong: this.#overlong,
      repaired: this.#repaired,
      requests: this.requests,
      retries: this.retries,
    }
  }
}
