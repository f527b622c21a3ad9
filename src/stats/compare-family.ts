import type { Metric } from '../core/metric.ts'
import { canShowDifference, verdictOf } from './compare.ts'
import type { CompareOptions, CompareVerdict, Comparison } from './compare.types.ts'
import { holm } from './multiple-testing.ts'

/** A comparison inside its family. */
export interface FamilyMember {
  readonly comparison: Comparison
  /** Holm's p over all members that have one; null where there is none. */
  readonly adjustedP: number | null
  /** By `adjustedP`. */
  readonly verdict: CompareVerdict
  readonly mark: SignificanceMark
}

/** Table marks: `*` adjusted p < 0.05, `**` < 0.01, `***` < 0.001, a dagger when only the unadjusted p is below 0.05. */
export type SignificanceMark = '' | '†' | '*' | '**' | '***'

/**
 * Holm's adjustment over one family: all tests that one table shows for one pair of checkpoints, one per benchmark, the
 * primary figure only. A comparison without p takes no part and does not enlarge the family.
 */
export function adjustFamily(
  members: readonly { readonly comparison: Comparison; readonly scale: Metric['scale'] }[],
  options: Pick<CompareOptions, 'alpha' | 'resolution'> = {},
): readonly FamilyMember[] {
  const tested = members.flatMap(({ comparison }) => (comparison.p === null ? [] : [comparison.p]))
  const adjusted = holm(tested)
  let next = 0
  return members.map(({ comparison, scale }) => {
    const adjustedP = comparison.p === null ? null : adjusted[next++]!
    const verdict = verdictOf({ ...comparison, p: adjustedP }, scale, options)
    return { comparison, adjustedP, verdict, mark: significanceMark(comparison, adjustedP) }
  })
}

function significanceMark(comparison: Comparison, adjustedP: number | null): SignificanceMark {
  if (comparison.p === null || adjustedP === null || !canShowDifference(comparison)) return ''
  if (adjustedP < 0.001) return '***'
  if (adjustedP < 0.01) return '**'
  if (adjustedP < 0.05) return '*'
  return comparison.p < 0.05 ? '†' : ''
}
