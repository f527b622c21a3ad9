import type { Part, Unit } from './units.ts'

/** A part of a response with what is counted in it. */
export interface Segment {
  readonly text: string
  readonly words: number
  readonly characters: number
  readonly sentences: number
}

const terminators = /[.!?]+["'”’)\]*]*(?=\s|$)|[。！？!?…]+[”’」』"）)]*/g
const abbreviation =
  /(?:\b(?:mr|mrs|ms|dr|prof|st|jr|sr|vs|etc|e\.g|i\.e|no|fig|inc|ltd|co|approx)|\b[A-Z]|^\s{0,3}\d{1,3})$/i
const han = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}/u
const wordOrHan = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{M}\p{N}_]+/gu
export const bulletLine = /^\s{0,8}(?:[-*+•●▪◦·‣]\s|[-+•]\S|\*[^\s*])/
export const numberedLine =
  /^\s{0,8}(?:\(?\d{1,3}[.)、．:：]|[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．])/

/** Sentences of a text in any script: runs up to a closing mark; a line feed ends one, too. */
export function splitSentences(text: string): string[] {
  const sentences: string[] = []
  for (const line of text.split(/\r?\n/)) {
    let start = 0
    for (const match of line.matchAll(terminators)) {
      const end = match.index + match[0].length
      if (match[0].startsWith('.') && abbreviation.test(line.slice(Math.max(start, match.index - 8), match.index)))
        continue
      keep(sentences, line.slice(start, end))
      start = end
    }
    keep(sentences, line.slice(start))
  }
  return sentences
}

function keep(sentences: string[], piece: string): void {
  if (/[\p{L}\p{N}]/u.test(piece)) sentences.push(piece.trim())
}

/** Words, where every Han or kana sign is one. */
export function mixedWords(text: string): string[] {
  return text.match(wordOrHan) ?? []
}

/** Characters without white space where the text is Chinese or Japanese, all code points elsewhere. */
export function countCharacters(text: string): number {
  let count = 0
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    if (unit < 0xdc00 || unit > 0xdfff) count += 1
  }
  return count
}

/** True for a text in which Han or kana signs occur. */
export function hasHan(text: string): boolean {
  return han.test(text)
}

export function paragraphsOf(text: string): string[] {
  return text.split(/\n[^\S\n]*\n\s*|\n\*\*\*\n/).filter((part) => part.trim() !== '')
}

export function linesOf(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line.trim() !== '')
}

/** Measures one part. */
export function segment(text: string): Segment {
  return {
    text,
    words: mixedWords(text).length,
    characters: countCharacters(text.trim()),
    sentences: splitSentences(text).length,
  }
}

/** Least and greatest amount of a unit over some parts; null for no part or a unit that parts are not measured in. */
export function spread(segments: readonly Segment[], unit: Unit): { least: number; greatest: number } | null {
  const read = partMeasures[unit]
  if (read === undefined || segments.length === 0) return null
  let least = Number.POSITIVE_INFINITY
  let greatest = 0
  for (const part of segments) {
    const amount = read(part)
    if (amount < least) least = amount
    if (amount > greatest) greatest = amount
  }
  return { least, greatest }
}

const partMeasures: Readonly<Partial<Record<Unit, (segment: Segment) => number>>> = {
  word: ({ words }) => words,
  character: ({ characters }) => characters,
  sentence: ({ sentences }) => sentences,
}

/** How a text is cut into each kind of part. */
export const cutters: Readonly<Record<Part, (text: string) => string[]>> = {
  sentence: splitSentences,
  paragraph: paragraphsOf,
  line: linesOf,
  bullet: (text) => linesOf(text).filter((line) => bulletLine.test(line) || numberedLine.test(line)),
  word: mixedWords,
}
