import { isWhiteSpace } from './white-space.ts'

/**
 * Python's `str.strip(characters)`: removes white space, or any of the given characters (a set, not a prefix), from
 * both ends.
 * @param characters code points to remove; Python's white space when left out
 */
export function strip(text: string, characters?: string): string {
  if (characters === undefined) {
    const start = startOfText(text)
    return text.slice(start, endOfText(text, start))
  }
  return rstrip(lstrip(text, characters), characters)
}

/** Python's `str.lstrip(characters)`: see {@link strip}, left end only. */
export function lstrip(text: string, characters?: string): string {
  if (characters === undefined) return text.slice(startOfText(text))
  const set = new Set(characters)
  let start = 0
  while (start < text.length) {
    const character = String.fromCodePoint(text.codePointAt(start)!)
    if (!set.has(character)) break
    start += character.length
  }
  return text.slice(start)
}

/** Python's `str.rstrip(characters)`: see {@link strip}, right end only. */
export function rstrip(text: string, characters?: string): string {
  if (characters === undefined) return text.slice(0, endOfText(text, 0))
  const set = new Set(characters)
  let end = text.length
  while (end > 0) {
    const pair = end > 1 ? text.codePointAt(end - 2)! : 0
    const character = pair > 0xffff ? String.fromCodePoint(pair) : text[end - 1]!
    if (!set.has(character)) break
    end -= character.length
  }
  return text.slice(0, end)
}

function startOfText(text: string): number {
  let start = 0
  while (start < text.length && isWhiteSpace(text.charCodeAt(start))) start += 1
  return start
}

function endOfText(text: string, from: number): number {
  let end = text.length
  while (end > from && isWhiteSpace(text.charCodeAt(end - 1))) end -= 1
  return end
}
