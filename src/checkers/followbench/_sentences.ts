import type { RuleLanguage } from './rule.ts'

const stops: Readonly<Record<RuleLanguage, readonly [number, number, number]>> = {
  en: ['.', '!', '?'].map((stop) => stop.charCodeAt(0)) as [number, number, number],
  zh: ['。', '！', '？'].map((stop) => stop.charCodeAt(0)) as [number, number, number],
}

/**
 * Cuts a text at every single full stop, exclamation mark and question mark (the full-width ones in Chinese).
 *
 * parity: only empty pieces are dropped. A piece of white space counts as a sentence, abbreviations and decimals are cut,
 * and a line feed after the last stop adds a sentence (rule_based_evaluation.py at 6278f4c1).
 */
export function sentencesOf(text: string, language: RuleLanguage): string[] {
  const [stop, exclamation, question] = stops[language]
  const sentences: string[] = []
  let start = 0
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    if (unit !== stop && unit !== exclamation && unit !== question) continue
    if (at > start) sentences.push(text.slice(start, at))
    start = at + 1
  }
  if (start < text.length) sentences.push(text.slice(start))
  return sentences
}

/** Number of {@link sentencesOf} between two positions of a text, without building them. */
export function countSentences(text: string, language: RuleLanguage, from = 0, to = text.length): number {
  const [stop, exclamation, question] = stops[language]
  let count = 0
  let start = from
  for (let at = from; at < to; at += 1) {
    const unit = text.charCodeAt(at)
    if (unit !== stop && unit !== exclamation && unit !== question) continue
    if (at > start) count += 1
    start = at + 1
  }
  return start < to ? count + 1 : count
}
