import { normalQuantile } from './distributions.ts'

/** Error rates of a planned comparison. */
export interface PowerOptions {
  /** Two-sided false-positive rate. @default 0.05 */
  readonly alpha?: number
  /** Chance to find a difference that is there. @default 0.8 */
  readonly power?: number
}

/** z(1 - α/2) + z(power): 2.8015852181 for 0.05 and 0.8. */
export function powerFactor({ alpha = 0.05, power = 0.8 }: PowerOptions = {}): number {
  return normalQuantile(1 - alpha / 2) + normalQuantile(power)
}

/** Smallest difference that a paired comparison of n items finds with the asked power; null for no items. */
export function detectableDifference(n: number, deviation: number, options?: PowerOptions): number | null {
  return n > 0 ? (powerFactor(options) * deviation) / Math.sqrt(n) : null
}

/** {@link detectableDifference} from a standard error of the difference, however it was come by. */
export function detectableFromError(standardError: number, options?: PowerOptions): number {
  return powerFactor(options) * standardError
}

/** Items that a paired comparison needs. */
export interface ItemsNeeded {
  readonly unrounded: number
  readonly items: number
}

/**
 * @param delta difference to be found, not 0
 * @param deviation standard deviation of the paired differences
 */
export function itemsNeeded(delta: number, deviation: number, options?: PowerOptions): ItemsNeeded {
  const unrounded = ((powerFactor(options) * deviation) / delta) ** 2
  return { unrounded, items: Math.ceil(unrounded) }
}

/** Variances of a comparison with several samples per item. */
export interface SampledVariances {
  /** ω²: variance over items of the true difference. */
  readonly betweenItems: number
  /** σ²: mean variance within an item, for each checkpoint. */
  readonly withinA: number
  readonly withinB: number
  /** K: samples per item. */
  readonly samplesA: number
  readonly samplesB: number
}

/** Items needed where each is sampled several times: (z + z)²(ω² + σ_A²/K_A + σ_B²/K_B)/δ². Source: Miller 2024, arXiv 2411.00640. */
export function sampledItemsNeeded(delta: number, variances: SampledVariances, options?: PowerOptions): ItemsNeeded {
  const { betweenItems, withinA, withinB, samplesA, samplesB } = variances
  return itemsNeeded(delta, Math.sqrt(betweenItems + withinA / samplesA + withinB / samplesB), options)
}

/**
 * Standard deviation of the paired difference of pass-or-fail scores: sqrt(q - δ²).
 * @param disagreement share of items on which the two checkpoints disagree
 */
export function binaryDifferenceDeviation(disagreement: number, delta = 0): number {
  return Math.sqrt(Math.max(0, disagreement - delta * delta))
}
