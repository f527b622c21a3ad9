import type { ConstraintReading } from './constraint-reading.ts'
import { cues } from './cues.ts'
import { absent } from './feature-group.ts'

/** What the reading of the constraint says of the response, taken at its word. */
export const readingNames = ['reading:parts', 'reading:share', 'reading:all'] as const

const cueAt = (id: string) => cues.findIndex((cue) => cue.id === id)
const begin = cueAt('begin')
const end = cueAt('end')

/**
 * Writes how many requirements were read and how many of them hold: amounts, quoted texts there or not there, at the
 * beginning or at the end, places, the language, forms. This carries over to kinds of constraint that training never saw.
 * @param feature a feature of the pair by its name
 */
export function writeReading(
  constraint: ConstraintReading,
  feature: (name: string) => number,
  out: Float32Array,
  at: number,
): void {
  const held = requirements(constraint, feature)
  const met = held.filter(Boolean).length
  out[at] = held.length
  out[at + 1] = held.length === 0 ? absent : met / held.length
  out[at + 2] = held.length === 0 ? absent : Number(met === held.length)
}

function requirements(constraint: ConstraintReading, feature: (name: string) => number): boolean[] {
  const { claims, quotes, language, position } = constraint
  const held: boolean[] = []
  if (claims.length > 0) held.push(feature('claims:met-by-rule') === 1 || feature('claims:met-by-reader') === 1)
  const hasPlaces = position !== null && feature('position:share') !== absent
  if (hasPlaces) held.push(feature('position:share') === 1)
  const isOnlyPunctuation = quotes.length > 0 && feature('punctuation:others') !== absent && isAllPunctuation(quotes)
  if (isOnlyPunctuation) held.push(feature('punctuation:others') === 0)
  if (quotes.length > 0 && !hasPlaces && !isOnlyPunctuation && claims.every(({ unit }) => unit !== 'times')) {
    held.push(quotesHold(constraint, feature))
  }
  if (language !== null) held.push(feature('language:asked') === 1)
  if (held.length === 0 && feature('marks:agree') !== absent) held.push(feature('marks:agree') >= 0.5)
  return held
}

function quotesHold({ cues: flags, isNegated, quotes }: ConstraintReading, feature: (name: string) => number): boolean {
  if (flags[begin] === 1 && flags[end] === 1 && quotes.length > 1) return feature('quotes:framed-exactly') === 1
  if (flags[begin] === 1) return (feature('quotes:starts-loosely') === 1) !== isNegated
  if (flags[end] === 1) return (feature('quotes:ends-loosely') === 1) !== isNegated
  return isNegated ? feature('quotes:found') === 0 : feature('quotes:found') === 1
}

function isAllPunctuation(quotes: readonly string[]): boolean {
  return quotes.every((quote) => /^\p{P}+$/u.test(quote))
}
