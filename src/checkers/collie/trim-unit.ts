import { strip } from '../../text/strip.ts'

const dot = 0x2e

/**
 * What every unit goes through: white space off both sides, then dots off both sides.
 * parity: one pass each, so white space behind a removed dot stays.
 */
export function trimUnit(unit: string): string {
  const text = strip(unit)
  let start = 0
  let end = text.length
  while (start < end && text.charCodeAt(start) === dot) start += 1
  while (end > start && text.charCodeAt(end - 1) === dot) end -= 1
  return start === 0 && end === text.length ? text : text.slice(start, end)
}
