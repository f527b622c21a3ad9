import { isWordCodePoint } from './words.ts'

/**
 * Python's `re.search(r'\b' + re.escape(word) + r'\b', text)` for a word that begins and ends with a word character:
 * case-sensitive, with no word character directly before or after it.
 */
export function containsWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    if (!isWordCodePoint(codePointBefore(text, at)) && !isWordCodePoint(codePointAt(text, at + word.length)))
      return true
  }
  return false
}

function codePointAt(text: string, at: number): number {
  return text.codePointAt(at) ?? 0
}

function codePointBefore(text: string, at: number): number {
  const unit = at > 0 ? text.charCodeAt(at - 1) : 0
  const isPair = (unit & 0xfc00) === 0xdc00 && at > 1 && (text.charCodeAt(at - 2) & 0xfc00) === 0xd800
  return isPair ? text.codePointAt(at - 2)! : unit
}
