import { round2 } from '../../text/numpy-round.ts'
import { pairwiseMean } from '../../text/pairwise-sum.ts'
import type { ItemMetrics } from './item-metrics.ts'

/** Figures of one item in the score sheet. */
export interface ScoredItem extends ItemMetrics {
  readonly split: string
}

/** Splits with columns of their own; items of any other split count in the full set only. */
export const splits = ['easy', 'hard'] as const

/** Figures per item and sheet column. */
export const satisfactions = ['csr', 'isr', 'psr'] as const
export type Satisfaction = (typeof satisfactions)[number]

/**
 * Mean of already rounded item values, rounded again, as upstream prints it: NumPy's pairwise sum, ties to even.
 * @returns NaN for no values
 */
export function officialMean(values: ArrayLike<number>): number {
  return round2(pairwiseMean(values))
}

/** The nine figures of upstream's score sheet by column (`CSR_easy`, ..., `PSR`); NaN for an empty group. */
export function officialScores(items: readonly ScoredItem[]): Map<string, number> {
  const scores = new Map<string, number>()
  for (const split of [...splits, null]) {
    const group = split === null ? items : items.filter((item) => item.split === split)
    for (const id of satisfactions) {
      const column = id.toUpperCase()
      scores.set(split === null ? column : `${column}_${split}`, officialMean(group.map((item) => item[id])))
    }
  }
  return scores
}
