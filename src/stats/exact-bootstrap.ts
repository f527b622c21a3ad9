const tolerance = 1e-12

/** The bootstrap distribution of a mean without any drawing. */
export interface ExactBootstrap {
  readonly shareAtMostZero: number
  readonly shareAtLeastZero: number
  /** Variance of the resampled mean: Σ (d - mean)²/n². */
  readonly varianceOfMean: number
}

/**
 * All n^n resamples of n differences at once, by adding one draw after the other to the distribution of the sum. For
 * differences with few distinct values (0, 1, -1); the work grows with the number of distinct sums.
 */
export function exactBootstrap(differences: readonly number[]): ExactBootstrap {
  const n = differences.length
  let distribution = new Map<number, number>([[0, 1]])
  for (let draw = 0; draw < n; draw += 1) {
    const next = new Map<number, number>()
    for (const [sum, share] of distribution) {
      for (const difference of differences) {
        const reached = sum + difference
        next.set(reached, (next.get(reached) ?? 0) + share / n)
      }
    }
    distribution = next
  }
  let shareAtMostZero = 0
  let shareAtLeastZero = 0
  let mean = 0
  for (const [sum, share] of distribution) {
    if (sum <= tolerance) shareAtMostZero += share
    if (sum >= -tolerance) shareAtLeastZero += share
    mean += (share * sum) / n
  }
  let varianceOfMean = 0
  for (const [sum, share] of distribution) varianceOfMean += share * (sum / n - mean) ** 2
  return { shareAtMostZero, shareAtLeastZero, varianceOfMean }
}
