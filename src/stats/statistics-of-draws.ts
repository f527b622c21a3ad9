import type { Resampler } from './metric-table.types.ts'

/** Mean over a multiset of units. */
export function meanOf(values: ArrayLike<number>): Resampler['evaluate'] {
  return (indices) => {
    if (indices.length === 0) return null
    let total = 0
    for (let draw = 0; draw < indices.length; draw += 1) total += values[indices[draw]!]!
    return total / indices.length
  }
}

/** Ratio of sums over a multiset of units; null where the denominators sum to 0. */
export function ratioOf(numerators: ArrayLike<number>, denominators: ArrayLike<number>): Resampler['evaluate'] {
  return (indices) => {
    let numerator = 0
    let denominator = 0
    for (let draw = 0; draw < indices.length; draw += 1) {
      numerator += numerators[indices[draw]!]!
      denominator += denominators[indices[draw]!]!
    }
    return denominator === 0 ? null : numerator / denominator
  }
}

/** The difference of two statistics over the same units; null where either is undefined. */
export function differenceOf(a: Resampler['evaluate'], b: Resampler['evaluate']): Resampler['evaluate'] {
  return (indices) => {
    const left = a(indices)
    const right = left === null ? null : b(indices)
    return left === null || right === null ? null : left - right
  }
}
