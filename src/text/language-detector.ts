import { DenseRows } from './_dense-rows.ts'
import { buildGramIndex, type GramIndex } from './_gram-index.ts'
import { buildNormalisation, type Normalisation } from './_language-normalisation.ts'
import { prepareText } from './_language-text.ts'
import type { LanguageProfile } from './language-profile.ts'
import type { LanguageTables } from './language-tables.ts'
import { PythonRandom } from './mersenne-twister.ts'

const trials = 7
const alphaMean = 0.5
const alphaWidth = 0.05
const baseFrequency = 10_000
const convergence = 0.99999
const maximumIterations = 1000
const answerThreshold = 0.1

/** Detects the language of a text. Made by {@link createLanguageDetector}. */
export interface LanguageDetector {
  /**
   * Code of the most probable language, `unknown` if none is probable, or null for a text without features (digits,
   * punctuation, unknown scripts), where langdetect raises an error.
   * @param seed of the sampling, @default 0; the same seed gives the same answer
   */
  detect(text: string, seed?: number): string | null
}

/**
 * The naive Bayes detector of langdetect 1.0.9 (Nakatani Shuyo's language-detection), bit for bit with a seed.
 * @param profiles one per language, in the order of their file names
 */
export function createLanguageDetector(profiles: readonly LanguageProfile[], tables: LanguageTables): LanguageDetector {
  const index = buildGramIndex(profiles)
  const rows = new DenseRows(index, profiles.length)
  const normalisation = buildNormalisation(tables)
  return {
    detect(text, seed = 0) {
      const grams = extractGrams(prepareText(text, tables), index, normalisation)
      if (grams.length === 0) return null
      const totals = sampleProbabilities(grams, rows, new PythonRandom(seed))
      let best = -1
      for (let language = 0; language < totals.length; language += 1) {
        if (totals[language]! > answerThreshold && (best < 0 || totals[language]! > totals[best]!)) best = language
      }
      return best < 0 ? 'unknown' : profiles[best]!.name
    },
  }
}

/** Nodes of all grams of one to three characters that some profile has, as often as they occur. */
function extractGrams(text: string, index: GramIndex, { form, upper }: Normalisation): Int32Array {
  const { firstNode, characterId, rowStart } = index
  const found = new Int32Array(text.length * 3)
  let count = 0
  const blank = firstNode[BLANK]!
  // Nodes of the last character and of the last two; 0 where there is none.
  let lastNode = blank
  let pairNode = 0
  let wasBlank = true
  let wasUpper = false
  let isCapitalWord = false
  for (let position = 0; position < text.length; position += 1) {
    const raw = text.charCodeAt(position)
    const isWide = raw >= 0xd800 && raw < 0xdc00 && text.codePointAt(position)! > 0xffff
    const unit = isWide ? 0 : form[raw]!
    if (wasBlank) {
      lastNode = blank
      pairNode = 0
      isCapitalWord = false
      if (unit === BLANK) continue
    }
    const isUpper = isWide ? wideUpper.test(text.slice(position, position + 2)) : upper[unit] === 1
    if (isWide) position += 1
    if (!isUpper) isCapitalWord = false
    else if (wasUpper && !wasBlank) isCapitalWord = true
    const id = characterId[unit]!
    const single = isWide ? 0 : firstNode[unit]!
    const pair = lastNode === 0 || id === 0 ? 0 : index.child(lastNode, id)
    if (!isCapitalWord && id !== 0) {
      if (single !== 0 && unit !== BLANK && rowStart[single] !== rowStart[single + 1]) {
        found[count] = single
        count += 1
      }
      if (pair !== 0 && rowStart[pair] !== rowStart[pair + 1]) {
        found[count] = pair
        count += 1
      }
      const triple = pairNode === 0 ? 0 : index.child(pairNode, id)
      if (triple !== 0) {
        found[count] = triple
        count += 1
      }
    }
    lastNode = single
    pairNode = pair
    wasBlank = unit === BLANK
    wasUpper = isUpper
  }
  return found.subarray(0, count)
}

const BLANK = 0x20
const wideUpper = /\p{Uppercase}/u

function sampleProbabilities(grams: Int32Array, rows: DenseRows, random: PythonRandom): Float64Array {
  const { languages } = rows
  const totals = new Float64Array(languages)
  const current = new Float64Array(languages)
  const pick = (): number => rows.offsetOf(grams[random.choiceIndex(grams.length)]!)
  for (let trial = 0; trial < trials; trial += 1) {
    current.fill(1 / languages)
    const weight = (alphaMean + random.gauss() * alphaWidth) / baseFrequency
    multiplyOnce(current, weight, pick(), rows)
    for (let iteration = 0; normalise(current) <= convergence && iteration < maximumIterations; iteration += 5) {
      multiplyFiveTimes(current, weight, [pick(), pick(), pick(), pick(), pick()], rows)
    }
    for (let language = 0; language < languages; language += 1) totals[language]! += current[language]! / trials
  }
  return totals
}

function multiplyOnce(current: Float64Array, weight: number, offset: number, { values }: DenseRows): void {
  for (let language = 0; language < current.length; language += 1)
    current[language]! *= weight + values[offset + language]!
}

/** Five updates in one pass over the languages: the products are formed in the same order as one by one. */
function multiplyFiveTimes(
  current: Float64Array,
  weight: number,
  [first, second, third, fourth, fifth]: readonly [number, number, number, number, number],
  { values }: DenseRows,
): void {
  for (let language = 0; language < current.length; language += 1) {
    let probability = current[language]! * (weight + values[first + language]!)
    probability *= weight + values[second + language]!
    probability *= weight + values[third + language]!
    probability *= weight + values[fourth + language]!
    current[language] = probability * (weight + values[fifth + language]!)
  }
}

/** Divides by the sum, in place; returns the largest share. */
function normalise(values: Float64Array): number {
  let sum = 0
  for (let index = 0; index < values.length; index += 1) sum += values[index]!
  let largest = 0
  for (let index = 0; index < values.length; index += 1) {
    const share = values[index]! / sum
    values[index] = share
    if (share > largest) largest = share
  }
  return largest
}
