import { criticalValue, defaultLevel } from './distributions.ts'
import { sum } from './sum.ts'

/** Mean of independent scores and how far it can be trusted. */
export interface MeanEstimate {
  readonly n: number
  /** Null for no scores. */
  readonly mean: number | null
  /** Standard deviation with n - 1; null for fewer than two scores. */
  readonly deviation: number | null
  /** deviation / √n; null, not 0, for fewer than two scores. */
  readonly standardError: number | null
  /** mean ± z·SE. */
  readonly interval: readonly [low: number, high: number] | null
}

/** Mean, standard deviation (n - 1), standard error and normal interval of independent scores. */
export function meanEstimate(scores: ArrayLike<number>, level = defaultLevel): MeanEstimate {
  const n = scores.length
  if (n === 0) return { n, mean: null, deviation: null, standardError: null, interval: null }
  const mean = sum(scores) / n
  const variance = sampleVariance(scores)
  if (variance === null) return { n, mean, deviation: null, standardError: null, interval: null }
  const deviation = Math.sqrt(variance)
  const standardError = deviation / Math.sqrt(n)
  const half = criticalValue(level) * standardError
  return { n, mean, deviation, standardError, interval: [mean - half, mean + half] }
}

/** Σ (s - mean)² / (n - 1); null for fewer than two numbers, exactly 0 for equal ones. */
export function sampleVariance(values: ArrayLike<number>): number | null {
  const n = values.length
  if (n < 2) return null
  const first = values[0]!
  // Taken from the first number, so that equal numbers give 0 whatever their mean rounds to.
  const shifted = Float64Array.from(values, (value) => value - first)
  const mean = sum(shifted) / n
  return sum(shifted.map((value) => (value - mean) ** 2)) / (n - 1)
}
