import { type CountClaim, readCountClaims } from './count-claims.ts'
import { cues, isNegated } from './cues.ts'
import { formatMarks } from './format-marks.ts'
import { askedLanguage } from './languages.ts'
import { findNumbers } from './number-words.ts'
import { type PositionClaim, readPositionClaim } from './position-claims.ts'
import { quotedTexts } from './quoted-texts.ts'
import { type TokenSet, tokenSet } from './token-set.ts'

/** Constraints are read up to this many characters: a requirement is not longer. */
const longestConstraint = 4000

/** A text with more content words speaks of more than a form. */
const mostWordsAboutForm = 14

/** What a constraint text asks for, as far as its words give it away. */
export interface ConstraintReading {
  readonly text: string
  readonly claims: readonly CountClaim[]
  /** Quoted texts, each once. */
  readonly quotes: readonly string[]
  /** Quoted texts as they come, for places. */
  readonly sequence: readonly string[]
  readonly lowerQuotes: readonly string[]
  readonly position: PositionClaim | null
  readonly language: string | null
  readonly isNegated: boolean
  /** True when something was read that can be checked: an amount, a quoted text, a place, a language, a form. */
  readonly isCheckable: boolean
  /** One flag per cue. */
  readonly cues: Float32Array
  /** One flag per format mark: is it spoken of? */
  readonly asked: Float32Array
  readonly tokens: TokenSet
}

/** Reads a constraint. Quoted texts do not count as words of the constraint itself. */
export function readConstraint(constraint: string): ConstraintReading {
  const text = constraint.slice(0, longestConstraint)
  const sequence = quotedTexts(text)
  const quotes = [...new Set(sequence)]
  const own = withoutQuotes(text, quotes)
  const numbers = findNumbers(own)
  const flags = (patterns: readonly RegExp[], from: string) =>
    Float32Array.from(patterns, (pattern) => (pattern.test(from) ? 1 : 0))
  const asked = flags(
    formatMarks.map((mark) => mark.asked),
    // Marks are often named by the sign itself, in quotes.
    text,
  )
  const claims = readCountClaims(own, numbers, quotes.length > 0)
  const position = readPositionClaim(own, numbers)
  const language = askedLanguage(own)
  const tokens = tokenSet(text.toLowerCase())
  const namesForm =
    tokens.words.size <= mostWordsAboutForm && formatMarks.some(({ isExact }, index) => isExact && asked[index] === 1)
  return {
    text,
    claims,
    quotes,
    sequence,
    lowerQuotes: quotes.map((quote) => quote.toLowerCase()),
    position,
    language,
    isNegated: isNegated(own),
    isCheckable: claims.length > 0 || quotes.length > 0 || position !== null || language !== null || namesForm,
    cues: flags(
      cues.map(({ pattern }) => pattern),
      own,
    ),
    asked,
    tokens,
  }
}

/** The text with quoted passages blanked: their words and numbers are material, not requirements. */
function withoutQuotes(text: string, quotes: readonly string[]): string {
  let own = text
  for (const quote of quotes) own = own.split(quote).join(quote.length > 2 ? ' _ ' : '_')
  return own
}
