import { sum } from './sum.ts'

/** A ratio of sums with its linearised standard errors. */
export interface RatioEstimate {
  /** Σ numerators / Σ denominators; null when that is 0. */
  readonly ratio: number | null
  /** sqrt(Σ (x - R m)²) / Σ m. */
  readonly standardError: number | null
  /** The same times sqrt(G/(G - 1)), the one to print; null for fewer than two units. */
  readonly correctedStandardError: number | null
}

/**
 * Ratio of sums over units (items or clusters) that are independent of each other; what is inside a unit need not be.
 * Units with denominator 0 contribute nothing to the ratio but count as units.
 */
export function ratioEstimate(numerators: ArrayLike<number>, denominators: ArrayLike<number>): RatioEstimate {
  const units = numerators.length
  const total = sum(denominators)
  if (total === 0) return { ratio: null, standardError: null, correctedStandardError: null }
  const ratio = sum(numerators) / total
  const squares = Float64Array.from(numerators, (numerator, index) => (numerator - ratio * denominators[index]!) ** 2)
  const standardError = Math.sqrt(sum(squares)) / total
  return {
    ratio,
    standardError,
    correctedStandardError: units < 2 ? null : standardError * Math.sqrt(units / (units - 1)),
  }
}

/** What {@link ratioEstimate} leaves out: the two other ways to average the same items. */
export interface RatioSummary extends RatioEstimate {
  /** Mean of the items' own shares; items with denominator 0 are left out. */
  readonly macro: number | null
  /** Share of items that have everything, of those with a denominator. */
  readonly allSatisfied: number | null
  /** Items with denominator 0, to be listed. */
  readonly emptyItems: number
}

/** Micro, macro and all-satisfied figures of items with `satisfied[i]` of `total[i]` sub-questions. */
export function ratioSummary(satisfied: ArrayLike<number>, total: ArrayLike<number>): RatioSummary {
  const shares: number[] = []
  let complete = 0
  for (let index = 0; index < total.length; index += 1) {
    if (total[index] === 0) continue
    shares.push(satisfied[index]! / total[index]!)
    if (satisfied[index] === total[index]) complete += 1
  }
  const counted = shares.length
  return {
    ...ratioEstimate(satisfied, total),
    macro: counted === 0 ? null : sum(shares) / counted,
    allSatisfied: counted === 0 ? null : complete / counted,
    emptyItems: total.length - counted,
  }
}
