/**
 * The 29 code points that Python's `str.strip()`, `str.split()` and `\s` take as white space. JavaScript's `\s` and
 * `trim` lack U+001C to U+001F and U+0085 and add U+FEFF: never use them on text that Python would have judged.
 */
export const whiteSpaceCodes: readonly number[] = [
  0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x85, 0xa0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003,
  0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200a, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000,
]

const table = new Uint8Array(0x10000)
for (const code of whiteSpaceCodes) table[code] = 1

/** True for a UTF-16 unit that is white space in Python (all 29 lie in the basic plane); false for NaN. */
export function isWhiteSpace(unit: number): boolean {
  return table[unit] === 1
}

/** True for one of the six characters of Python's `string.whitespace`: space, \t, \n, \r, \v, \f. */
export function isAsciiWhiteSpace(unit: number): boolean {
  return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d)
}

/** True when nothing is left after Python's `strip()`: the empty string and pure white space. */
export function isBlank(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) if (table[text.charCodeAt(index)] !== 1) return false
  return true
}
