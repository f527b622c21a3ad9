import { wilson } from '../../../stats/wilson.ts'

/** Where a reward model may decide alone, and what that was worth on the pairs it was chosen on. */
export interface CascadeThresholds {
  /** Decides "not satisfied" at p <= `below`; -1 when it never does. */
  readonly below: number
  /** Decides "satisfied" at p >= `above`; 2 when it never does. */
  readonly above: number
  /** Pairs of the calibration set. */
  readonly n: number
  /** Pairs that the model would decide alone: judge decisions saved. */
  readonly decided: number
  /** Share of those in which model and judge agree; null where it decides nothing. */
  readonly agreement: number | null
  /** Wilson's 95 % interval of the agreement. */
  readonly low: number | null
  readonly high: number | null
}

/** A side with fewer pairs than this is left to the judge: nothing can be said about it. */
export const fewestPairs = 20

/**
 * Widest regions at both ends in which the model agreed with the judge in at least the stated share of pairs. Each end
 * is chosen on its own, so that neither hides behind the other, and pairs of one score stay together.
 * @param agreement 0.5 to 1
 */
export function chooseCascade(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  agreement: number,
  threshold = 0.5,
): CascadeThresholds {
  const above = widest(labels, probabilities, 1, agreement, threshold) ?? 2
  const below = widest(labels, probabilities, 0, agreement, threshold) ?? -1
  let decided = 0
  let agreed = 0
  for (let index = 0; index < labels.length; index += 1) {
    const p = probabilities[index]!
    if (p < above && p > below) continue
    decided += 1
    if ((p >= above ? 1 : 0) === labels[index]) agreed += 1
  }
  const { share, low, high } = wilson(agreed, decided)
  return { below, above, n: labels.length, decided, agreement: share, low, high }
}

/** The probability that is furthest from its end of the scale with enough agreement between it and the end. */
function widest(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  verdict: 0 | 1,
  agreement: number,
  threshold: number,
): number | null {
  const order = Array.from(probabilities, (_p, index) => index)
    .filter((index) => probabilities[index]! >= threshold === (verdict === 1))
    .sort((one, other) =>
      verdict === 1 ? probabilities[other]! - probabilities[one]! : probabilities[one]! - probabilities[other]!,
    )
  let agreed = 0
  let best: number | null = null
  order.forEach((index, position) => {
    if (labels[index] === verdict) agreed += 1
    const next = order[position + 1]
    const isTied = next !== undefined && probabilities[next] === probabilities[index]
    const count = position + 1
    if (!isTied && count >= fewestPairs && agreed / count >= agreement) best = probabilities[index]!
  })
  return best
}
