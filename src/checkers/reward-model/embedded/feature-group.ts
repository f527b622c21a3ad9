import type { ConstraintReading } from './constraint-reading.ts'
import type { ResponseReading } from './response-reading.ts'

/** Value of a feature that a pair does not have: below every value that one can have. */
export const absent = -9

/** Some features with a fixed order. */
export interface FeatureGroup {
  readonly names: readonly string[]
  /** Writes one value per name from `at` on. */
  write(out: Float32Array, at: number, constraint: ConstraintReading, response: ResponseReading): void
}
