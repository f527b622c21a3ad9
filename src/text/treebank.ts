import { padContractions } from './_treebank-contractions.ts'
import { spaceFinalPeriod } from './_treebank-final-period.ts'
import { mark, marksOf } from './_treebank-marks.ts'
import type { NltkProfile } from './nltk-profile.ts'
import type { Punkt } from './punkt.ts'
import { NOT_DIGIT, W, WS } from './regex-classes.ts'
import { splitWhiteSpace } from './split.ts'
import { isWhiteSpace } from './white-space.ts'

/** Splits one sentence into words as NLTK's `NLTKWordTokenizer` (Treebank style) does. */
export type SentenceWords = (sentence: string) => string[]

/** Splits a text into words as NLTK's `word_tokenize` does: by sentence, then by {@link SentenceWords}. */
export function createWordTokenizer(punkt: Punkt, profile: NltkProfile = '3.8'): (text: string) => string[] {
  const words = profile === '3.10' ? treebankWords310 : treebankWords
  return (text) => punkt.sentences(text).flatMap(words)
}

/** Rules of NLTK 3.8 and 3.9. */
export const treebankWords: SentenceWords = (sentence) => rewrite(sentence, '3.8')

/** Rules of NLTK 3.10. */
export const treebankWords310: SentenceWords = (sentence) => rewrite(sentence, '3.10')

const openingQuote = /[«“‘„]|`+/gu
const bracketThenQuote = /([ ([{<])("|'')/gu
const apostrophe = new RegExp(`'(?![rR][eE]|[vV][eE]|[lL][lL]|[mM]|[tT]|[sSſ]|[dD]|[nN])(?=${W}(?!${W}))`, 'gu')
const apostrophe310 = new RegExp(
  `(?<!${W})'(?!(?:[rR][eE]|[vV][eE]|[lL][lL]|[mM]|[tT]|[sSſ]|[dD]|[nN])(?!${W}))(?=${W})`,
  'gu',
)
const commaBeforeNonDigit = new RegExp(`([:,])(${NOT_DIGIT})`, 'gu')
const spaceRun = new RegExp(`${WS}+`, 'gu')
const closingClitic = /([^' ])('[sS]|'[mM]|'[dD]|') /gu
const longClitic = /([^' ])('ll|'LL|'re|'RE|'ve|'VE|n't|N'T) /gu

/** The rules in NLTK's order; each is skipped when none of its characters is there. */
function rewrite(sentence: string, profile: NltkProfile): string[] {
  if (sentence.length === 1) return singleCharacter(sentence)
  const marks = marksOf(sentence)
  if (marks === 0) return splitWhiteSpace(padContractions(` ${sentence} `))
  const has = (bits: number): boolean => (marks & bits) !== 0
  let text = sentence
  if (has(mark.openingQuote)) text = text.replace(openingQuote, ' $& ')
  if (has(mark.doubleQuote) && text.startsWith('"')) text = `\`\`${text.slice(1)}`
  if (has(mark.openingQuote | mark.doubleQuote)) text = text.replaceAll('``', ' `` ')
  if (has(mark.doubleQuote | mark.apostrophe)) text = text.replace(bracketThenQuote, '$1 `` ')
  if (has(mark.apostrophe)) text = text.replace(profile === '3.10' ? apostrophe310 : apostrophe, "' ")
  if (has(mark.dot)) text = spaceFinalPeriod(text, true)
  if (has(mark.commaOrColon)) {
    text = text.replace(commaBeforeNonDigit, ' $1 $2')
    text = spaceFinalComma(text)
  }
  if (has(mark.dot)) text = text.replace(/\.{2,}/g, ' $& ')
  if (has(mark.symbol)) text = text.replace(/[;@#$%&]/g, ' $& ')
  if (has(mark.longDash) && profile === '3.10') text = text.replace(/[\u2012-\u2015]/g, ' $& ')
  if (has(mark.dot)) text = spaceFinalPeriod(text, false)
  if (has(mark.questionOrExclamation)) text = text.replace(/[?!]/g, ' $& ')
  if (has(mark.apostrophe)) text = text.replace(/([^'])' /gu, "$1 ' ")
  if (has(mark.bracketOrStar)) text = text.replace(/[*\][(){}<>]/g, ' $& ')
  if (has(mark.hyphen)) text = text.replaceAll('--', ' -- ')
  text = ` ${text} `
  if (has(mark.closingQuote)) text = text.replace(/[»”’]/g, ' $& ')
  if (has(mark.apostrophe)) text = text.replaceAll("''", " '' ")
  if (has(mark.doubleQuote)) text = text.replaceAll('"', " '' ")
  if (profile === '3.10') text = text.replace(spaceRun, ' ')
  if (has(mark.apostrophe)) text = text.replace(closingClitic, '$1 $2 ').replace(longClitic, '$1 $2 ')
  return splitWhiteSpace(padContractions(text))
}

/** What the rules make of a single character: texts of bare marks hold many such sentences. */
function singleCharacter(character: string): string[] {
  if (isWhiteSpace(character.charCodeAt(0))) return []
  return [character === '"' ? '``' : character]
}

/** A colon or comma at the end, or before one final line feed. */
function spaceFinalComma(text: string): string {
  const end = text.endsWith('\n') ? text.length - 1 : text.length
  const last = text[end - 1]
  if (last === ',' || last === ':') return `${text.slice(0, end - 1)} ${last} ${text.slice(end)}`
  return text
}
