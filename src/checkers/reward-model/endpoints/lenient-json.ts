/**
 * Python servers write NaN and infinities as bare words, which are no JSON. One pass puts null in their place, outside
 * strings only, so that one bad score does not cost the others of its batch.
 */
export function nullForNaN(text: string): string {
  if (!/NaN|Infinity/.test(text)) return text
  return text.replace(/"[^"\\]*(?:\\.[^"\\]*)*"|-?(?:NaN|Infinity)/gs, (found) => (found[0] === '"' ? found : 'null'))
}
