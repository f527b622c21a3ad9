import type { Verdict } from '../core/verdict.ts'

/** What became of the pairs that a served reward model decided: counts of verdicts of one protocol. */
export interface PairCounts {
  readonly pairs: number
  /** Scored on a shortened response. */
  readonly shortened: number
  /** Left without a score because response and constraint did not fit the model. */
  readonly overlong: number
}

/** Counts what a reward model with a limited length decided, verdict by verdict. */
export class PairTally {
  #counts: PairCounts = { pairs: 0, shortened: 0, overlong: 0 }

  add({ scorer, status, detail, reason }: Verdict): void {
    if (!scorer.startsWith('rm:')) return
    const { pairs, shortened, overlong } = this.#counts
    const isOverlong = status === 'rm-error' && reason?.startsWith('rm_overlong') === true
    this.#counts = {
      pairs: pairs + 1,
      shortened: shortened + Number(status === 'ok' && detail?.truncated === true),
      overlong: overlong + Number(isOverlong),
    }
  }

  get counts(): PairCounts {
    return this.#counts
  }
}
