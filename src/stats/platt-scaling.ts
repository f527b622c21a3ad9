import { sigmoid } from './logistic.ts'

/** p = sigmoid(slope·score + offset). */
export interface PlattScaling {
  readonly slope: number
  readonly offset: number
}

/**
 * Logistic regression of the label on one score by Newton's method with backtracking. Labels are smoothed to
 * (P + 1)/(P + 2) and 1/(N + 2), which keeps the fit finite on separable data. Source: Platt 1999; Lin, Lin, Weng 2007,
 * "A note on Platt's probabilistic outputs for support vector machines".
 * @returns null for no pairs
 */
export function fitPlatt(labels: ArrayLike<number>, scores: ArrayLike<number>): PlattScaling | null {
  const n = labels.length
  if (n === 0) return null
  let positives = 0
  for (let index = 0; index < n; index += 1) if (labels[index] === 1) positives += 1
  const targetOne = (positives + 1) / (positives + 2)
  const targetZero = 1 / (n - positives + 2)
  const target = (index: number) => (labels[index] === 1 ? targetOne : targetZero)
  const loss = (slope: number, offset: number) => {
    let total = 0
    for (let index = 0; index < n; index += 1) {
      const x = slope * scores[index]! + offset
      // ln(1 + e^x) - t·x, without overflow.
      total += Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))) - target(index) * x
    }
    return total
  }
  let slope = 0
  let offset = Math.log((positives + 1) / (n - positives + 1))
  let current = loss(slope, offset)
  for (let step = 0; step < 100; step += 1) {
    let gradientSlope = 0
    let gradientOffset = 0
    // A tiny ridge keeps the curvature invertible where all scores are equal.
    let curvatureSlope = 1e-12
    let curvatureOffset = 1e-12
    let curvatureMixed = 0
    for (let index = 0; index < n; index += 1) {
      const score = scores[index]!
      const p = sigmoid(slope * score + offset)
      const weight = p * (1 - p)
      gradientSlope += (p - target(index)) * score
      gradientOffset += p - target(index)
      curvatureSlope += weight * score * score
      curvatureOffset += weight
      curvatureMixed += weight * score
    }
    if (Math.abs(gradientSlope) < 1e-10 && Math.abs(gradientOffset) < 1e-10) break
    const determinant = curvatureSlope * curvatureOffset - curvatureMixed * curvatureMixed
    const stepSlope = (gradientOffset * curvatureMixed - gradientSlope * curvatureOffset) / determinant
    const stepOffset = (gradientSlope * curvatureMixed - gradientOffset * curvatureSlope) / determinant
    let size = 1
    let next = loss(slope + stepSlope, offset + stepOffset)
    while (!(next < current) && size > 1e-10) {
      size /= 2
      next = loss(slope + size * stepSlope, offset + size * stepOffset)
    }
    if (!(next < current)) break
    slope += size * stepSlope
    offset += size * stepOffset
    current = next
  }
  return { slope, offset }
}

/** P(1) of a score. */
export function applyPlatt({ slope, offset }: PlattScaling, score: number): number {
  return sigmoid(slope * score + offset)
}
