import type { RatioShare } from '../../stats/metric-table.types.ts'
import type { Raw } from './question-state.ts'
import type { ScoredQuestion } from './scored-item.ts'

/** How a verdict counts: held, or merely not false (a 2 then counts as satisfied). */
export type Counts = (raw: Raw) => boolean

/** Equal to true: what the official script asks for in all DRFR figures. */
export const held: Counts = (raw) => raw === true

/**
 * Truthy: what the official script asks for in its two tables by type.
 *
 * parity: there a rule form that it does not know counts as satisfied.
 */
export const truthy: Counts = (raw) => raw === true || raw === 2

/** One item's share of a figure over some of its questions, each with a weight of 1; null without questions. */
export function shareOf(cluster: string, questions: readonly ScoredQuestion[], counts: Counts): RatioShare | null {
  if (questions.length === 0) return null
  const known = questions.filter(({ point }) => point !== undefined)
  const total = { denominator: questions.length }
  return {
    cluster,
    numerator: known.filter(({ point }) => counts(point)).length,
    denominator: known.length,
    missing: questions.filter(({ isMissing }) => isMissing).length,
    low: { ...total, numerator: questions.filter(({ low }) => counts(low)).length },
    high: { ...total, numerator: questions.filter(({ high }) => counts(high)).length },
  }
}
