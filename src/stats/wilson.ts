import { criticalValue, defaultLevel } from './distributions.ts'

/** A share with its interval. Everything is null where there is nothing to divide by. */
export interface WilsonInterval {
  readonly share: number | null
  /** sqrt(p(1 - p)/n): with n, not n - 1. */
  readonly bernoulliStandardError: number | null
  readonly low: number | null
  readonly high: number | null
}

/**
 * Wilson's interval of `successes` of `n`: never outside 0 to 1, and of use at 0 and n too.
 * Source: Wilson 1927, doi 10.1080/01621459.1927.10502953.
 */
export function wilson(successes: number, n: number, z: number = criticalValue(defaultLevel)): WilsonInterval {
  if (n === 0) return { share: null, bernoulliStandardError: null, low: null, high: null }
  const share = successes / n
  const square = z * z
  const variance = (share * (1 - share)) / n
  const scale = 1 + square / n
  const centre = (share + square / (2 * n)) / scale
  const half = (z * Math.sqrt(variance + square / (4 * n * n))) / scale
  return {
    share,
    bernoulliStandardError: Math.sqrt(variance),
    low: successes === 0 ? 0 : Math.max(0, centre - half),
    high: successes === n ? 1 : Math.min(1, centre + half),
  }
}
