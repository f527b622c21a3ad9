/**
 * Python servers write NaN and infinities as bare words, which are no JSON. One pass puts null in their place, outside
 * strings only, so that one bad score does not cost the others of its batch.
 */
export function nullForNaN(text: string): string {
  if (!/NaN|Infinity/.test(text)) return text
  const parts: string[] = []
  for (let at = 0; at < text.length; ) {
    const quote = text.indexOf('"', at)
    const end = quote === -1 ? text.length : quote
    parts.push(text.slice(at, end).replace(/-?(?:NaN|Infinity)/g, 'null'))
    at = quote === -1 ? end : endOfString(text, quote)
    parts.push(text.slice(end, at))
  }
  return parts.join('')
}

/** The place behind the string that begins at `start`. Not a pattern: replies may be larger than its stack allows. */
function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0
    while (text[quote - 1 - backslashes] === '\\') backslashes += 1
    if (backslashes % 2 === 0) return quote + 1
  }
  return text.length
}
