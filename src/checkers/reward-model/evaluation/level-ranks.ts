import { groupBy } from '../../../core/group-by.ts'
import { rankCorrelation } from '../../../stats/rank-correlation.ts'
import { meanEstimate } from '../../../stats/standard-error.ts'
import { mean } from '../../../stats/sum.ts'
import { rankGroup } from '../group-rank.ts'
import type { LabelledLine } from './labelled-line.ts'

/** Agreement of scores with levels, group by group. */
export interface LevelRanks {
  readonly groups: number
  /** Responses ranked, over all groups. */
  readonly responses: number
  /** Mean tau-b with ties as they are, over the groups that define it. */
  readonly tauB: number | null
  /** sd/√groups of tau-b. */
  readonly tauBError: number | null
  readonly undefinedGroups: number
  /** Mean with undefined groups as 0. */
  readonly tauBUndefinedAsZero: number | null
  readonly tauA: number | null
  readonly gamma: number | null
  /** Share of pairs of responses in the right order, pairs tied on both sides included (Deutsch and others 2023). */
  readonly pairwiseAccuracy: number | null
  /** The same with half a point for a pair that one side ties. */
  readonly pairwiseHalf: number | null
  /** The published script's figures: ties in the score go to the higher level, so that a constant scorer gets 1. */
  readonly weval: {
    readonly tau: number | null
    readonly positionConsistency: number | null
    readonly exactMatch: number | null
  }
}

type RankedLine = Pick<LabelledLine, 'group' | 'level' | 'checkpoint' | 'response'>

/**
 * Ranks the responses of each group by mean score against their level (the number of constraints they were written
 * for). Responses of different checkpoints are not ranked against each other. Null when no line has group and level.
 */
export function levelRanks(lines: readonly RankedLine[], probabilities: readonly number[]): LevelRanks | null {
  const placed = lines.flatMap(({ group, level, checkpoint, response }, index) => {
    if (group == null || level == null || level === '' || !Number.isFinite(Number(level))) return []
    return [
      { group: JSON.stringify([checkpoint ?? null, group]), level: Number(level), response, p: probabilities[index]! },
    ]
  })
  const groups = [...groupBy(placed, ({ group }) => group).values()]
    .map((rows) =>
      [...groupBy(rows, ({ level, response }) => `${level} ${response}`).values()].map((same) => ({
        level: same[0]!.level,
        score: tieable(mean(same.map(({ p }) => p))!),
      })),
    )
    .filter(({ length }) => length > 1)
  if (groups.length === 0) return null
  const ranked = groups.map(rankGroup)
  const honest = groups.map((rows) =>
    rankCorrelation(
      rows.map(({ score }) => score),
      rows.map(({ level }) => level),
    ),
  )
  const taus = honest.map(({ tauB }) => tauB)
  const plain = meanEstimate(defined(taus))
  const over = (values: readonly (number | null)[]) => mean(defined(values))
  return {
    groups: groups.length,
    responses: groups.flat().length,
    tauB: plain.mean,
    tauBError: plain.standardError,
    undefinedGroups: groups.length - plain.n,
    tauBUndefinedAsZero: mean(taus.map((tau) => tau ?? 0)),
    tauA: over(honest.map(({ tauA }) => tauA)),
    gamma: over(honest.map(({ gamma }) => gamma)),
    pairwiseAccuracy: over(honest.map(({ pairwiseAccuracy }) => pairwiseAccuracy)),
    pairwiseHalf: over(honest.map(({ pairwiseHalf }) => pairwiseHalf)),
    weval: {
      tau: over(ranked.map(({ officialTau }) => officialTau)),
      positionConsistency: over(ranked.map(({ positionConsistency }) => positionConsistency)),
      exactMatch: mean(ranked.map(({ exactMatch }) => Number(exactMatch))),
    },
  }
}

/** Means of coarse scores that are equal on paper differ in their last bits: 0.1 and 0.2 against 0 and 0.3. */
function tieable(score: number): number {
  return Math.round(score * 1e12) / 1e12
}

function defined(values: readonly (number | null)[]): number[] {
  return values.filter((value) => value !== null)
}
