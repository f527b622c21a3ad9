import { twoSidedNormalP } from './distributions.ts'
import { logBinomial } from './log-factorial.ts'

/** Two checkpoints on the same pass-or-fail items. Only items on which they disagree tell them apart. */
export interface McNemarTest {
  /** min(1, 2·P(X <= min(b, c))) of a fair coin with b + c throws; 1 without disagreements. */
  readonly exactP: number
  /** `exactP` less the probability of what was seen: less conservative than the exact test. */
  readonly midP: number
  /** (b - c)²/(b + c), for information only; null without disagreements. */
  readonly chiSquare: number | null
  readonly chiSquareP: number | null
  /** With continuity correction. */
  readonly correctedChiSquare: number | null
  readonly correctedChiSquareP: number | null
}

/**
 * McNemar's test in its exact, mid-p and chi-square forms. The tail is summed through logarithms of factorials, so it
 * holds for any number of items.
 * @param onlyA items that only the first checkpoint has right
 * @param onlyB items that only the second has right
 */
export function mcNemar(onlyA: number, onlyB: number): McNemarTest {
  const n = onlyA + onlyB
  if (n === 0) {
    return {
      exactP: 1,
      midP: 1,
      chiSquare: null,
      chiSquareP: null,
      correctedChiSquare: null,
      correctedChiSquareP: null,
    }
  }
  const k = Math.min(onlyA, onlyB)
  const { tail, last } = fairCoinTail(n, k)
  const chiSquare = (onlyA - onlyB) ** 2 / n
  const correctedChiSquare = Math.max(Math.abs(onlyA - onlyB) - 1, 0) ** 2 / n
  return {
    exactP: Math.min(1, 2 * tail),
    midP: onlyA === onlyB ? 1 - last : 2 * tail - last,
    chiSquare,
    chiSquareP: twoSidedNormalP(Math.sqrt(chiSquare)),
    correctedChiSquare,
    correctedChiSquareP: twoSidedNormalP(Math.sqrt(correctedChiSquare)),
  }
}

/** P(X <= k) and P(X = k) of n throws. Terms fall from k downwards, so the sum stops when they no longer count. */
function fairCoinTail(n: number, k: number): { tail: number; last: number } {
  const last = Math.exp(logBinomial(n, k) - n * Math.LN2)
  let term = last
  let tail = 0
  for (let count = k; count >= 0 && term > tail * 1e-18; count -= 1) {
    tail += term
    term *= count / (n - count + 1)
  }
  return { tail, last }
}
