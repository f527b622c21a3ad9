import { isWordCodePoint } from './words.ts'

/** Whether Python's `\b` matches at a UTF-16 offset that lies between two code points. */
export function isWordBoundary(text: string, at: number): boolean {
  return isWordBefore(text, at) !== isWordAt(text, at)
}

/** Whether a word character begins at an offset. */
export function isWordAt(text: string, at: number): boolean {
  return at < text.length && isWordCodePoint(text.codePointAt(at)!)
}

/** Whether a word character ends at an offset. */
export function isWordBefore(text: string, at: number): boolean {
  if (at === 0) return false
  const unit = text.charCodeAt(at - 1)
  const pair = (unit & 0xfc00) === 0xdc00 && at > 1 ? text.codePointAt(at - 2)! : 0
  return isWordCodePoint(pair > 0xffff ? pair : unit)
}
