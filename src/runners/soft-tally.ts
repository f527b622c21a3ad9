import type { Verdict } from '../core/verdict.ts'

/** How a cascade went: counts of verdicts of one protocol. */
export interface CascadeCounts {
  /** Decided by the reward model alone: judge decisions saved. */
  readonly byModel: number
  /** Decided by the judge where the reward model had an opinion, too. */
  readonly byBoth: number
  /** Of those, how many agree. Where the judge is asked because the model is unsure, agreement is low by design. */
  readonly agreeing: number
  /** Decided by both although the model was sure: the audit sample. */
  readonly audited: number
  readonly auditedAgreeing: number
}

/** Counts what reward model and judge decided, verdict by verdict. */
export class SoftTally {
  readonly #threshold: number
  readonly #sure: { readonly below: number; readonly above: number } | null
  #counts: CascadeCounts = { byModel: 0, byBoth: 0, agreeing: 0, audited: 0, auditedAgreeing: 0 }

  /** @param threshold the model's opinion is "satisfied" from this probability on */
  constructor(threshold: number, sure: { readonly below: number; readonly above: number } | undefined) {
    this.#threshold = threshold
    this.#sure = sure ?? null
  }

  add({ scorer, value, status, detail }: Verdict): void {
    if (status !== 'ok') return
    if (scorer.startsWith('rm:')) {
      this.#counts = { ...this.#counts, byModel: this.#counts.byModel + 1 }
      return
    }
    const p = detail?.p ?? detail?.rewardModelProbability
    if (typeof p !== 'number' || (value !== 0 && value !== 1)) return
    const agrees = Number((p >= this.#threshold ? 1 : 0) === value)
    const isSure = this.#sure !== null && (p <= this.#sure.below || p >= this.#sure.above) ? 1 : 0
    const { byModel, byBoth, agreeing, audited, auditedAgreeing } = this.#counts
    this.#counts = {
      byModel,
      byBoth: byBoth + 1,
      agreeing: agreeing + agrees,
      audited: audited + isSure,
      auditedAgreeing: auditedAgreeing + isSure * agrees,
    }
  }

  get counts(): CascadeCounts {
    return this.#counts
  }
}
