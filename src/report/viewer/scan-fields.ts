const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const colon = 0x3a

/** What a field held; undefined where the object has no such field. Objects and arrays are given as their text. */
export type FieldValue = string | number | boolean | null | undefined

/**
 * Reads some top-level fields of a JSON object in UTF-8 without parsing the rest: long texts are jumped over, and it stops
 * when every field is found. An object that is torn or broken gives the fields before that place.
 * @param from where the object's line starts
 * @param to where it ends, not included
 */
export function scanFields(bytes: Buffer, from: number, to: number, names: readonly string[]): FieldValue[] {
  const found: FieldValue[] = names.map(() => undefined)
  let left = names.length
  let at = skipSpace(bytes, from, to) + 1
  while (left > 0 && at < to) {
    at = skipSpace(bytes, at, to)
    if (bytes[at] !== quote) break
    const keyEnd = stringEnd(bytes, at, to)
    const index = names.indexOf(bytes.toString('latin1', at + 1, keyEnd - 1))
    at = skipSpace(bytes, keyEnd, to)
    if (bytes[at] !== colon) break
    at = skipSpace(bytes, at + 1, to)
    const end = valueEnd(bytes, at, to)
    if (end > to) break
    if (index !== -1 && found[index] === undefined) {
      const value = readValue(bytes, at, end)
      if (value === undefined) break
      found[index] = value
      left -= 1
    }
    at = skipSpace(bytes, end, to)
    if (bytes[at] !== comma) break
    at += 1
  }
  return found
}

function readValue(bytes: Buffer, from: number, end: number): FieldValue {
  const text = bytes.toString('utf8', from, end)
  const first = bytes[from]
  if (first === 0x7b || first === 0x5b) return text
  try {
    return JSON.parse(text) as FieldValue
  } catch {
    return undefined
  }
}

function skipSpace(bytes: Buffer, from: number, to: number): number {
  let at = from
  while (at < to && (bytes[at] === 0x20 || bytes[at] === 0x09 || bytes[at] === 0x0d || bytes[at] === 0x0a)) at += 1
  return at
}

/** Place behind the closing quote; behind `to` when there is none. */
function stringEnd(bytes: Buffer, from: number, to: number): number {
  let at = from + 1
  for (;;) {
    at = bytes.indexOf(quote, at)
    if (at === -1 || at >= to) return to + 1
    let escapes = 0
    while (bytes[at - 1 - escapes] === backslash) escapes += 1
    at += 1
    if (escapes % 2 === 0) return at
  }
}

/** Place behind a value; behind `to` when it is torn. */
function valueEnd(bytes: Buffer, from: number, to: number): number {
  if (bytes[from] === quote) return stringEnd(bytes, from, to)
  let depth = 0
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!
    if (byte === quote) at = stringEnd(bytes, at, to) - 1
    else if (byte === 0x7b || byte === 0x5b) depth += 1
    else if (byte === 0x7d || byte === 0x5d) {
      if (depth === 0) return at
      depth -= 1
      if (depth === 0) return at + 1
    } else if (byte === comma && depth === 0) return at
  }
  return to + 1
}
