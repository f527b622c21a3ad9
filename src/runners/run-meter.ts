import type { CallFailure, CallRole, Usage } from '../core/call.ts'
import { addUsage, type UsageTotals } from './call-log.ts'

/** Running figures of one benchmark, read by progress displays. */
export interface BenchmarkProgress {
  readonly benchmark: string
  /** Responses asked of the model (items x samples). */
  total: number
  /** Responses scored. */
  done: number
  callsMade: number
  callsFromLog: number
  callsFailed: number
  inputTokens: number
  outputTokens: number
  /** USD; 0 for endpoints without a price. */
  cost: number
}

/** Counts what a run does, per benchmark and per role. Cheap enough to be called for every call. */
export class RunMeter {
  readonly #progress = new Map<string, BenchmarkProgress>()
  readonly usage = new Map<CallRole, UsageTotals & { calls: number; cost: number }>()
  readonly failures = new Map<CallFailure['kind'], { count: number; lastMessage: string }>()

  /** All benchmarks in the order in which they were named. */
  get progress(): readonly BenchmarkProgress[] {
    return [...this.#progress.values()]
  }

  of(benchmark: string): BenchmarkProgress {
    let progress = this.#progress.get(benchmark)
    if (!progress) {
      progress = {
        benchmark,
        total: 0,
        done: 0,
        callsMade: 0,
        callsFromLog: 0,
        callsFailed: 0,
        inputTokens: 0,
        outputTokens: 0,
        cost: 0,
      }
      this.#progress.set(benchmark, progress)
    }
    return progress
  }

  fromLog(benchmark: string): void {
    this.of(benchmark).callsFromLog += 1
  }

  replied(benchmark: string, role: CallRole, usage: Usage | null, cost: number): void {
    const progress = this.of(benchmark)
    progress.callsMade += 1
    progress.inputTokens += usage?.inputTokens ?? 0
    progress.outputTokens += usage?.outputTokens ?? 0
    progress.cost += cost
    this.addUsage(role, usage, cost)
  }

  /** Adds tokens and cost of a reply, also of one that an earlier sitting of the run has paid. */
  addUsage(role: CallRole, usage: Usage | null, cost: number): void {
    let totals = this.usage.get(role)
    if (!totals) {
      totals = { inputTokens: 0, outputTokens: 0, unknown: 0, calls: 0, cost: 0 }
      this.usage.set(role, totals)
    }
    totals.calls += 1
    totals.cost += cost
    addUsage(totals, usage)
  }

  failed(benchmark: string, failure: CallFailure): void {
    this.of(benchmark).callsFailed += 1
    const seen = this.failures.get(failure.kind)
    this.failures.set(failure.kind, { count: (seen?.count ?? 0) + 1, lastMessage: failure.message })
  }
}
