/**
 * NumPy's rounding of a float64: scale by 10^decimals, round to the nearest integer with ties to even, scale back. Not
 * correct decimal rounding: 0.285 gives 0.28 here where the exact value decides in Python's `round`.
 * @param decimals 0 to 22
 */
export function numpyRound(value: number, decimals: number): number {
  const scale = 10 ** decimals
  return roundToEven(value * scale) / scale
}

/** {@link numpyRound} with two decimals. */
export function round2(value: number): number {
  return numpyRound(value, 2)
}

/** C's `rint`: nearest integer, ties to even; keeps the sign of zero and values that are not finite. */
export function roundToEven(value: number): number {
  if (!Number.isFinite(value)) return value
  const floor = Math.floor(value)
  const difference = value - floor
  const rounded = difference < 0.5 || (difference === 0.5 && floor % 2 === 0) ? floor : floor + 1
  return rounded === 0 && (value < 0 || Object.is(value, -0)) ? -0 : rounded
}
