import { isWhiteSpace } from './white-space.ts'

/** Python's `len(text.split())`: the number of runs of characters that are not white space, without building them. */
export function countWords(text: string): number {
  let count = 0
  let inside = false
  for (let index = 0; index < text.length; index += 1) {
    const isSpace = isWhiteSpace(text.charCodeAt(index))
    if (!isSpace && !inside) count += 1
    inside = !isSpace
  }
  return count
}
