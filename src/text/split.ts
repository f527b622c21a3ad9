import { isWhiteSpace } from './white-space.ts'

/** Python's `str.split()` without separator: the maximal runs of characters that are not white space. */
export function splitWhiteSpace(text: string): string[] {
  const pieces: string[] = []
  let start = -1
  for (let index = 0; index < text.length; index += 1) {
    if (isWhiteSpace(text.charCodeAt(index))) {
      if (start >= 0) pieces.push(text.slice(start, index))
      start = -1
    } else if (start < 0) start = index
  }
  if (start >= 0) pieces.push(text.slice(start))
  return pieces
}

/** The first piece of {@link splitWhiteSpace}, or null for a blank text: reads no further than it must. */
export function firstToken(text: string): string | null {
  let start = 0
  while (start < text.length && isWhiteSpace(text.charCodeAt(start))) start += 1
  if (start === text.length) return null
  let end = start
  while (end < text.length && !isWhiteSpace(text.charCodeAt(end))) end += 1
  return text.slice(start, end)
}

/**
 * Python's `str.splitlines()`: breaks at \n, \r, \r\n, \v, \f, U+001C to U+001E, U+0085, U+2028 and U+2029, keeps no
 * line ends, and gives no empty last line after a final line end.
 */
export function splitLines(text: string): string[] {
  const lines = text.split(/\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/)
  if (lines.at(-1) === '') lines.pop()
  return lines
}
