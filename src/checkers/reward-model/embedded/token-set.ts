import { mixedWords } from './segments.ts'

/** Words and pairs of Han signs of a text, for overlaps. */
export interface TokenSet {
  readonly words: ReadonlySet<string>
  /** Hashes of three characters in a row. */
  readonly trigrams: ReadonlySet<number>
}

const longest = 8_000
const functionWords = new Set(
  `the a an and or of to in on for with that this is are be as at by from it its your you should must response answer
   each every all not no do does use using make sure ensure please text write include including contain contains
   的 是 在 和 与 或 了 用 要 不 中 个 一 为 以 请 回 答 内 容 需 应 须 有 对 并 且`.split(/\s+/),
)

/** Content tokens and character trigrams of a lower-case text. */
export function tokenSet(lower: string): TokenSet {
  const text = lower.slice(0, longest)
  const trigrams = new Set<number>()
  for (let at = 0; at + 3 <= text.length; at += 1) {
    trigrams.add((text.charCodeAt(at) * 961 + text.charCodeAt(at + 1) * 31 + text.charCodeAt(at + 2)) | 0)
  }
  return { words: contentWords(text), trigrams }
}

/** Words of a lower-case text that carry content, stemmed; pairs of signs where it is Chinese. */
export function contentWords(text: string): Set<string> {
  const tokens = mixedWords(text)
  const words = new Set<string>()
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index]!
    if (token.length > 1) {
      if (!functionWords.has(token)) words.add(stem(token))
    } else if (!functionWords.has(token) && /\p{Script=Han}/u.test(token)) {
      const next = tokens[index + 1]
      if (next !== undefined && next.length === 1 && !functionWords.has(next)) words.add(token + next)
    }
  }
  return words
}

/** Share of the first set that is in the second; null for an empty one. */
export function overlap<Token>(needed: ReadonlySet<Token>, given: ReadonlySet<Token>): number | null {
  if (needed.size === 0) return null
  let common = 0
  for (const token of needed) if (given.has(token)) common += 1
  return common / needed.size
}

/** English inflections cut off, so that `describes` meets `described`. */
function stem(word: string): string {
  return word.length > 4 ? word.replace(/(?:ing|ed|es|ly|s|e)$/, '') : word
}
