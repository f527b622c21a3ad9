import type { ScoringContext } from '../benchmarks/benchmark.ts'
import type { Status } from '../core/status.ts'
import type { Protocol, Verdict } from '../core/verdict.ts'
import { PairTally } from './pair-tally.ts'
import { SoftTally } from './soft-tally.ts'

/** Counts how the responses and verdicts of one benchmark ended, who decided, and what was warned of. */
export class BenchmarkTally {
  readonly responses = new Map<Status, number>()
  readonly verdicts: ReadonlyMap<Protocol, Map<Status, number>>
  readonly scorers = new Map<string, number>()
  readonly warnings = new Map<string, number>()
  readonly cascade: SoftTally | null
  /** Null without a reward model, and for one that takes texts of any length. */
  readonly pairs: PairTally | null
  readonly #first: Protocol

  constructor(protocols: readonly Protocol[], { soft, rewardModel }: Pick<ScoringContext, 'soft' | 'rewardModel'>) {
    this.cascade = soft === 'cascade' && rewardModel ? new SoftTally(rewardModel.threshold, rewardModel.sure) : null
    this.pairs = soft !== 'judge' && rewardModel && !rewardModel.isReproducible ? new PairTally() : null
    this.verdicts = new Map(protocols.map((protocol) => [protocol, new Map()]))
    this.#first = protocols[0]!
  }

  add(status: Status, verdicts: readonly Verdict[]): void {
    count(this.responses, status)
    for (const verdict of verdicts) {
      count(this.verdicts.get(verdict.protocol)!, verdict.status)
      if (verdict.protocol !== this.#first) continue
      count(this.scorers, verdict.scorer)
      this.cascade?.add(verdict)
      this.pairs?.add(verdict)
    }
  }

  /** True when at least one verdict is the reward model's. */
  get hasRewardModel(): boolean {
    return [...this.scorers.keys()].some((scorer) => scorer.startsWith('rm:'))
  }

  warn(message: string): void {
    count(this.warnings, message)
  }
}

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
