import type { Metric } from '../core/metric.ts'
import type { Status } from '../core/status.ts'
import type { Protocol } from '../core/verdict.ts'
import type { ScoringIdentity } from './manifest.ts'
import type { PairCounts } from './pair-tally.ts'
import type { CascadeCounts } from './soft-tally.ts'

/** Figures of one benchmark in `scores.json`. */
export interface BenchmarkScores {
  readonly benchmark: string
  readonly title: string
  readonly suite: 'id' | 'ood'
  readonly edition: string
  /** True for the embedded sample: such figures are never comparable with published ones. */
  readonly isSample: boolean
  /** Marks of every figure: `house-prompt`, `house-assets`, ... Empty when fully official. */
  readonly labels: readonly string[]
  /** Who decided: `rule`, `judge:<endpoint>`, `rm:<model>`, with the number of verdicts of the first protocol. */
  readonly scorers: Readonly<Record<string, number>>
  /** How reward model and judge shared the work, in a cascade. */
  readonly cascade?: CascadeCounts
  /** What a served reward model decided, and how much of it on shortened responses. */
  readonly rewardModelPairs?: PairCounts
  readonly items: number
  readonly samples: number
  /** How the responses ended. */
  readonly responses: Readonly<Partial<Record<Status, number>>>
  /** How the verdicts ended, per protocol. */
  readonly verdicts: Readonly<Partial<Record<Protocol, Readonly<Partial<Record<Status, number>>>>>>
  /** False when a response or a verdict is missing because of a failure. */
  readonly complete: boolean
  readonly metrics: Readonly<Partial<Record<Protocol, readonly Metric[]>>>
  /** Things a person should know, each with how often it happened. */
  readonly warnings: Readonly<Record<string, number>>
}

/** `scores.json`: always recomputable from the call log alone. */
export interface Scores {
  readonly format: 1
  readonly model: string
  readonly modelName: string
  readonly scoring: ScoringIdentity
  readonly scoredAt: string
  readonly benchmarks: readonly BenchmarkScores[]
  readonly usage: Readonly<
    Record<string, { calls: number; inputTokens: number; outputTokens: number; unknown: number; cost: number }>
  >
}

/** Statuses that mean that something which should have been measured was not. */
const failureStatuses: readonly Status[] = [
  'provider-error',
  'judge-error',
  'judge-unparsed',
  'rm-error',
  'check-error',
]

/** True for a status of something that should have been measured and was not. */
export function isFailure(status: Status): boolean {
  return failureStatuses.includes(status)
}

/** Failures that another try may mend. What a judge wrote, or a snippet did, stays as it is. */
const callFailures: readonly Status[] = ['provider-error', 'judge-error', 'rm-error']

/** True for a status of something that another try may mend: running the same command again does. */
export function isCallFailure(status: Status): boolean {
  return callFailures.includes(status)
}

/** How often something failed in one way. */
export interface FailureCount {
  readonly status: Status
  readonly unit: 'responses' | 'verdicts'
  readonly count: number
}

/**
 * Failures by status. A response that failed takes its verdicts with it, so they are counted only where every response
 * is free of that status.
 */
export function failuresOf({ responses, verdicts }: BenchmarkScores): readonly FailureCount[] {
  return failureStatuses.flatMap((status): FailureCount[] => {
    const ofResponses = responses[status] ?? 0
    if (ofResponses > 0) return [{ status, unit: 'responses', count: ofResponses }]
    const count = Math.max(0, ...Object.values(verdicts).map((counts) => counts?.[status] ?? 0))
    return count > 0 ? [{ status, unit: 'verdicts', count }] : []
  })
}

/** True when calls failed: then the same command, run again, can complete the scores. */
export function hasFailedCalls(scores: BenchmarkScores): boolean {
  return failuresOf(scores).some(({ status }) => isCallFailure(status))
}

/** True when none of the counts belongs to a failure. */
export function isComplete(...counts: readonly Readonly<Partial<Record<Status, number>>>[]): boolean {
  return counts.every((count) => failureStatuses.every((status) => !count[status]))
}
