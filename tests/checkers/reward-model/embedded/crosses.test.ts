import { describe, expect, it } from 'vitest'
import { readConstraint } from '../../../../src/checkers/reward-model/embedded/constraint-reading.ts'
import {
  crossBits,
  crossScore,
  crossSlot,
  propertyCount,
  writeProperties,
} from '../../../../src/checkers/reward-model/embedded/crosses.ts'
import { featureNames, writeFeatures } from '../../../../src/checkers/reward-model/embedded/features.ts'
import { hashedGrams } from '../../../../src/checkers/reward-model/embedded/n-grams.ts'
import { ResponseReading } from '../../../../src/checkers/reward-model/embedded/response-reading.ts'
import { averageTables, fitCrosses } from '../../../../src/checkers/reward-model/training/fit-crosses.ts'
import { mulberry32 } from '../../../../src/core/random.ts'

function properties(constraint: string, response: string): Float32Array {
  const row = new Float32Array(featureNames.length)
  const out = new Float32Array(propertyCount).fill(Number.NaN)
  const reading = new ResponseReading(response)
  writeFeatures(readConstraint(constraint), reading, row)
  writeProperties(row, reading, out)
  return out
}

describe('hashed n-grams', () => {
  it('are single words and pairs of words, each once', () => {
    expect(hashedGrams('be kind be kind')).toHaveLength(4)
    expect(hashedGrams('be kind')).toHaveLength(3)
  })

  it('are one to three signs in Chinese', () => {
    expect(hashedGrams('语气正式')).toHaveLength(4 + 3 + 2)
  })

  it('do not tell numbers apart', () => {
    expect(hashedGrams('at least 30 words')).toEqual(hashedGrams('at least 1200 words'))
    expect(hashedGrams('at least 30 words')).not.toEqual(hashedGrams('at most 30 words'))
  })

  it('of a quoted text do not count', () => {
    expect(readConstraint('Mention "quiet rivers".').grams).toEqual(readConstraint('Mention "loud mountains".').grams)
  })

  it('are bounded in number', () => {
    const long = Array.from({ length: 500 }, (_, index) => `w${String.fromCharCode(97 + (index % 26))}x`).join(' ')
    expect(hashedGrams(long).length).toBeLessThan(64)
  })
})

describe('crosses', () => {
  it('have a property for everything, from -1 to 1', () => {
    for (const response of ['', 'One. Two!', '第一段。', 'A'.repeat(3000)]) {
      for (const constraint of ['', 'Use "one" and at least 2 words.', '请用中文。']) {
        expect(properties(constraint, response).every((value) => value >= -1 && value <= 1)).toBe(true)
      }
    }
  })

  it('weigh the mean over the n-grams, each with each property', () => {
    const weights = new Float32Array(2 ** crossBits)
    const grams = Uint32Array.of(7, 11)
    weights[crossSlot(7, 0)] = 3
    weights[crossSlot(11, 2)] = 1
    const held = new Float32Array(propertyCount)
    held[0] = 1
    held[2] = -1
    expect(crossScore({ weights, scale: 0.5 }, { grams }, held)).toBe(((3 - 1) / 2) * 0.5)
    expect(crossScore({ weights, scale: 1 }, { grams: new Uint32Array(0) }, held)).toBe(0)
  })

  it('learn which words ask for which property, and give the same table again', () => {
    const texts = ['dispense with exclamation marks', 'let exclamation marks ring']
    const responses = ['Well!', 'Well.']
    const rows = Array.from({ length: 400 }, (_, index) => ({
      constraint: texts[index % 2]!,
      response: responses[(index >> 1) % 2]!,
      label: index % 2 === (index >> 1) % 2 ? 0 : 1,
    }))
    const matrix = {
      grams: rows.map(({ constraint }) => readConstraint(constraint).grams),
      properties: Float32Array.from(rows.flatMap(({ constraint, response }) => [...properties(constraint, response)])),
    }
    const fit = () =>
      fitCrosses(
        matrix,
        rows.map((_, index) => index),
        Uint8Array.from(rows, ({ label }) => label),
        new Float32Array(rows.length).fill(1),
        mulberry32(3),
      )
    const table = averageTables([fit()])
    const score = (index: number) =>
      crossScore(table, { grams: matrix.grams[index]! }, properties(rows[index]!.constraint, rows[index]!.response))
    expect([0, 1, 2, 3].map((index) => score(index) > 0)).toEqual(rows.slice(0, 4).map(({ label }) => label === 1))
    expect(fit()).toEqual(fit())
  })
})
