/** A finite double as `sign * mantissa * 2^exponent`, without loss. */
interface ExactDouble {
  readonly negative: boolean
  readonly mantissa: bigint
  readonly exponent: number
}

function decompose(value: number): ExactDouble {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  const bits = view.getBigUint64(0)
  const biased = Number((bits >> 52n) & 0x7ffn)
  const fraction = bits & 0xfffffffffffffn
  return {
    negative: bits >> 63n === 1n,
    mantissa: biased === 0 ? fraction : fraction | 0x10000000000000n,
    exponent: (biased === 0 ? 1 : biased) - 1075,
  }
}

/**
 * Python's `format(value, '.Nf')`: the exact binary value rounded half to even. `toFixed` rounds ties away from zero:
 * 0.125 with two decimals is `0.12` here and `0.13` there. Non-finite values give `inf`, `-inf`, `nan`.
 * @param decimals 0 to 100
 */
export function formatFixed(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf'
  const { negative, mantissa, exponent } = decompose(value)
  const scaled = mantissa * 10n ** BigInt(decimals)
  const units = exponent >= 0 ? scaled << BigInt(exponent) : divideHalfEven(scaled, 1n << BigInt(-exponent))
  const digits = units.toString().padStart(decimals + 1, '0')
  const whole = digits.slice(0, digits.length - decimals)
  return `${negative ? '-' : ''}${whole}${decimals > 0 ? `.${digits.slice(digits.length - decimals)}` : ''}`
}

/** Python's `round(value, decimals)`: the double nearest to {@link formatFixed}. Non-finite values stay as they are. */
export function roundHalfEven(value: number, decimals = 0): number {
  return Number.isFinite(value) ? Number(formatFixed(value, decimals)) : value
}

/**
 * Quotient of two integers, rounded half to even.
 * @param numerator any integer
 * @param denominator greater than 0
 */
export function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  let quotient = numerator / denominator
  let rest = numerator % denominator
  if (rest < 0n) {
    quotient -= 1n
    rest += denominator
  }
  const twice = rest * 2n
  if (twice > denominator || (twice === denominator && quotient % 2n !== 0n)) quotient += 1n
  return quotient
}
