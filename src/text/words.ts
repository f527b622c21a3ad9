import { W } from './regex-classes.ts'

const wordRun = new RegExp(`${W}+`, 'gu')
const wideWord = new RegExp(`^${W}$`, 'u')

const isAsciiWord = new Uint8Array(128)
for (let code = 0; code < 128; code += 1) isAsciiWord[code] = /\w/.test(String.fromCharCode(code)) ? 1 : 0

/** True for a code point that Python's `\w` matches. */
export function isWordCodePoint(codePoint: number): boolean {
  return codePoint < 128 ? isAsciiWord[codePoint] === 1 : wideWord.test(String.fromCodePoint(codePoint))
}

/** NLTK's `RegexpTokenizer(r'\w+')`: all maximal runs of word characters. `don't` is two, `3.14` is two. */
export function regexpWords(text: string): string[] {
  return text.match(wordRun) ?? []
}

/** Number of {@link regexpWords}, without building them. */
export function countRegexpWords(text: string): number {
  let count = 0
  let inside = false
  for (let index = 0; index < text.length; index += 1) {
    let code = text.charCodeAt(index)
    if (code >= 0xd800 && code < 0xdc00) {
      code = text.codePointAt(index)!
      if (code > 0xffff) index += 1
    }
    const isWord = code < 128 ? isAsciiWord[code] === 1 : wideWord.test(String.fromCodePoint(code))
    if (isWord && !inside) count += 1
    inside = isWord
  }
  return count
}
