/**
 * Quantile with linear interpolation between the neighbours at h = (n - 1)q (numpy's default). Null for no values.
 * @param sorted ascending
 * @param q 0 to 1
 */
export function quantileSorted(sorted: ArrayLike<number>, q: number): number | null {
  const { length } = sorted
  if (length === 0) return null
  const position = (length - 1) * q
  const below = Math.floor(position)
  const low = sorted[below]!
  const high = sorted[Math.min(below + 1, length - 1)]!
  return low + (position - below) * (high - low)
}

/** {@link quantileSorted} of numbers in any order. */
export function quantile(values: ArrayLike<number>, q: number): number | null {
  return quantileSorted(Float64Array.from(values).sort(), q)
}
