import { sum } from './sum.ts'

/** Probabilities nearer to 0 or 1 than this are cut before their logarithm or logit is taken. */
export const probabilityMargin = 1e-7

/** Mean squared distance of P(1) from the label; null for no pairs. */
export function brierScore(labels: ArrayLike<number>, probabilities: ArrayLike<number>): number | null {
  return meanLoss(labels, probabilities, (label, p) => (p - label) ** 2)
}

/** -mean(y ln p + (1 - y) ln(1 - p)) with p cut to [1e-7, 1 - 1e-7]; null for no pairs. */
export function logLoss(labels: ArrayLike<number>, probabilities: ArrayLike<number>): number | null {
  return meanLoss(labels, probabilities, (label, p) => {
    const cut = cutProbability(p)
    return -(label * Math.log(cut) + (1 - label) * Math.log(1 - cut))
  })
}

/** The probability, kept {@link probabilityMargin} away from 0 and 1. */
export function cutProbability(probability: number): number {
  return Math.min(Math.max(probability, probabilityMargin), 1 - probabilityMargin)
}

function meanLoss(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  loss: (label: number, probability: number) => number,
): number | null {
  if (labels.length === 0) return null
  return sum(Float64Array.from(labels, (label, index) => loss(label, probabilities[index]!))) / labels.length
}
