import { codePointLength } from '../../text/code-points.ts'
import { containsWord } from '../../text/contains-word.ts'
import { countWords } from '../../text/count-words.ts'
import { type Condition, met } from './_levels.ts'
import { countSentences } from './_sentences.ts'
import type { RuleLanguage } from './rule.ts'

/** Exactly `count` sentences. */
export function sentenceCount(count: number, language: RuleLanguage): Condition<string> {
  return {
    expected: `exactly ${count} ${count === 1 ? 'sentence' : 'sentences'}`,
    check: (text) => {
      const found = countSentences(text, language)
      return found === count ? met : `${found} sentences`
    },
  }
}

/** Whether a text contains a word: whole words in English, anywhere in Chinese. */
export function contains(text: string, wanted: string, language: RuleLanguage): boolean {
  return language === 'en' ? containsWord(text, wanted) : text.includes(wanted)
}

/** The response contains the word. */
export function mustContain(word: string, language: RuleLanguage): Condition<string> {
  return {
    expected: `contains ${word}`,
    check: (text) => (contains(text, word, language) ? met : 'not there'),
  }
}

/** The response does not contain the word. */
export function mustLack(word: string, language: RuleLanguage): Condition<string> {
  return {
    expected: `does not contain ${word}`,
    check: (text) => (contains(text, word, language) ? 'it is there' : met),
  }
}

/**
 * Number of pieces between single spaces.
 *
 * parity: two spaces make an empty piece that counts, and line feeds and tabs do not separate.
 */
export function spacePieces(text: string): number {
  let pieces = 1
  for (let at = text.indexOf(' '); at !== -1; at = text.indexOf(' ', at + 1)) pieces += 1
  return pieces
}

/** How long a text is for the rules: pieces between single spaces in English, code points in Chinese. */
export function size(text: string, language: RuleLanguage): number {
  return language === 'en' ? spacePieces(text) : codePointLength(text)
}

/** Unit of {@link size} in words. */
export const sizeUnit: Readonly<Record<RuleLanguage, string>> = { en: 'words', zh: 'characters' }

/** The response is shorter than `limit`, see {@link size}. */
export function shorterThan(limit: number, language: RuleLanguage): Condition<string> {
  return {
    expected: `fewer than ${limit} ${sizeUnit[language]}`,
    check: (text) => {
      const found = size(text, language)
      return found < limit ? met : `${found} ${sizeUnit[language]}`
    },
  }
}

/** How long a sentence is for the rules: words between white space in English, code points in Chinese. */
export const sentenceSize: Readonly<Record<RuleLanguage, (sentence: string) => number>> = {
  en: countWords,
  zh: codePointLength,
}
