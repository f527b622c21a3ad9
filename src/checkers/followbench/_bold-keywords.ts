const keyword = /\*\*\p{Nd}([^\n])/uy

/**
 * Number of non-overlapping places with two asterisks, a decimal digit, then as little as possible of one line (one
 * character at least) up to a colon. Walks the text once: the plain expression takes quadratic time on a long line
 * without a colon.
 */
export function countBoldKeywords(text: string): number {
  let count = 0
  let colon = -1
  let lineEnd = -1
  for (let at = text.indexOf('**'); at !== -1; ) {
    keyword.lastIndex = at
    if (keyword.test(text)) {
      const from = keyword.lastIndex
      if (colon < from) colon = indexOrEnd(text, ':', from)
      if (lineEnd < from) lineEnd = indexOrEnd(text, '\n', from)
      if (colon < lineEnd) {
        count += 1
        at = text.indexOf('**', colon + 1)
        continue
      }
    }
    at = text.indexOf('**', at + 1)
  }
  return count
}

function indexOrEnd(text: string, character: string, from: number): number {
  const index = text.indexOf(character, from)
  return index === -1 ? Number.POSITIVE_INFINITY : index
}
