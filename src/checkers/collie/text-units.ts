import type { Level, Unknown } from './grammar.ts'
import { PythonError } from './python-error.ts'
import type { Tokenizers } from './tokenizers.ts'
import { characterUnits, trimUnit } from './trim-unit.ts'
import { isList, type Value } from './value.ts'

type LevelReference = Level | Unknown | null

/**
 * One response cut into units, each way at most once: sub-constraints of an item share the work. Lists that come out
 * must not be changed.
 */
export class TextUnits {
  readonly #text: string
  readonly #tokenizers: Tokenizers
  readonly #units = new Map<string, Value>()
  #sentences: readonly string[] | undefined

  constructor(text: string, tokenizers: Tokenizers) {
    this.#text = text
    this.#tokenizers = tokenizers
  }

  /**
   * The text cut at the input level, then at the target level inside each unit; null leaves things as they are.
   * @throws PythonError NotImplementedError or TypeError for a level that the official checker cannot cut at
   */
  at(input: LevelReference, target: LevelReference): Value {
    if (target === null) return input === null ? this.#text : this.at(null, input)
    const key = `${levelKey(input)}>${levelKey(target)}`
    let units = this.#units.get(key)
    if (units === undefined) {
      units = this.#cutAll(this.at(input, null), target)
      this.#units.set(key, units)
    }
    return units
  }

  #cutAll(value: Value, level: Level | Unknown): Value {
    if (typeof value === 'string') return this.#cut(value, level)
    if (isList(value)) return value.map((unit) => this.#cutAll(unit, level))
    throw new PythonError('ValueError', 'only strings and lists of strings can be cut')
  }

  /** Every unit is trimmed; none is dropped by that, so an ellipsis is an empty word that counts. */
  #cut(text: string, level: Level | Unknown): readonly string[] {
    switch (level) {
      case 'character':
        return characterUnits(text)
      case 'word':
        return this.#words(text)
      case 'sentence':
        return this.#sentencesOf(text).map(trimUnit)
      case 'paragraph':
        return text.split('\n\n').map(trimUnit)
      default:
        return refuse(level)
    }
  }

  #words(text: string): readonly string[] {
    const words: string[] = []
    for (const sentence of this.#sentencesOf(text)) {
      for (const token of this.#tokenizers.sentenceWords(sentence)) {
        if (!isDroppedToken(token)) words.push(trimUnit(token))
      }
    }
    return words
  }

  #sentencesOf(text: string): readonly string[] {
    if (text !== this.#text) return this.#tokenizers.sentences(text)
    this.#sentences ??= this.#tokenizers.sentences(text)
    return this.#sentences
  }
}

const punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'

/** parity: a token is dropped when it is a substring of the punctuation string, so `./` goes and `--` stays. */
function isDroppedToken(token: string): boolean {
  return token.charCodeAt(0) < 0x80 && !isAsciiLetterOrDigit(token.charCodeAt(0)) && punctuation.includes(token)
}

function isAsciiLetterOrDigit(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39)
}

function levelKey(level: LevelReference): string {
  if (level === null) return ''
  return typeof level === 'string' ? level : `?${level.unknown}`
}

function refuse(level: Unknown): never {
  // parity: the official checker names two levels that it never implemented, and trips over any other.
  const isNamed = level.unknown === 'phrase' || level.unknown === 'passage'
  throw new PythonError(isNamed ? 'NotImplementedError' : 'TypeError', `level ${level.unknown} cannot be cut`)
}
