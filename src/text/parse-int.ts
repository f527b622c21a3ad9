import { decimalDigitValue } from './decimal-digit.ts'
import { strip } from './strip.ts'
import { whiteSpaceCodes } from './white-space.ts'

const isSeparator = (code: number) => code >= 0x1c && code <= 0x1f
const numberSpace = String.fromCharCode(...whiteSpaceCodes.filter((code) => !isSeparator(code)))

/**
 * Python's `int(text)` in base 10: white space around (but for U+001C to U+001F), one sign, decimal digits of any script, single underscores
 * between digits. Beyond 2^53 the result is rounded to a double.
 * @returns null where Python raises ValueError
 */
export function parseInteger(text: string): number | null {
  const body = strip(text, numberSpace)
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
