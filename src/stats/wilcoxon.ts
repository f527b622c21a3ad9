import { twoSidedNormalP } from './distributions.ts'
import { midRanks } from './ranks.ts'

/** Wilcoxon's signed-rank test of graded paired differences. */
export interface WilcoxonTest {
  /** Differences that are not 0. */
  readonly n: number
  /** Sums of the mid-ranks of positive and of negative differences. */
  readonly plus: number
  readonly minus: number
  /** Over all sign assignments of the observed mid-ranks; null above {@link exactLimit} differences. */
  readonly exactP: number | null
  /** Without continuity correction, with the correction of the variance for ties; null for n = 0. */
  readonly z: number | null
  readonly normalP: number
  /** With continuity correction. */
  readonly correctedNormalP: number
  /** `exactP` for at most 25 differences, else `normalP`. */
  readonly p: number
}

/** Up to this many differences the exact distribution is worked out (for more it costs and tells nothing). */
export const exactLimit = 100
const exactChoice = 25

/** Zeros are dropped. No difference at all gives p = 1. */
export function wilcoxonSignedRank(differences: ArrayLike<number>): WilcoxonTest {
  const kept = Array.from(differences).filter((difference) => difference !== 0)
  const n = kept.length
  if (n === 0) return { n, plus: 0, minus: 0, exactP: 1, z: null, normalP: 1, correctedNormalP: 1, p: 1 }
  const { ranks, groups } = midRanks(kept.map(Math.abs))
  let plus = 0
  let minus = 0
  kept.forEach((difference, index) => {
    if (difference > 0) plus += ranks[index]!
    else minus += ranks[index]!
  })
  const ties = groups.reduce((total, size) => total + (size ** 3 - size), 0)
  const deviation = Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24 - ties / 48)
  const distance = plus - (n * (n + 1)) / 4
  const normalP = twoSidedNormalP(distance / deviation)
  const exactP = n <= exactLimit ? exactTail(ranks, Math.min(plus, minus)) : null
  return {
    n,
    plus,
    minus,
    exactP,
    z: distance / deviation,
    normalP,
    correctedNormalP: twoSidedNormalP(Math.max(Math.abs(distance) - 0.5, 0) / deviation),
    p: n <= exactChoice ? exactP! : normalP,
  }
}

/** min(1, 2·P(W <= w)) with every sign equally likely. Doubled mid-ranks are integers, so sums can be counted. */
function exactTail(ranks: Float64Array, w: number): number {
  const doubled = Array.from(ranks, (rank) => Math.round(rank * 2))
  const total = doubled.reduce((all, rank) => all + rank, 0)
  const share = new Float64Array(total + 1)
  share[0] = 1
  let reached = 0
  for (const rank of doubled) {
    reached += rank
    for (let value = reached; value >= 0; value -= 1) {
      share[value] = (share[value]! + (value >= rank ? share[value - rank]! : 0)) / 2
    }
  }
  let tail = 0
  for (let value = 0; value <= Math.round(w * 2); value += 1) tail += share[value]!
  return Math.min(1, 2 * tail)
}
