import { sum } from './sum.ts'

/**
 * Expected maximum of k scores drawn without replacement: Σ C(i - 1, k - 1)·s_(i)/C(n, k) over ascending scores.
 * @throws RangeError unless 1 <= k <= number of scores
 */
export function bestOfK(scores: ArrayLike<number>, k: number): number {
  const n = scores.length
  if (!(k >= 1 && k <= n)) throw new RangeError(`Expected 1 <= k <= ${n}, got k = ${k}`)
  const sorted = Float64Array.from(scores).sort()
  const terms: number[] = []
  let weight = k / n
  for (let i = n; i >= k; i -= 1) {
    terms.push(weight * sorted[i - 1]!)
    weight *= (i - k) / (i - 1)
  }
  return sum(terms)
}
