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
  const normalisation = buildNormalisation(tables)
  return {
    detect(text, seed = 0) {
      const grams = extractGrams(prepareText(text, tables), index, normalisation)
      if (grams.length === 0) return null
      const totals = sampleProbabilities(grams, index, profiles.length, new PythonRandom(seed))
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
  const { characterId, rowStart } = index
  const found = new Int32Array(text.length * 3)
  let count = 0
  const keep = (node: number): void => {
    if (node !== 0 && rowStart[node] !== rowStart[node + 1]) {
      found[count] = node
      count += 1
    }
  }
  const blankId = characterId[0x20]!
  let wasBlank = true
  let wasUpper = false
  let isCapitalWord = false
  let secondLast = -1
  let last = blankId
  for (let position = 0; position < text.length; position += 1) {
    let unit = text.charCodeAt(position)
    let isWide = false
    if (unit >= 0xd800 && unit < 0xdc00 && text.codePointAt(position)! > 0xffff) {
      isWide = true
      position += 1
    } else unit = form[unit]!
    const isBlank = unit === 0x20
    if (wasBlank) {
      secondLast = -1
      last = blankId
      isCapitalWord = false
      if (isBlank) continue
    }
    const id = isWide ? 0 : characterId[unit]!
    const isUpper = isWide ? wideUpper.test(text.slice(position - 1, position + 1)) : upper[unit] === 1
    if (!isUpper) isCapitalWord = false
    else if (wasUpper && !wasBlank) isCapitalWord = true
    if (!isCapitalWord && id !== 0) {
      if (!isBlank) keep(index.child(0, id))
      const previous = last === 0 ? 0 : index.child(0, last)
      if (previous !== 0) keep(index.child(previous, id))
      if (secondLast > 0 && previous !== 0) {
        const pair = index.child(index.child(0, secondLast), last)
        if (pair !== 0) keep(index.child(pair, id))
      }
    }
    secondLast = last
    last = id
    wasBlank = isBlank
    wasUpper = isUpper
  }
  return found.subarray(0, count)
}

const wideUpper = /\p{Uppercase}/u

function sampleProbabilities(
  grams: Int32Array,
  index: GramIndex,
  languages: number,
  random: PythonRandom,
): Float64Array {
  const { rowStart, languages: rowLanguages, probabilities } = index
  const totals = new Float64Array(languages)
  const current = new Float64Array(languages)
  const row = new Float64Array(languages)
  for (let trial = 0; trial < trials; trial += 1) {
    current.fill(1 / languages)
    const weight = (alphaMean + random.gauss() * alphaWidth) / baseFrequency
    for (let iteration = 0; ; iteration += 1) {
      const node = grams[random.choiceIndex(grams.length)]!
      const start = rowStart[node]!
      const end = rowStart[node + 1]!
      for (let entry = start; entry < end; entry += 1) row[rowLanguages[entry]!] = probabilities[entry]!
      for (let language = 0; language < languages; language += 1) current[language]! *= weight + row[language]!
      for (let entry = start; entry < end; entry += 1) row[rowLanguages[entry]!] = 0
      if (iteration % 5 === 0 && (normalise(current) > convergence || iteration >= maximumIterations)) break
    }
    for (let language = 0; language < languages; language += 1) totals[language]! += current[language]! / trials
  }
  return totals
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
