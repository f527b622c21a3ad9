import type { CallFailure, Usage } from '../../core/call.ts'

/** Counters of a queue, for progress displays. */
export interface QueueStats {
  /** Requests under way. */
  readonly inFlight: number
  /** Calls taken in and neither answered nor under way: in line, or between two tries. */
  readonly waiting: number
  /** Calls answered. */
  readonly done: number
  /** Calls given up. */
  readonly failed: number
  /** Tries beyond the first of each call. */
  readonly retries: number
  /** Requests that may be under way now. */
  readonly concurrency: number
  /** Requests that may be under way at best. */
  readonly limit: number
  readonly inputTokens: number
  readonly outputTokens: number
  /** Failed tries by kind. */
  readonly failures: Readonly<Partial<Record<CallFailure['kind'], number>>>
}

/** The counters that only ever rise. */
export class QueueCounters {
  inFlight = 0
  done = 0
  failed = 0
  retries = 0
  inputTokens = 0
  outputTokens = 0
  readonly failures: Partial<Record<CallFailure['kind'], number>> = {}

  addUsage(usage: Usage | null): void {
    this.inputTokens += usage?.inputTokens ?? 0
    this.outputTokens += usage?.outputTokens ?? 0
  }

  addFailure(kind: CallFailure['kind']): void {
    this.failures[kind] = (this.failures[kind] ?? 0) + 1
  }
}
