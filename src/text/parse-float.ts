import { decimalDigitValue } from './decimal-digit.ts'
import { isAsciiWhiteSpace, isWhiteSpace } from './white-space.ts'

/** Digits are followed by a point or not at all: one way to match, so that long tokens of a judge cost linear time. */
const decimalLiteral = /^[+-]?(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+(?:_\d+)*)?$/
const special = /^([+-]?)(inf|infinity|nan)$/i

/**
 * Python's `float(text)`: optional sign, decimal digits of any script, single underscores between digits, fraction,
 * exponent, `inf`, `infinity`, `nan` in any case. White space around it is ignored, but for U+001C to U+001F.
 * @returns null where Python raises ValueError
 */
export function parseFloatPython(text: string): number | null {
  let plain = ''
  for (const character of text) {
    const code = character.codePointAt(0)!
    if (code < 0x7f) plain += character
    else if (isWhiteSpace(code)) plain += ' '
    else {
      const digit = decimalDigitValue(code)
      if (digit === null) return null
      plain += String(digit)
    }
  }
  let start = 0
  let end = plain.length
  while (start < end && isAsciiWhiteSpace(plain.charCodeAt(start))) start += 1
  while (end > start && isAsciiWhiteSpace(plain.charCodeAt(end - 1))) end -= 1
  const body = plain.slice(start, end)
  const named = special.exec(body)
  if (named) {
    const sign = named[1] === '-' ? -1 : 1
    return named[2]!.toLowerCase() === 'nan' ? Number.NaN : sign * Number.POSITIVE_INFINITY
  }
  return decimalLiteral.test(body) ? Number(body.replaceAll('_', '')) : null
}
