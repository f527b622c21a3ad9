import type { RewardReply, RewardRequest } from '../http-message.ts'
import type { RewardForm } from '../reward-form.ts'
import type { RewardScorer } from '../reward-scorer.ts'

/** What handlers work with. */
export interface RouteContext {
  readonly scorer: RewardScorer
  readonly form: RewardForm
  /** Most items in one request. */
  readonly maxItems: number
}

/** One route of the reward server. */
export interface Route {
  readonly method: 'GET' | 'POST'
  readonly path: string
  /** Answered without a token. */
  readonly isPublic?: boolean
  /** @throws RequestRefused */
  handle(request: RewardRequest, context: RouteContext): Promise<RewardReply>
}
