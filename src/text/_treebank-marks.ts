/** Characters that a Treebank rule looks for, as bits of {@link marksOf}. */
export const mark = {
  openingQuote: 1,
  doubleQuote: 2,
  apostrophe: 4,
  dot: 8,
  commaOrColon: 16,
  symbol: 32,
  questionOrExclamation: 64,
  bracketOrStar: 128,
  closingQuote: 256,
  hyphen: 512,
  longDash: 1024,
} as const

const bits = new Uint16Array(0x10000)
for (const [characters, bit] of [
  ['«“‘„`', mark.openingQuote],
  ['"', mark.doubleQuote],
  ["'", mark.apostrophe],
  ['.', mark.dot],
  [',:', mark.commaOrColon],
  [';@#$%&', mark.symbol],
  ['?!', mark.questionOrExclamation],
  ['*][(){}<>', mark.bracketOrStar],
  ['»”’', mark.closingQuote],
  ['-', mark.hyphen],
  ['\u2012\u2013\u2014\u2015', mark.longDash],
] as const) {
  for (const character of characters) bits[character.charCodeAt(0)]! |= bit
}

/** Which kinds of marks a sentence holds: one pass over it saves the passes of the rules that cannot apply. */
export function marksOf(sentence: string): number {
  let found = 0
  for (let index = 0; index < sentence.length; index += 1) found |= bits[sentence.charCodeAt(index)]!
  return found
}
