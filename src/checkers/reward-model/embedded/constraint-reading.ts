import { type CountClaim, readCountClaims } from './count-claims.ts'
import { cues, isNegated } from './cues.ts'
import { formatMarks } from './format-marks.ts'
import { askedLanguage } from './languages.ts'
import { hashedGrams } from './n-grams.ts'
import { findNumbers } from './number-words.ts'
import { type PositionClaim, readPositionClaim } from './position-claims.ts'
import { type QuotedText, quotedTexts } from './quoted-texts.ts'
import { type TokenSet, tokenSet } from './token-set.ts'

/** Constraints are read up to this many characters: a requirement is not longer. */
const longestConstraint = 4000

/** A text with more content words speaks of more than a form. */
const mostWordsAboutForm = 14

const mostNames = 12

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
  /** Proper names inside sentences, in lower case. */
  readonly names: readonly string[]
  /** Hashed n-grams of its own words. */
  readonly grams: Uint32Array
}

/** Reads a constraint. Quoted texts do not count as words of the constraint itself. */
export function readConstraint(constraint: string): ConstraintReading {
  const text = constraint.slice(0, longestConstraint)
  const found = quotedTexts(text)
  const sequence = found.map((quote) => quote.text)
  const quotes = [...new Set(sequence)]
  const own = withoutQuotes(text, found)
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
  const negated = isNegated(own)
  const namesForm =
    tokens.words.size <= mostWordsAboutForm &&
    formatMarks.some(({ id, isExact }, index) => asked[index] === 1 && (isExact || (id === 'digits' && negated)))
  return {
    text,
    claims,
    quotes,
    sequence,
    lowerQuotes: quotes.map((quote) => quote.toLowerCase()),
    position,
    language,
    isNegated: negated,
    isCheckable: claims.length > 0 || quotes.length > 0 || position !== null || language !== null || namesForm,
    cues: flags(
      cues.map(({ pattern }) => pattern),
      own,
    ),
    asked,
    tokens,
    names: properNames(own),
    grams: hashedGrams(own.toLowerCase()),
  }
}

/** Words with a capital that does not open a sentence. */
function properNames(text: string): string[] {
  const found = text.match(/(?<=[\p{Ll}\p{N},;)] )\p{Lu}\p{Ll}{1,30}/gu) ?? []
  return [...new Set(found.slice(0, mostNames).map((name) => name.toLowerCase()))]
}

/** The text with quoted passages blanked: their words and numbers are material, not requirements. */
function withoutQuotes(text: string, quotes: readonly QuotedText[]): string {
  let own = ''
  let at = 0
  for (const { start, end } of quotes) {
    own += text.slice(at, start) + (end - start > 2 ? ' _ ' : '_')
    at = end
  }
  return own + text.slice(at)
}
