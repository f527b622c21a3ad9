import { sum } from './sum.ts'

/** Pairs whose P(1) falls into one of B equal bins. */
export interface CalibrationBin {
  readonly low: number
  readonly high: number
  readonly n: number
  /** Null for an empty bin. */
  readonly meanProbability: number | null
  /** Share of label 1; null for an empty bin. */
  readonly meanLabel: number | null
}

/** How far probabilities are from what happens. */
export interface Calibration {
  readonly bins: readonly CalibrationBin[]
  /** Expected calibration error: mean gap, weighted with the bins' sizes; null for no pairs. */
  readonly ece: number | null
  /** Maximum calibration error: the largest gap. */
  readonly mce: number | null
}

/**
 * Calibration of P(1) (not of the predicted class) in equal-width bins; p falls into bin min(floor(p·B), B - 1).
 * @param binCount @default 10
 */
export function calibration(labels: ArrayLike<number>, probabilities: ArrayLike<number>, binCount = 10): Calibration {
  const members = Array.from({ length: binCount }, (): number[] => [])
  for (let index = 0; index < labels.length; index += 1) {
    members[Math.min(Math.floor(probabilities[index]! * binCount), binCount - 1)]!.push(index)
  }
  const bins = members.map((bin, position): CalibrationBin => {
    const n = bin.length
    return {
      low: position / binCount,
      high: (position + 1) / binCount,
      n,
      meanProbability: n === 0 ? null : sum(bin.map((index) => probabilities[index]!)) / n,
      meanLabel: n === 0 ? null : sum(bin.map((index) => labels[index]!)) / n,
    }
  })
  if (labels.length === 0) return { bins, ece: null, mce: null }
  const gaps = bins.map(({ meanLabel, meanProbability }) => Math.abs((meanLabel ?? 0) - (meanProbability ?? 0)))
  return { bins, ece: sum(gaps.map((gap, bin) => (gap * bins[bin]!.n) / labels.length)), mce: Math.max(...gaps) }
}
