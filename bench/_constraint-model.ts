import type { Random } from '../src/core/random.ts'
import { normalQuantile } from '../src/stats/distributions.ts'
import { sigmoid } from '../src/stats/logistic.ts'

/** Passes of one checkpoint: `passed[prompt]` of `asked[prompt]` constraints. */
export interface SimulatedPair {
  readonly asked: Uint8Array
  readonly a: Uint8Array
  readonly b: Uint8Array
  /** Constraints that only one of the two passed, over all prompts. */
  readonly onlyA: number
  readonly onlyB: number
}

/**
 * A benchmark of prompts with one to six constraints each. The chance of a constraint hangs on the prompt (an effect
 * shared by all its constraints and by both checkpoints), on how many constraints there are, on the constraint, and on
 * an effect of checkpoint and prompt, so that two equally good checkpoints fail on different prompts.
 */
export const model = {
  intercept: 1.9,
  perConstraint: -0.15,
  promptDeviation: 1.5,
  constraintDeviation: 0.7,
  checkpointDeviation: 0.6,
  most: 6,
} as const

/** One draw of the benchmark and of two equally good checkpoints on it. */
export function drawPair(random: Random, prompts: number): SimulatedPair {
  const asked = new Uint8Array(prompts)
  const a = new Uint8Array(prompts)
  const b = new Uint8Array(prompts)
  let onlyA = 0
  let onlyB = 0
  const normal = () => normalQuantile(random() || 0.5)
  for (let prompt = 0; prompt < prompts; prompt += 1) {
    const count = 1 + Math.floor(random() * model.most)
    const base = model.intercept + model.perConstraint * count + model.promptDeviation * normal()
    const effectA = model.checkpointDeviation * normal()
    const effectB = model.checkpointDeviation * normal()
    asked[prompt] = count
    for (let constraint = 0; constraint < count; constraint += 1) {
      const level = base + model.constraintDeviation * normal()
      const passA = Number(random() < sigmoid(level + effectA))
      const passB = Number(random() < sigmoid(level + effectB))
      a[prompt]! += passA
      b[prompt]! += passB
      if (passA > passB) onlyA += 1
      if (passB > passA) onlyB += 1
    }
  }
  return { asked, a, b, onlyA, onlyB }
}

/** The figures of the model itself, from so many prompts that their error does not count. */
export function trueFigures(random: Random, prompts = 4_000_000): { csr: number; allSatisfied: number } {
  let passed = 0
  let asked = 0
  let complete = 0
  for (let done = 0; done < prompts; done += 10_000) {
    const pair = drawPair(random, 10_000)
    pair.asked.forEach((count, prompt) => {
      asked += 2 * count
      passed += pair.a[prompt]! + pair.b[prompt]!
      complete += Number(pair.a[prompt] === count) + Number(pair.b[prompt] === count)
    })
  }
  return { csr: passed / asked, allSatisfied: complete / (2 * prompts) }
}
