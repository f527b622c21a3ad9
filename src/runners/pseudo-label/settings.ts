import type { Sampling } from '../../core/sampling.ts'
import type { GenerationMode } from './generator-prompts.ts'

/** What of the pairs is written. */
export const pairKinds = ['soft', 'hard', 'all'] as const
/** `soft`: constraints that no rule can check, as the paper trains on; `hard`: the others. */
export type PairKinds = (typeof pairKinds)[number]

/** How pseudo-labels are made. */
export interface PseudoLabelSettings {
  /** Highest level: constraints used of an instruction. */
  readonly levels: number
  /** Also answer the bare task (level 0), so that the first constraint gets a pair. */
  readonly hasLevelZero: boolean
  /** How the constraints of seeds that bring none are had. */
  readonly mode: GenerationMode
  readonly include: PairKinds
  /** Leave out pairs whose label a rule contradicts. */
  readonly dropsContradicted: boolean
  /** Sampling of the responses. */
  readonly sampling: Sampling
  /** Sampling of the generator. */
  readonly generatorSampling: Sampling
}
