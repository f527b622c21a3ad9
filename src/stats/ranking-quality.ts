import { midRanks } from './ranks.ts'

/**
 * Area under the ROC curve: share of (positive, negative) pairs in which the positive has the higher score, ties half.
 * Null where a class is empty.
 */
export function auroc(labels: ArrayLike<number>, scores: ArrayLike<number>): number | null {
  const { ranks } = midRanks(scores)
  let positives = 0
  let rankSum = 0
  for (let index = 0; index < labels.length; index += 1) {
    if (labels[index] !== 1) continue
    positives += 1
    rankSum += ranks[index]!
  }
  const negatives = labels.length - positives
  if (positives === 0 || negatives === 0) return null
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives)
}

/** What predicting 1 from `threshold` on would give. */
export interface OperatingPoint {
  readonly threshold: number
  readonly truePositives: number
  readonly falsePositives: number
}

/** One point for each distinct score, descending; tied scores enter together. */
export function operatingPoints(labels: ArrayLike<number>, scores: ArrayLike<number>): OperatingPoint[] {
  const order = Array.from(scores, (_score, index) => index).sort((one, other) => scores[other]! - scores[one]!)
  const points: OperatingPoint[] = []
  let truePositives = 0
  let falsePositives = 0
  order.forEach((index, position) => {
    if (labels[index] === 1) truePositives += 1
    else falsePositives += 1
    const next = order[position + 1]
    if (next !== undefined && scores[next] === scores[index]) return
    points.push({ threshold: scores[index]!, truePositives, falsePositives })
  })
  return points
}

/** Σ (R_k - R_{k-1})·P_k over {@link operatingPoints}; null without a positive label. */
export function averagePrecision(labels: ArrayLike<number>, scores: ArrayLike<number>): number | null {
  const points = operatingPoints(labels, scores)
  const positives = points.at(-1)?.truePositives ?? 0
  if (positives === 0) return null
  let average = 0
  let found = 0
  for (const { truePositives, falsePositives } of points) {
    average += ((truePositives - found) / positives) * (truePositives / (truePositives + falsePositives))
    found = truePositives
  }
  return average
}
