const surrogate = /[\ud800-\udfff]/

/** Python's `len()`: code points. A lone surrogate counts as one. */
export function codePointLength(text: string): number {
  let length = text.length
  for (let index = 0; index < text.length - 1; index += 1) {
    if ((text.charCodeAt(index) & 0xfc00) === 0xd800 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00) {
      length -= 1
      index += 1
    }
  }
  return length
}

/** Python's `text[start:end]`: code points; negative positions count from the end; out of range is clipped. */
export function sliceCodePoints(text: string, start = 0, end?: number): string {
  if (!surrogate.test(text)) return text.slice(start, end)
  return Array.from(text).slice(start, end).join('')
}

/** Python's `list(text)`: the code points as strings. */
export function codePoints(text: string): string[] {
  return Array.from(text)
}
