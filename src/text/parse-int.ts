import { decimalDigitValue } from './decimal-digit.ts'
import { strip } from './strip.ts'

/**
 * Python's `int(text)` in base 10: white space around, one sign, decimal digits of any script, single underscores
 * between digits. Beyond 2^53 the result is rounded to a double.
 * @returns null where Python raises ValueError
 */
export function parseInteger(text: string): number | null {
  const body = strip(text)
  const digits = body.startsWith('-') || body.startsWith('+') ? body.slice(1) : body
  let ascii = ''
  let afterDigit = false
  for (const character of digits) {
    if (character === '_' && afterDigit) {
      afterDigit = false
      continue
    }
    const value = decimalDigitValue(character.codePointAt(0)!)
    if (value === null) return null
    ascii += value
    afterDigit = true
  }
  // Python refuses longer literals since 3.11.
  if (!afterDigit || ascii.length > 4300) return null
  const value = Number(ascii)
  return body.startsWith('-') ? 0 - value : value
}
