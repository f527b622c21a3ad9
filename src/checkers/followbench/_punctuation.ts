import type { RuleLanguage } from './rule.ts'

const ascii = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'

/**
 * Punctuation that the rules count.
 *
 * parity: the Chinese set lacks the opening single quote, the full-width exclamation and question marks, the enumeration
 * comma, the semicolon, brackets and dashes (rule_based_evaluation.py of code_zh at 6278f4c1).
 */
const marks: Readonly<Record<RuleLanguage, ReadonlySet<string>>> = {
  en: new Set(ascii),
  zh: new Set(`${ascii}，。：\u2019\u201c\u201d`),
}

/** Number of punctuation characters of a text. */
export function countPunctuation(text: string, language: RuleLanguage): number {
  const set = marks[language]
  let count = 0
  for (let at = 0; at < text.length; at++) if (set.has(text[at]!)) count += 1
  return count
}
