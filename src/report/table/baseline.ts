import type { SignificanceMark } from '../../stats/compare-family.ts'
import type { ScoredRun } from './table-model.ts'

/** Tests of every run of a table against one of them. */
export interface BaselineTests {
  /** Names test, baseline, family, correction, resamples and seed. */
  readonly note: string
  /** Why some figures were not tested, one line each. */
  readonly refusals: readonly string[]
  markOf(run: ScoredRun, benchmark: string): SignificanceMark
}
