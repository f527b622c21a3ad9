import { foldForSearch } from '../../text/ignore-case.ts'
import { strip } from '../../text/strip.ts'
import { countRegexpWords } from '../../text/words.ts'

/** Language tools that some checks need; made once per run. */
export interface LanguageTools {
  /** Number of Punkt sentences. */
  countSentences(text: string): number
  /** NLTK's `word_tokenize`. */
  words(text: string): readonly string[]
  /** Code of the detected language, null for a text without features. */
  detectLanguage(text: string): string | null
}

/** One text under test with everything that several checks ask of it, each computed at most once. */
export class TextView {
  readonly text: string
  readonly #tools: LanguageTools
  #stripped: string | undefined
  #lower: string | undefined
  #folded: string | undefined
  #sentences: number | undefined
  #wordCount: number | undefined
  #language: string | null | undefined
  #words: readonly string[] | undefined
  #lines: readonly string[] | undefined

  constructor(text: string, tools: LanguageTools) {
    this.text = text
    this.#tools = tools
  }

  /** Without white space at both ends (Python's `strip`). */
  get stripped(): string {
    this.#stripped ??= strip(this.text)
    return this.#stripped
  }

  get lower(): string {
    this.#lower ??= this.text.toLowerCase()
    return this.#lower
  }

  /** For searching lower-case ASCII without regard to case; as long as the text. */
  get folded(): string {
    this.#folded ??= foldForSearch(this.text)
    return this.#folded
  }

  get sentenceCount(): number {
    this.#sentences ??= this.#tools.countSentences(this.text)
    return this.#sentences
  }

  /** Number of maximal runs of word characters. */
  get wordCount(): number {
    this.#wordCount ??= countRegexpWords(this.text)
    return this.#wordCount
  }

  /** Treebank words. */
  get words(): readonly string[] {
    this.#words ??= this.#tools.words(this.text)
    return this.#words
  }

  /** Detected language code; null without features. */
  get language(): string | null {
    if (this.#language === undefined) this.#language = this.#tools.detectLanguage(this.text)
    return this.#language
  }

  /** Lines with any line end taken off: for the repaired checks; the official ones know "\n" only. */
  get lines(): readonly string[] {
    this.#lines ??= this.text.split(/\r\n|\r|\n/)
    return this.#lines
  }

  /** Another text with the same tools. */
  derive(text: string): TextView {
    return new TextView(text, this.#tools)
  }
}
