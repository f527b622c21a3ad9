import { codePointLength } from '../../text/code-points.ts'
import { containsWord } from '../../text/contains-word.ts'
import { countWords } from '../../text/count-words.ts'
import { type Condition, met } from './_levels.ts'
import type { RuleLanguage } from './rule.ts'

/** A response and its sentences: what the conditions on short summaries look at. */
export interface Summary {
  readonly text: string
  readonly sentences: readonly string[]
}

/** Exactly `count` sentences. */
export function sentenceCount(count: number): Condition<Summary> {
  return {
    expected: `exactly ${count} ${count === 1 ? 'sentence' : 'sentences'}`,
    check: ({ sentences }) => (sentences.length === count ? met : `${sentences.length} sentences`),
  }
}

/** Whether a text contains a word: whole words in English, anywhere in Chinese. */
export function contains(text: string, wanted: string, language: RuleLanguage): boolean {
  return language === 'en' ? containsWord(text, wanted) : text.includes(wanted)
}

/** The text that `of` picks contains one of the words. */
export function mustContain<View>(of: Part<View>, words: readonly string[], language: RuleLanguage): Condition<View> {
  return {
    expected: `${of.name} contains ${words.join(' or ')}`,
    check: (view) => (words.some((word) => contains(of.pick(view), word, language)) ? met : 'not there'),
  }
}

/** The text that `of` picks does not contain the word. */
export function mustLack<View>(of: Part<View>, word: string, language: RuleLanguage): Condition<View> {
  return {
    expected: `${of.name} does not contain ${word}`,
    check: (view) => (contains(of.pick(view), word, language) ? 'it is there' : met),
  }
}

/** A part of a response with its name for messages. */
export interface Part<View> {
  readonly name: string
  readonly pick: (view: View) => string
}

/** The response itself. */
export const wholeText: Part<{ readonly text: string }> = { name: 'the response', pick: ({ text }) => text }

/** The sentence at a 0-based index; empty when there are fewer. */
export function sentence(index: number): Part<Summary> {
  return { name: `sentence ${index + 1}`, pick: ({ sentences }) => sentences[index] ?? '' }
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

/** How long a sentence is for the rules: words between white space in English, code points in Chinese. */
export const sentenceSize: Readonly<Record<RuleLanguage, (sentence: string) => number>> = {
  en: countWords,
  zh: codePointLength,
}
