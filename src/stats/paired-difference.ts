import { criticalValue, defaultLevel, twoSidedNormalP } from './distributions.ts'
import { meanEstimate, sampleVariance } from './standard-error.ts'
import { sum } from './sum.ts'

/** Mean difference a - b over the same independent items. */
export interface PairedDifference {
  readonly n: number
  readonly difference: number | null
  /** sd(a - b)/√n. */
  readonly standardError: number | null
  /** sqrt(SE_a² + SE_b²): what the error would be without pairing. */
  readonly unpairedStandardError: number | null
  /** Pearson correlation of a and b; null where one of them does not vary. */
  readonly correlation: number | null
  readonly z: number | null
  /** Two-sided. Where all differences are equal: 1 if they are 0, else null, because nothing was measured of the noise. */
  readonly p: number | null
  readonly interval: readonly [low: number, high: number] | null
}

/**
 * Paired z test of independent items; with clusters take the clustered error of the differences or the paired bootstrap.
 * @throws RangeError when the lists differ in length
 */
export function pairedDifference(a: ArrayLike<number>, b: ArrayLike<number>, level = defaultLevel): PairedDifference {
  if (a.length !== b.length)
    throw new RangeError(`Expected as many scores on both sides, got ${a.length} and ${b.length}`)
  const differences = Float64Array.from(a, (score, index) => score - b[index]!)
  const { n, mean: difference, standardError: rawError } = meanEstimate(differences)
  const errorA = meanEstimate(a).standardError
  const errorB = meanEstimate(b).standardError
  const standardError = rawError !== null && isRoundingNoise(differences) ? 0 : rawError
  const z = standardError ? difference! / standardError : null
  const half = standardError === null ? null : criticalValue(level) * standardError
  return {
    n,
    difference,
    standardError,
    unpairedStandardError: errorA === null || errorB === null ? null : Math.hypot(errorA, errorB),
    correlation: correlation(a, b),
    z,
    p: z !== null ? twoSidedNormalP(z) : standardError === 0 && difference === 0 ? 1 : null,
    interval: half === null ? null : [difference! - half, difference! + half],
  }
}

/** Equal differences of decimal scores (0.3 - 0.2, 0.4 - 0.3) differ in the last binary digits. */
function isRoundingNoise(differences: Float64Array): boolean {
  let least = Number.POSITIVE_INFINITY
  let greatest = Number.NEGATIVE_INFINITY
  for (const difference of differences) {
    least = Math.min(least, difference)
    greatest = Math.max(greatest, difference)
  }
  return greatest - least <= 1e-12 * Math.max(Math.abs(least), Math.abs(greatest))
}

/** Pearson's correlation; null for fewer than two pairs or where one side does not vary. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number | null {
  const varianceA = sampleVariance(a)
  const varianceB = sampleVariance(b)
  if (!varianceA || !varianceB) return null
  const meanA = sum(a) / a.length
  const meanB = sum(b) / b.length
  const products = Float64Array.from(a, (score, index) => (score - meanA) * (b[index]! - meanB))
  return sum(products) / (a.length - 1) / Math.sqrt(varianceA * varianceB)
}
