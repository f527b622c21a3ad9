import { strip } from '../../text/strip.ts'

const dot = 0x2e

/**
 * What every unit goes through: white space off both sides, then dots off both sides.
 * parity: one pass each, so white space behind a removed dot stays.
 */
export function trimUnit(unit: string): string {
  if (isPlain(unit.charCodeAt(0)) && isPlain(unit.charCodeAt(unit.length - 1))) return unit
  const text = strip(unit)
  let start = 0
  let end = text.length
  while (start < end && text.charCodeAt(start) === dot) start += 1
  while (end > start && text.charCodeAt(end - 1) === dot) end -= 1
  return text.slice(start, end)
}

const asciiUnits = Array.from({ length: 0x80 }, (_none, code) => trimUnit(String.fromCharCode(code)))

/** The code points of a text, each trimmed as a unit: white space and dots become empty strings and still count. */
export function characterUnits(text: string): readonly string[] {
  const units: string[] = []
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code < 0x80) {
      units.push(asciiUnits[code]!)
      continue
    }
    const character = String.fromCodePoint(text.codePointAt(index)!)
    index += character.length - 1
    units.push(trimUnit(character))
  }
  return units
}

/** ASCII above the dot: no white space there, so most words need no further look. */
function isPlain(code: number): boolean {
  return code > dot && code < 0x80
}
