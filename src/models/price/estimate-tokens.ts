import type { Message } from '../../core/message.ts'

/** Tokens per code point: a common BPE vocabulary takes about four Latin letters, two of other alphabets, one ideograph. */
const perAscii = 1 / 4
const perOther = 1 / 2
const perIdeograph = 0.8
/** Role and separators of one message. */
const perMessage = 4

/**
 * Rough number of input tokens of a conversation, for estimates before anything is spent and for caps per minute. No
 * tokenizer is asked: for English, Chinese and code it is usually within a quarter of the true number.
 */
export function estimateTokens(messages: readonly Message[]): number {
  let total = 0
  for (const { content } of messages) total += perMessage + estimateTextTokens(content)
  return Math.ceil(total)
}

/** The same for one text, without rounding. */
export function estimateTextTokens(text: string): number {
  let ascii = 0
  let ideographs = 0
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    if (unit < 128) ascii += 1
    else if (isIdeograph(unit)) ideographs += 1
  }
  return ascii * perAscii + ideographs * perIdeograph + (text.length - ascii - ideographs) * perOther
}

/** Kana, CJK and Hangul, with their full-width punctuation. */
function isIdeograph(unit: number): boolean {
  return (unit >= 0x2e80 && unit <= 0x9fff) || (unit >= 0xac00 && unit <= 0xd7a3) || (unit >= 0xf900 && unit <= 0xffef)
}
