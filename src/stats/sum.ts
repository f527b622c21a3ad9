/** Neumaier's compensated sum: the result does not hang on the order of the numbers. 0 for none. */
export function sum(values: ArrayLike<number>): number {
  let total = 0
  let lost = 0
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index]!
    const next = total + value
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total
    total = next
  }
  return total + lost
}

/** Arithmetic mean with a compensated sum; null for none. */
export function mean(values: ArrayLike<number>): number | null {
  return values.length === 0 ? null : sum(values) / values.length
}
