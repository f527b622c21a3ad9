import { type OperatingPoint, operatingPoints } from './ranking-quality.ts'

/** A threshold (predict 1 for p >= threshold) and what it is worth on the split it was chosen on. */
export interface ThresholdChoice {
  readonly threshold: number
  readonly value: number
}

/** What a threshold is chosen for: `f1` of the positive class, or `youden` = recall + specificity - 1. */
export type ThresholdAim = 'f1' | 'youden'

/**
 * Best of the distinct scores as threshold; of equally good ones the largest. Choose on a calibration split only. Null
 * where a class is empty (for `f1`: no positive label).
 */
export function chooseThreshold(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  aim: ThresholdAim,
): ThresholdChoice | null {
  const points = operatingPoints(labels, scores)
  const { truePositives: positives = 0, falsePositives: negatives = 0 } = points.at(-1) ?? {}
  if (positives === 0 || (aim === 'youden' && negatives === 0)) return null
  let best: ThresholdChoice | null = null
  for (const point of points) {
    const value = worth(point, positives, negatives, aim)
    if (best === null || value > best.value) best = { threshold: point.threshold, value }
  }
  return best
}

function worth(point: OperatingPoint, positives: number, negatives: number, aim: ThresholdAim): number {
  const { truePositives, falsePositives } = point
  switch (aim) {
    case 'f1':
      return (2 * truePositives) / (truePositives + falsePositives + positives)
    case 'youden':
      return truePositives / positives - falsePositives / negatives
    default: {
      const never: never = aim
      throw new RangeError(`Unknown aim: ${String(never)}`)
    }
  }
}
