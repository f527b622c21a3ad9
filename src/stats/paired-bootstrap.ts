import { type BootstrapOptions, bootstrapReplicates, everyUnit, percentileInterval } from './bootstrap.ts'
import type { Resampler } from './metric-table.types.ts'
import { sampleVariance } from './standard-error.ts'

const tolerance = 1e-12

/** What resampling says of a difference A - B. Everything but `units` is null where the difference is undefined. */
export interface BootstrapDifference {
  readonly units: number
  readonly observed: number | null
  /** Standard deviation of the resampled differences, which is the standard error of the difference. */
  readonly standardError: number | null
  /** Percentile interval. */
  readonly interval: readonly [low: number, high: number] | null
  /** Koehn's share: resamples with A above B; ties are no wins. */
  readonly shareBetter: number | null
  readonly shareAtMostZero: number | null
  readonly shareAtLeastZero: number | null
  /**
   * (1 + #{|d* - d| >= |d|}) / (B + 1): the p of the report. Never below 1/(B + 1). Source: Berg-Kirkpatrick, Burkett,
   * Klein 2012, "An Empirical Investigation of Statistical Significance in NLP".
   */
  readonly p: number | null
  /** min(1, 2·min(share at most 0, share at least 0)): for information only, of no use with ties at 0. */
  readonly percentileP: number | null
  /** Resamples on which the difference was defined. */
  readonly replicates: number
}

/**
 * Paired bootstrap of any statistic of the difference: whole units are drawn with replacement, the same for A and B.
 * @param difference A - B over a multiset of units, null where undefined
 */
export function bootstrapDifference(
  units: number,
  difference: Resampler['evaluate'],
  options: BootstrapOptions,
): BootstrapDifference {
  const observed = difference(everyUnit(units))
  const values = observed === null ? new Float64Array() : bootstrapReplicates(units, difference, options)
  const replicates = values.length
  if (observed === null || replicates === 0) {
    return {
      units,
      observed,
      standardError: null,
      interval: null,
      shareBetter: null,
      shareAtMostZero: null,
      shareAtLeastZero: null,
      p: null,
      percentileP: null,
      replicates,
    }
  }
  let above = 0
  let below = 0
  let asFar = 0
  for (const value of values) {
    if (value > 0) above += 1
    if (value < 0) below += 1
    if (Math.abs(value - observed) >= Math.abs(observed) - tolerance) asFar += 1
  }
  const variance = sampleVariance(values)
  const shareAtMostZero = (replicates - above) / replicates
  const shareAtLeastZero = (replicates - below) / replicates
  return {
    units,
    observed,
    standardError: variance === null ? null : Math.sqrt(variance),
    interval: percentileInterval(values, options.level),
    shareBetter: above / replicates,
    shareAtMostZero,
    shareAtLeastZero,
    p: (1 + asFar) / (replicates + 1),
    percentileP: Math.min(1, 2 * Math.min(shareAtMostZero, shareAtLeastZero)),
    replicates,
  }
}
