import type { Status } from './status.ts'

/** One response of the model under test, as scorers see it. */
export interface ModelResponse {
  /** Index of the response, 0-based. */
  readonly sample: number
  readonly status: Status
  /** The answer without reasoning; null when there is none (see {@link Status}). */
  readonly text: string | null
  readonly reasoning: string | null
  readonly finishReason: string | null
}
