import { groupBy } from '../../../core/group-by.ts'
import { mulberry32 } from '../../../core/random.ts'
import type { BinaryAgreement } from '../../../stats/binary-agreement.ts'
import { mean } from '../../../stats/sum.ts'
import { responseKey, type ScoredLine } from './clusters.ts'

/** What wrong labels do to a score. */
export interface NoiseRow {
  /** Share of labels turned round. */
  readonly noise: number
  /** Share of satisfied constraints that would be measured. */
  readonly constraintScore: number
  /**
   * Share of responses with every constraint satisfied that would be measured; mean over draws. Null where every
   * response has one constraint.
   */
  readonly responseScore: number | null
  /** What is left of a true difference between two checkpoints: 1 - 2·noise. */
  readonly differenceKept: number
}

/** What a scorer's own errors do to the score it measures. */
export interface ScorerBias {
  /** Share satisfied by the labels, and by the scorer. */
  readonly labelled: number
  readonly measured: number
  /** What is left of a true difference: recall + specificity - 1. */
  readonly differenceKept: number
  /** (measured - (1 - specificity)) / (recall + specificity - 1), cut to 0..1; null where the divisor is not positive. */
  readonly corrected: number | null
}

const noiseLevels = [0, 0.01, 0.02, 0.05, 0.1, 0.2]
const draws = 200

/** Scores under labels that are turned round at random, each with the same chance. */
export function labelNoise(pairs: readonly ScoredLine[], seed: number): NoiseRow[] {
  const satisfied = mean(pairs.map(({ label }) => label)) ?? 0
  const responses = [...groupBy(pairs, ({ line }) => responseKey(line)).values()]
  const hasSeveral = responses.length < pairs.length
  return noiseLevels.map((noise) => ({
    noise,
    constraintScore: satisfied * (1 - noise) + (1 - satisfied) * noise,
    responseScore: hasSeveral ? noisyResponses(responses, noise, seed) : null,
    differenceKept: 1 - 2 * noise,
  }))
}

function noisyResponses(responses: readonly (readonly ScoredLine[])[], noise: number, seed: number): number {
  const random = mulberry32(seed)
  let whole = 0
  for (let draw = 0; draw < draws; draw += 1) {
    for (const pairs of responses) {
      let isWhole = true
      // Every label takes its draw, so that equal seeds compare equal flips.
      for (const { label } of pairs) if ((random() < noise ? 1 - label : label) === 0) isWhole = false
      if (isWhole) whole += 1
    }
  }
  return whole / (draws * responses.length)
}

/**
 * Bias of a satisfaction rate that a scorer measures, and the rate corrected for it (Rogan and Gladen 1978,
 * "Estimating prevalence from the results of a screening test").
 */
export function scorerBias({ recall, specificity }: BinaryAgreement, labelled: number): ScorerBias {
  const measured = labelled * recall + (1 - labelled) * (1 - specificity)
  const differenceKept = recall + specificity - 1
  const corrected =
    differenceKept <= 0 ? null : Math.min(1, Math.max(0, (measured - (1 - specificity)) / differenceKept))
  return { labelled, measured, differenceKept, corrected }
}
