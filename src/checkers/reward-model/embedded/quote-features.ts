import { absent, type FeatureGroup } from './feature-group.ts'
import { countOccurrences } from './occurrences.ts'

/** Quoted texts of the constraint in the response: found, at its ends, the whole of it. */
export const quoteFeatures: FeatureGroup = {
  names: [
    'quotes:count',
    'quotes:found',
    'quotes:found-as-word',
    'quotes:found-same-case',
    'quotes:starts',
    'quotes:starts-loosely',
    'quotes:ends',
    'quotes:ends-loosely',
    'quotes:equal',
    'quotes:fewest',
    'quotes:length',
    'quotes:share-of-text',
    'quotes:after-start',
    'quotes:starts-exactly',
    'quotes:ends-exactly',
    'quotes:equal-exactly',
    'quotes:framed-exactly',
  ],
  write(out, at, { quotes, lowerQuotes }, { text, lower, trimmed }) {
    const count = quotes.length
    out[at] = count
    if (count === 0) {
      for (let index = 1; index < quoteFeatures.names.length; index += 1) out[at + index] = absent
      return
    }
    let found = 0
    let words = 0
    let sameCase = 0
    let fewest = Number.POSITIVE_INFINITY
    let length = 0
    for (let index = 0; index < count; index += 1) {
      const occurrences = countOccurrences(lower, lowerQuotes[index]!, 'plain')
      if (occurrences > 0) found += 1
      if (occurrences > 0 && countOccurrences(lower, lowerQuotes[index]!, 'word') > 0) words += 1
      if (text.includes(quotes[index]!)) sameCase += 1
      fewest = Math.min(fewest, occurrences)
      length = Math.max(length, quotes[index]!.length)
    }
    const bare = trimmed.toLowerCase()
    const loose = withoutEdges(bare)
    const some = (test: (quote: string) => boolean) => Number(lowerQuotes.some(test))
    out[at + 1] = found / count
    out[at + 2] = words / count
    out[at + 3] = sameCase / count
    out[at + 4] = some((quote) => bare.startsWith(quote))
    out[at + 5] = some((quote) => loose.startsWith(withoutEdges(quote)))
    out[at + 6] = some((quote) => bare.endsWith(quote))
    out[at + 7] = some((quote) => loose.endsWith(withoutEdges(quote)))
    out[at + 8] = some((quote) => withoutEdges(quote) === loose)
    out[at + 9] = Math.min(fewest, 20)
    out[at + 10] = Math.log2(length + 1)
    out[at + 11] = Math.min(1, length / Math.max(1, bare.length))
    out[at + 13] = Number(quotes.some((quote) => text.startsWith(quote)))
    out[at + 14] = Number(quotes.some((quote) => text.endsWith(quote)))
    out[at + 15] = Number(quotes.some((quote) => text === quote))
    out[at + 16] = Number(text.startsWith(quotes[0]!) && text.endsWith(quotes.at(-1)!))
    out[at + 12] = some((quote) => bare.slice(0, 200 + quote.length).includes(quote))
  },
}

/** Without quotation marks, punctuation and marks of emphasis at both ends. */
function withoutEdges(text: string): string {
  return text
    .replace(/^[\s"'“”‘’「」*_.,;:!?。，！？、()[\]-]{1,20}/u, '')
    .replace(/[\s"'“”‘’「」*_.,;:!?。，！？、()[\]-]{1,20}$/u, '')
}
