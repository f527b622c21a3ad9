import { isList, type Value } from './value.ts'

const patchedLists = new WeakMap<readonly Value[], readonly Value[]>()

/**
 * What both sides of a relation go through first: a string, or each string directly inside a list, is lower-cased and
 * stripped on both sides of ASCII punctuation and spaces. Numbers, None and deeper lists pass through. Lists are
 * treated as immutable and remembered.
 */
export function patch(value: Value): Value {
  if (typeof value === 'string') return patchString(value)
  if (!isList(value)) return value
  let patched = patchedLists.get(value)
  if (!patched) {
    patched = value.map((element) => (typeof element === 'string' ? patchString(element) : element))
    patchedLists.set(value, patched)
  }
  return patched
}

function patchString(text: string): string {
  const lower = text.toLowerCase()
  let start = 0
  let end = lower.length
  while (start < end && isStripped(lower.charCodeAt(start))) start += 1
  while (end > start && isStripped(lower.charCodeAt(end - 1))) end -= 1
  // parity: a string of nothing but punctuation stays as it was, not even lower-cased.
  return start === end ? text : lower.slice(start, end)
}

/** ASCII punctuation and the plain space; not tab, line feed or typographic quotes. */
function isStripped(code: number): boolean {
  if (code < 0x20 || code > 0x7e) return false
  return code <= 0x2f || (code >= 0x3a && code <= 0x40) || (code >= 0x5b && code <= 0x60) || code >= 0x7b
}
