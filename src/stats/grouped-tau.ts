import { rankCorrelation } from './rank-correlation.ts'
import { meanEstimate } from './standard-error.ts'

/** Rankings compared group by group. */
export interface GroupedTau {
  readonly groups: number
  /** Groups in which tau-b is undefined (one side ties everything). */
  readonly undefinedGroups: number
  /** Mean of tau-b over the groups that define it. */
  readonly mean: number | null
  /** sd/√groups. */
  readonly standardError: number | null
  /** Mean with the undefined groups entered as 0. */
  readonly meanUndefinedAsZero: number | null
}

/** Tau-b per group first, then the mean over groups: rankings of different groups are not comparable. */
export function groupedTau(
  groups: readonly { readonly first: readonly number[]; readonly second: readonly number[] }[],
): GroupedTau {
  const taus = groups.map(({ first, second }) => rankCorrelation(first, second).tauB)
  const { mean, standardError, n } = meanEstimate(taus.filter((tau) => tau !== null))
  return {
    groups: groups.length,
    undefinedGroups: groups.length - n,
    mean,
    standardError,
    meanUndefinedAsZero: meanEstimate(taus.map((tau) => tau ?? 0)).mean,
  }
}
