import type { Status } from '../../core/status.ts'

/** Why a constraint has no verdict, with the status that a verdict gets for it. */
export const nullReasons = {
  condition_not_met: 'excluded',
  judge_unparsed: 'judge-unparsed',
  judge_failed: 'judge-error',
  code_error: 'check-error',
  code_returned_null: 'check-error',
  aborted: 'check-error',
  no_judge: 'excluded',
} as const satisfies Readonly<Record<string, Status>>

export type NullReason = keyof typeof nullReasons

/** How a constraint came out. */
export interface Outcome {
  /** As upstream stores it: true, false, null, or whatever a snippet returned. */
  readonly score: unknown
  /** Python's truth value of the score. */
  readonly truthy: boolean
  /** False when upstream never sets the score: the item was aborted before. */
  readonly hasScore: boolean
  /** The text that the verdict was read from. */
  readonly llmOutput?: string
  readonly why?: NullReason
  /** Why there is no verdict, for people. */
  readonly reason?: string
  readonly expected: string
  readonly found?: string
  readonly calls: readonly string[]
  readonly scorer: string
}
