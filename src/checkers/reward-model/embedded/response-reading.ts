import { countWords } from '../../../text/count-words.ts'
import { housePunktParameters } from '../../../text/house-punkt.ts'
import { createPunkt } from '../../../text/punkt.ts'
import { countRegexpWords } from '../../../text/words.ts'
import { formatMarks } from './format-marks.ts'
import { spokenLanguage } from './languages.ts'
import {
  bulletLine,
  countCharacters,
  cutters,
  linesOf,
  mixedWords,
  numberedLine,
  paragraphsOf,
  type Segment,
  segment,
} from './segments.ts'
import { contentWords, type TokenSet, tokenSet } from './token-set.ts'
import type { Part, Unit } from './units.ts'

/** Longer responses are measured by their first part: nothing of this size is an answer, and time must stay bounded. */
const longestResponse = 200_000
/** Punkt is asked about texts up to this length; longer ones are cut at closing marks alone. */
const longestForPunkt = 20_000
const punkt = createPunkt(housePunktParameters)

/** How much of a response counts as its opening, and as its ending. */
const edge = 400

/** Counts of one unit. */
export type Counts = readonly [byRule: number, byReader: number, plain: number]

/** One response with everything that features ask of it, each computed at most once. */
export class ResponseReading {
  readonly text: string
  readonly trimmed: string
  readonly lower: string
  readonly lines: readonly string[]
  readonly letterCase: 'upper' | 'lower' | 'mixed' | 'none'
  /** Three ways of counting each unit: as common rules do, as a reader would, and the plainest. */
  readonly counts: Readonly<Record<Unit, Counts>>
  readonly language: string | null
  /** One flag per format mark. */
  readonly marks: Float32Array
  readonly tokens: TokenSet
  /** Content words of the first characters, and of the last ones. */
  readonly openingWords: ReadonlySet<string>
  readonly endingWords: ReadonlySet<string>
  readonly characterCount: number
  /** Distinct punctuation marks. */
  readonly punctuation: ReadonlySet<string>
  readonly #segments = new Map<Part, readonly Segment[]>()

  constructor(response: string) {
    this.text = response.length > longestResponse ? response.slice(0, longestResponse) : response
    this.trimmed = this.text.trim()
    this.lower = this.text.toLowerCase()
    this.lines = linesOf(this.text)
    this.letterCase = letterCaseOf(this.text)
    this.characterCount = countCharacters(this.text)
    this.counts = this.#count()
    this.punctuation = new Set(this.text.match(/[\p{P}$+<=>^`|~]/gu) ?? [])
    this.language = spokenLanguage(this.text)
    this.tokens = tokenSet(this.lower)
    this.openingWords = contentWords(this.lower.slice(0, edge))
    this.endingWords = contentWords(this.lower.slice(-edge))
    this.marks = Float32Array.from(formatMarks, ({ holds }) => (holds(this) ? 1 : 0))
  }

  /** The parts of a kind, measured. */
  segments(part: Part): readonly Segment[] {
    let found = this.#segments.get(part)
    if (!found) {
      found = cutters[part](this.text).map(segment)
      this.#segments.set(part, found)
    }
    return found
  }

  #count(): Record<Unit, Counts> {
    const { text, lines } = this
    const bullets = lines.filter((line) => bulletLine.test(line)).length
    const numbered = lines.filter((line) => numberedLine.test(line)).length
    const sentences = this.segments('sentence').length
    const capitals = text.match(/(?<![\p{L}\p{N}])\p{Lu}[\p{Lu}\p{N}'-]*(?![\p{L}\p{N}])/gu)?.length ?? 0
    const longCapitals = text.match(/(?<![\p{L}\p{N}])\p{Lu}[\p{Lu}\p{N}'-]+(?![\p{L}\p{N}])/gu)?.length ?? 0
    const dense = text.match(/\S/gu)?.length ?? 0
    const headings = lines.filter((line) => /^\s{0,3}#{1,6}\s|^\*\*[^*]{1,120}\*\*:?\s*$/.test(line)).length
    const sections = lines.filter((line) => /^[\s#*]{0,8}\p{L}{2,20}\s\d{1,3}\b/u.test(line)).length
    const stars = text.match(/\*[^*\n]{1,300}\*/g)?.length ?? 0
    const placeholders = text.match(/\[[^\]\n]{0,200}\]/g)?.length ?? 0
    const dividers = text.split(/\s?\*\*\*\s?/).filter((part) => part.trim() !== '').length
    const blankLines = paragraphsOf(text).length
    const spaced = countWords(text)
    const same = (count: number): Counts => [count, count, count]
    return {
      word: [countRegexpWords(text), mixedWords(text).length, spaced],
      sentence: [text.length > longestForPunkt ? sentences : punkt.count(text), sentences, lines.length],
      character: [this.characterCount, dense, countCharacters(this.trimmed)],
      paragraph: [text.includes('***') ? dividers : blankLines, blankLines, lines.length],
      line: [lines.length, text.trim() === '' ? 0 : text.trim().split('\n').length, blankLines],
      bullet: [bullets, Math.max(bullets, numbered), numbered],
      section: [sections, Math.max(sections, headings), headings],
      placeholder: same(placeholders),
      highlight: same(stars),
      capitalWord: [capitals, longCapitals, capitals],
      exclamation: same(text.match(/[!！]/g)?.length ?? 0),
      question: same(text.match(/[?？]/g)?.length ?? 0),
      hashtag: same(text.match(/(?<![\p{L}\p{N}&#])#[\p{L}\p{N}_]/gu)?.length ?? 0),
      emoji: same(text.match(/\p{Extended_Pictographic}/gu)?.length ?? 0),
      times: same(0),
    }
  }
}

function letterCaseOf(text: string): ResponseReading['letterCase'] {
  const hasUpper = /[\p{Lu}\p{Lt}]/u.test(text)
  const hasLower = /\p{Ll}/u.test(text)
  if (hasUpper && hasLower) return 'mixed'
  return hasUpper ? 'upper' : hasLower ? 'lower' : 'none'
}
