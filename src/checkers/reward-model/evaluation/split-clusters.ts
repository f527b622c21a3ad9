import { deriveSeed } from '../../../core/random.ts'
import type { ScoredPair } from './measure.ts'

/** Halves of a labelled set: to fit on, and to measure on. */
export interface Halves<T> {
  readonly fitted: readonly T[]
  readonly tested: readonly T[]
}

/** Splits whole clusters by a hash of their names: the same halves on every machine, whatever else is in the file. */
export function splitClusters<T extends ScoredPair>(pairs: readonly T[]): Halves<T> {
  const isFitted = ({ cluster }: T) => deriveSeed('recalibration', cluster) % 2 === 0
  return { fitted: pairs.filter(isFitted), tested: pairs.filter((pair) => !isFitted(pair)) }
}
