import { closingMarks, nonWordMarks } from './_punkt-characters.ts'
import { contextHasBreak } from './_punkt-decision.ts'
import type { NltkProfile } from './nltk-profile.ts'
import type { PunktParameters } from './punkt-parameters.ts'
import { isAsciiWhiteSpace, isWhiteSpace } from './white-space.ts'

/** Splits text into sentences as NLTK's `sent_tokenize` does. Made by {@link createPunkt}. */
export interface Punkt {
  /** The sentences. White space before the first one stays; a blank text has none. */
  sentences(text: string): string[]
  /** Number of {@link Punkt.sentences}. */
  count(text: string): number
}

/**
 * Punkt sentence splitter (Kiss and Strunk 2006, as in nltk/tokenize/punkt.py). Linear in the length of the text.
 * @param profile see {@link NltkProfile}
 */
export function createPunkt(parameters: PunktParameters, profile: NltkProfile = '3.8'): Punkt {
  const marks = nonWordMarks(profile)
  const closing = closingMarks(profile)

  function spans(text: string): number[] {
    const found = boundaries(text)
    return found.length === 0 ? wholeText(text) : realign(text, slices(text, found), closing)
  }

  /** Flat pairs: position just after a sentence end, start of the next sentence. */
  function boundaries(text: string): number[] {
    const found: number[] = []
    let previousStart = 0
    let previousEnd = 0
    let pending: Candidate | null = null
    const decide = (candidate: Candidate): void => {
      const context = text.slice(candidate.wordStart, candidate.afterEnd)
      if (contextHasBreak(context, parameters, marks)) found.push(candidate.position + 1, candidate.nextStart)
    }
    for (let position = 0; position < text.length - 1; position += 1) {
      const unit = text.charCodeAt(position)
      if (unit !== 0x2e && unit !== 0x3f && unit !== 0x21) continue
      const following = text.charCodeAt(position + 1)
      let afterEnd = position + 2
      let nextStart = position + 1
      if (marks[following] !== 1) {
        if (!isWhiteSpace(following)) continue
        nextStart = skipSpace(text, position + 1, text.length)
        if (nextStart === text.length) continue
        afterEnd = nextStart + 1
        while (afterEnd < text.length && !isWhiteSpace(text.charCodeAt(afterEnd))) afterEnd += 1
      }
      let space = position - 1
      while (space >= previousEnd && !isAsciiWhiteSpace(text.charCodeAt(space))) space -= 1
      // parity: white space at the very start of the piece counts as none (nltk takes index 0 for "not found")
      const wordStart: number = space > previousEnd ? space + 1 : previousStart
      if (pending && previousEnd <= wordStart) decide(pending)
      pending = { position, wordStart, afterEnd, nextStart }
      previousStart = wordStart
      previousEnd = position
    }
    if (pending) decide(pending)
    return found
  }

  return {
    sentences(text) {
      const bounds = spans(text)
      const sentences: string[] = []
      for (let index = 0; index < bounds.length; index += 2)
        sentences.push(text.slice(bounds[index], bounds[index + 1]))
      return sentences
    },
    count: (text) => spans(text).length / 2,
  }
}

interface Candidate {
  readonly position: number
  readonly wordStart: number
  readonly afterEnd: number
  readonly nextStart: number
}

function skipSpace(text: string, from: number, to: number): number {
  let index = from
  while (index < to && isWhiteSpace(text.charCodeAt(index))) index += 1
  return index
}

/** The one sentence of a text without boundaries; none when it is blank. */
function wholeText(text: string): number[] {
  const end = endWithoutSpace(text)
  return end > 0 ? [0, end] : []
}

/** Flat pairs of start and end between the boundaries; the last one stops where trailing white space begins. */
function slices(text: string, boundaries: readonly number[]): number[] {
  const flat: number[] = []
  let last = 0
  for (let index = 0; index < boundaries.length; index += 2) {
    flat.push(last, boundaries[index]!)
    last = boundaries[index + 1]!
  }
  flat.push(last, endWithoutSpace(text))
  return flat
}

function endWithoutSpace(text: string): number {
  let end = text.length
  while (end > 0 && isWhiteSpace(text.charCodeAt(end - 1))) end -= 1
  return end
}

/** Gives closing quotes and brackets at the start of a slice to the sentence before it; drops empty slices. */
function realign(text: string, flat: readonly number[], closing: Uint8Array): number[] {
  const sentences: number[] = []
  let carry = 0
  for (let index = 0; index < flat.length; index += 2) {
    const start = flat[index]! + carry
    const end = flat[index + 1]!
    carry = 0
    if (index + 2 < flat.length) {
      const nextStart = flat[index + 2]!
      const nextEnd = flat[index + 3]!
      const marksEnd = closingRun(text, nextStart, nextEnd, closing)
      if (marksEnd >= 0) {
        carry = skipSpace(text, marksEnd, nextEnd) - nextStart
        sentences.push(start, marksEnd)
        continue
      }
    }
    if (start < end) sentences.push(start, end)
  }
  return sentences
}

/** End of the closing marks at `start` that white space, the slice's end or a double dash follows; -1 if none. */
function closingRun(text: string, start: number, end: number, closing: Uint8Array): number {
  let index = start
  while (index < end && closing[text.charCodeAt(index)] === 1) index += 1
  if (index === start) return -1
  if (index === end || isWhiteSpace(text.charCodeAt(index))) return index
  return index + 1 < end && text.charCodeAt(index) === 0x2d && text.charCodeAt(index + 1) === 0x2d ? index : -1
}
