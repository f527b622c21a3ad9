import { isUpper } from '../../text/letter-case.ts'

/** A word as people count: letters, marks and digits, with apostrophes and hyphens inside, and signs inside numbers. */
const word = /[\p{L}\p{M}\p{N}_]+(?:(?:['’\u2010\u2011-]|(?<=\p{Nd})[.,](?=\p{Nd}))[\p{L}\p{M}\p{N}_]+)*/gu

/** Number of words in the sense of the `fixed` protocol. */
export function countWordsFixed(text: string): number {
  let count = 0
  word.lastIndex = 0
  while (word.test(text)) count += 1
  return count
}

/** Number of those words in capitals. */
export function capitalWords(text: string): number {
  let count = 0
  for (const [found] of text.matchAll(word)) if (isUpper(found)) count += 1
  return count
}
