const decimal = /^\p{Nd}$/u

/** Value 0 to 9 of a Unicode decimal digit (category Nd), or null. Runs of digits come in blocks of ten from zero. */
export function decimalDigitValue(codePoint: number): number | null {
  if (codePoint >= 0x30 && codePoint <= 0x39) return codePoint - 0x30
  if (codePoint < 0x660 || !isDecimal(codePoint)) return null
  let start = codePoint
  while (isDecimal(start - 1)) start -= 1
  return (codePoint - start) % 10
}

function isDecimal(codePoint: number): boolean {
  return decimal.test(String.fromCodePoint(codePoint))
}
