import { sampleVariance } from './standard-error.ts'
import { sum } from './sum.ts'

/** Standard errors of a mean whose scores come in clusters. All errors are null for fewer than two clusters. */
export interface ClusteredError {
  readonly n: number
  readonly clusters: number
  readonly mean: number | null
  /** As if all scores were independent: sd/√n. */
  readonly naive: number | null
  /** sqrt(Σ u²)/n with u the cluster's sum of deviations from the mean. */
  readonly clustered: number | null
  /** `clustered` times sqrt(G/(G - 1)): the one to print. */
  readonly corrected: number | null
  /** Miller's form, sqrt(SE² + (Σ u² - Σ (s - m)²)/n²), arXiv 2411.00640 section 2.2. */
  readonly miller: number | null
  /** (corrected / naive)²: how many times more items the clustering costs. */
  readonly designEffect: number | null
}

/**
 * Standard error of the mean of scores that are not independent inside a cluster.
 * @param scores one number per score
 * @param cluster the cluster of each score, in the same order
 */
export function clusteredError(scores: ArrayLike<number>, cluster: ArrayLike<string | number>): ClusteredError {
  const n = scores.length
  const mean = n === 0 ? null : sum(scores) / n
  const sums = new Map<string | number, number>()
  for (let index = 0; index < n; index += 1) {
    sums.set(cluster[index]!, (sums.get(cluster[index]!) ?? 0) + (scores[index]! - mean!))
  }
  const variance = sampleVariance(scores)
  const naive = variance === null ? null : Math.sqrt(variance / n)
  const clusters = sums.size
  if (clusters < 2 || variance === null || naive === null) {
    return { n, clusters, mean, naive, clustered: null, corrected: null, miller: null, designEffect: null }
  }
  const squares = sum([...sums.values()].map((value) => value * value))
  const clustered = Math.sqrt(squares) / n
  const corrected = clustered * Math.sqrt(clusters / (clusters - 1))
  const miller = Math.sqrt(Math.max(0, variance / n + (squares - variance * (n - 1)) / (n * n)))
  return {
    n,
    clusters,
    mean,
    naive,
    clustered,
    corrected,
    miller,
    designEffect: naive === 0 ? null : (corrected / naive) ** 2,
  }
}
