/**
 * NumPy's pairwise summation of float64: plain from 0.0 below 8 elements; eight running sums up to 128; above that,
 * halves (the first a multiple of 8) are summed apart. Changes last bits against left-to-right addition.
 */
export function pairwiseSum(values: ArrayLike<number>): number {
  return sumRange(values, 0, values.length)
}

/** NumPy's `mean` of float64: {@link pairwiseSum} divided by the count; NaN for nothing. */
export function pairwiseMean(values: ArrayLike<number>): number {
  return pairwiseSum(values) / values.length
}

function sumRange(values: ArrayLike<number>, start: number, count: number): number {
  if (count < 8) {
    let sum = 0
    for (let index = start; index < start + count; index += 1) sum += values[index]!
    return sum
  }
  if (count > 128) {
    const half = (count >> 1) - ((count >> 1) % 8)
    return sumRange(values, start, half) + sumRange(values, start + half, count - half)
  }
  const running = new Float64Array(8)
  for (let lane = 0; lane < 8; lane += 1) running[lane] = values[start + lane]!
  const grouped = count - (count % 8)
  for (let index = 8; index < grouped; index += 8) {
    for (let lane = 0; lane < 8; lane += 1) running[lane]! += values[start + index + lane]!
  }
  const [a, b, c, d, e, f, g, h] = running as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  let sum = a + b + (c + d) + (e + f + (g + h))
  for (let index = start + grouped; index < start + count; index += 1) sum += values[index]!
  return sum
}
