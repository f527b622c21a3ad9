import type { Random } from '../../../core/random.ts'
import { sigmoid } from '../../../stats/logistic.ts'
import { type CrossTable, crossBits, crossSlot, propertyCount } from '../embedded/crosses.ts'
import type { PairMatrix } from './feature-matrix.ts'

/** How the weights of crosses are learnt. */
export interface CrossOptions {
  readonly epochs: number
  /** Step before it shrinks with what a weight has seen (Duchi et al. 2011, AdaGrad). */
  readonly rate: number
  /** Share of every weight that is lost with each step that touches it: an L2 penalty. */
  readonly decay: number
}

export const defaultCrosses: CrossOptions = { epochs: 3, rate: 0.5, decay: 1e-4 }

/** Logistic regression over hashed crosses by stochastic gradients. The same rows and random numbers give the same table. */
export function fitCrosses(
  { grams, properties }: Pick<PairMatrix, 'grams' | 'properties'>,
  rows: readonly number[],
  labels: Uint8Array,
  weightOf: Float32Array,
  random: Random,
  { epochs, rate, decay }: CrossOptions = defaultCrosses,
): Float32Array {
  const weights = new Float32Array(2 ** crossBits)
  const seen = new Float32Array(2 ** crossBits).fill(1e-2)
  const order = Uint32Array.from(rows)
  const slots = new Uint32Array(64 * propertyCount)
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    shuffle(order, random)
    for (const row of order) {
      const own = grams[row]!
      if (own.length === 0) continue
      const base = row * propertyCount
      let score = 0
      let used = 0
      for (let property = 0; property < propertyCount; property += 1) {
        const value = properties[base + property]!
        if (value === 0) continue
        for (let index = 0; index < own.length; index += 1) {
          const slot = crossSlot(own[index]!, property)
          slots[used] = slot
          used += 1
          score += value * weights[slot]!
        }
      }
      const gradient = ((sigmoid(score / own.length) - labels[row]!) * weightOf[row]!) / own.length
      if (Math.abs(gradient) < 1e-5) continue
      let at = 0
      for (let property = 0; property < propertyCount; property += 1) {
        const value = properties[base + property]!
        if (value === 0) continue
        const step = gradient * value
        const square = step * step
        for (let index = 0; index < own.length; index += 1) {
          const slot = slots[at]!
          at += 1
          seen[slot]! += square
          weights[slot] = weights[slot]! * (1 - decay) - (rate * step) / Math.sqrt(seen[slot]!)
        }
      }
    }
  }
  return weights
}

function shuffle(order: Uint32Array, random: Random): void {
  for (let index = order.length - 1; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1))
    const kept = order[index]!
    order[index] = order[other]!
    order[other] = kept
  }
}

/** The mean of some tables in whole steps of one scale. */
export function averageTables(tables: readonly Float32Array[]): CrossTable {
  const mean = new Float32Array(2 ** crossBits)
  for (const table of tables) {
    for (let slot = 0; slot < mean.length; slot += 1) mean[slot]! += table[slot]! / tables.length
  }
  let largest = 0
  for (const weight of mean) largest = Math.max(largest, Math.abs(weight))
  const scale = Math.fround(largest / 127) || 1
  return { weights: Int8Array.from(mean, (weight) => Math.round(weight / scale)), scale }
}
