import type { RewardTerm } from '../composite-reward.ts'

/** Why an item has no reward. */
export interface RewardFailure {
  readonly code: string
  readonly message: string
  /** True where the fault is not the caller's, and another try may succeed. */
  readonly isInfrastructure: boolean
}

/** What came of one item: a reward, or a reason. Never a reward that stands for a failure. */
export type ItemOutcome =
  | {
      readonly kind: 'reward'
      readonly reward: number
      /** The same from 0 to 1. */
      readonly fraction: number
      /** False where the response has no answer: then the reward is 0. */
      readonly passedGate: boolean
      readonly terms: readonly RewardTerm[]
    }
  | { readonly kind: 'failure'; readonly failure: RewardFailure }

/** A reward model gave no score. */
export class RewardModelFailure extends Error {
  readonly isOverlong: boolean
  constructor(reason: string) {
    super(reason)
    this.name = 'RewardModelFailure'
    this.isOverlong = reason.startsWith('rm_overlong')
  }
}
