import { mean } from '../../../stats/sum.ts'
import { rankGroup } from '../group-rank.ts'
import type { LabelledLine } from './labelled-line.ts'

/** Agreement of scores with levels, group by group. */
export interface LevelRanks {
  readonly groups: number
  /** Mean tau-b with ties as they are, over the groups that define it. */
  readonly tauB: number | null
  readonly undefinedGroups: number
  /** Mean with undefined groups as 0. */
  readonly tauBUndefinedAsZero: number | null
  /** The published script's figures: ties in the score go to the higher level, so that a constant scorer gets 1. */
  readonly weval: {
    readonly tau: number | null
    readonly positionConsistency: number | null
    readonly exactMatch: number | null
  }
}

/**
 * Ranks the responses of each group by mean score against their level (the number of constraints they were written
 * for). Null when no line has group and level.
 */
export function levelRanks(
  lines: readonly Pick<LabelledLine, 'group' | 'level'>[],
  probabilities: readonly number[],
): LevelRanks | null {
  const groups = new Map<string, Map<number, number[]>>()
  lines.forEach(({ group, level }, index) => {
    const number = Number(level)
    if (group == null || level == null || !Number.isFinite(number)) return
    const levels = groups.get(String(group)) ?? new Map<number, number[]>()
    groups.set(String(group), levels)
    levels.set(number, [...(levels.get(number) ?? []), probabilities[index]!])
  })
  const ranked = [...groups.values()]
    .filter(({ size }) => size > 1)
    .map((levels) => rankGroup([...levels].map(([level, scores]) => ({ level, score: mean(scores)! }))))
  if (ranked.length === 0) return null
  const plain = ranked.map(({ plainTau }) => plainTau)
  const defined = plain.filter((tau) => tau !== null)
  return {
    groups: ranked.length,
    tauB: mean(defined),
    undefinedGroups: plain.length - defined.length,
    tauBUndefinedAsZero: mean(plain.map((tau) => tau ?? 0)),
    weval: {
      tau: mean(ranked.map(({ officialTau }) => officialTau).filter((tau) => tau !== null)),
      positionConsistency: mean(
        ranked.map(({ positionConsistency }) => positionConsistency).filter((share) => share !== null),
      ),
      exactMatch: mean(ranked.map(({ exactMatch }) => Number(exactMatch))),
    },
  }
}
