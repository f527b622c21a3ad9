import { meanEstimate, sampleVariance } from './standard-error.ts'
import { mean } from './sum.ts'

/** Several seeds of one checkpoint on the same items. */
export interface SeedSummary {
  readonly seedMeans: readonly number[]
  readonly mean: number | null
  /** Noise of decoding or training only, with n - 1; null for one seed. It says nothing on the choice of items. */
  readonly deviationOverSeeds: number | null
  /** deviation / √S. */
  readonly errorOverSeeds: number | null
  /** Uncertainty over items: standard error of the items' means over seeds. */
  readonly errorOverItems: number | null
  /** Mean over items of the variance between seeds (n - 1). */
  readonly withinItemVariance: number | null
  /** Variance (n - 1) of the items' means. */
  readonly betweenItemVariance: number | null
  readonly least: number | null
  readonly greatest: number | null
}

/**
 * @param scores scores[s][i] is seed s, item i
 * @throws RangeError when seeds have different numbers of items
 */
export function seedSummary(scores: readonly (readonly number[])[]): SeedSummary {
  const items = scores[0]?.length ?? 0
  const uneven = scores.find((row) => row.length !== items)
  if (uneven) throw new RangeError(`Expected ${items} items for every seed, got ${uneven.length}`)
  const byItem = Array.from({ length: items }, (_, item) => scores.map((row) => row[item]!))
  const seedMeans = items === 0 ? [] : scores.map((row) => mean(row)!)
  const itemMeans = byItem.map((row) => mean(row)!)
  const overSeeds = meanEstimate(seedMeans)
  const within = byItem.map((row) => sampleVariance(row)).filter((variance) => variance !== null)
  return {
    seedMeans,
    mean: overSeeds.mean,
    deviationOverSeeds: overSeeds.deviation,
    errorOverSeeds: overSeeds.standardError,
    errorOverItems: meanEstimate(itemMeans).standardError,
    withinItemVariance: mean(within),
    betweenItemVariance: sampleVariance(itemMeans),
    least: seedMeans.length === 0 ? null : Math.min(...seedMeans),
    greatest: seedMeans.length === 0 ? null : Math.max(...seedMeans),
  }
}
