import type { ConstraintReading } from './constraint-reading.ts'
import { absent } from './feature-group.ts'
import { featureNames } from './features.ts'
import { formatMarks } from './format-marks.ts'
import type { ResponseReading } from './response-reading.ts'

/** Slots of a table as a power of two. */
export const crossBits = 17

/**
 * A linear model over hashed crosses: every n-gram of the constraint with every coarse property of the pair has a weight
 * of its own, in a table that hashes share.
 */
export interface CrossTable {
  /** `2^crossBits` weights, in units of `scale`. */
  readonly weights: Int8Array | Float32Array
  readonly scale: number
}

/** Features of the pair that lie between 0 and 1 (or are absent): -1 to 1 as a property. */
const shares = [
  'claims:met-by-rule',
  'claims:met-by-reader',
  'claims:met-plain',
  'quotes:found',
  'quotes:found-as-word',
  'quotes:found-same-case',
  'quotes:starts-loosely',
  'quotes:ends-loosely',
  'quotes:starts-exactly',
  'quotes:ends-exactly',
  'quotes:equal',
  'quotes:equal-exactly',
  'quotes:after-start',
  'position:share',
  'marks:agree',
  'language:asked',
  'reading:all',
].map((name) => featureNames.indexOf(name))
const others = featureNames.indexOf('punctuation:others')

const cases = ['upper', 'lower', 'mixed', 'none'] as const
const tongues = ['en', 'zh']
const lengthSteps = 8

/** Number of properties. */
export const propertyCount =
  1 + shares.length + 1 + formatMarks.length + cases.length + tongues.length + 1 + lengthSteps

/** A multiplier per property: hashes of one n-gram with all properties lie far apart. */
const salts = Uint32Array.from({ length: propertyCount }, (_, index) => Math.imul(index + 1, 0x9e3779b1) >>> 0)

/**
 * Writes the coarse properties of a pair, each from -1 to 1, 0 where it has none.
 * @param row its features
 */
export function writeProperties(row: Float32Array, response: ResponseReading, out: Float32Array): void {
  let at = 0
  out[at++] = 1
  for (const feature of shares) out[at++] = row[feature] === absent ? 0 : 2 * row[feature]! - 1
  out[at++] = row[others] === absent ? 0 : row[others] === 0 ? 1 : -1
  for (const held of response.marks) out[at++] = held === 1 ? 1 : -1
  for (const letterCase of cases) out[at++] = response.letterCase === letterCase ? 1 : 0
  for (const tongue of tongues) out[at++] = response.language === tongue ? 1 : 0
  out[at++] = response.language !== null && !tongues.includes(response.language) ? 1 : 0
  const step = Math.min(lengthSteps - 1, Math.floor(Math.log2(response.counts.word[1] + 1) / 1.5))
  for (let index = 0; index < lengthSteps; index += 1) out[at++] = index === step ? 1 : 0
}

/** Slot of an n-gram with a property. */
export function crossSlot(gram: number, property: number): number {
  return Math.imul(gram ^ salts[property]!, 0x85ebca6b) >>> (32 - crossBits)
}

/** Log-odds of a pair: the mean over its n-grams of what their crosses weigh. 0 for a constraint without n-grams. */
export function crossScore(
  { weights, scale }: CrossTable,
  { grams }: Pick<ConstraintReading, 'grams'>,
  properties: Float32Array,
): number {
  if (grams.length === 0) return 0
  let sum = 0
  for (let property = 0; property < propertyCount; property += 1) {
    const value = properties[property]!
    if (value === 0) continue
    const salt = salts[property]!
    let part = 0
    for (let index = 0; index < grams.length; index += 1) {
      part += weights[Math.imul(grams[index]! ^ salt, 0x85ebca6b) >>> (32 - crossBits)]!
    }
    sum += value * part
  }
  return (sum * scale) / grams.length
}
