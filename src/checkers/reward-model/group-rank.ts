import { DataError } from '../../core/errors.ts'
import { rankCorrelation } from '../../stats/rank-correlation.ts'
import { mean } from '../../stats/sum.ts'

/** One response of a group: what the scorer gave it, and how many constraints it was written for. */
export interface GroupRow {
  readonly score: number
  /** Number of ids in the row's `instruction_id_list`; more is better. */
  readonly level: number
}

/** Agreement of one group's order by score with its order by level. */
export interface GroupRank {
  /** Rank 1 is the best; in the order of the rows. */
  readonly rankByScore: readonly number[]
  readonly rankByLabel: readonly number[]
  /** Tau-b of the two rank sequences, which have no ties left. */
  readonly officialTau: number | null
  /** 1 - mean(|difference of ranks|)/(g - 1); null for groups of one. */
  readonly positionConsistency: number | null
  readonly exactMatch: boolean
  /** Tau-b of score against level as they are: print it beside the official figure, always. */
  readonly plainTau: number | null
}

/** Means over groups. */
export interface GroupRankSummary {
  readonly groups: readonly GroupRank[]
  readonly officialTau: number | null
  readonly positionConsistency: number | null
  readonly exactMatch: number | null
  /** Mean over the groups in which it is defined. */
  readonly plainTau: number | null
  readonly plainTauUndefined: number
}

/**
 * Ranks one group as `WEval/cal_corr.py` does (Rainier-rq1/From_Coarse_to_Fine at 9e31c7c).
 */
export function rankGroup(rows: readonly GroupRow[]): GroupRank {
  const size = rows.length
  // parity: ties in the score go to the row with more constraints, so a constant scorer ranks perfectly.
  const rankByScore = positions(rows, (one, other) => other.score - one.score || other.level - one.level)
  // parity: "g - level" is sorted descending and turned round, so equal levels get their ranks from the last row on.
  const rankByLabel = positions(rows, (one, other) => one.level - other.level).map((rank) => size + 1 - rank)
  const apart = mean(rankByScore.map((rank, row) => Math.abs(rank - rankByLabel[row]!)))
  return {
    rankByScore,
    rankByLabel,
    officialTau: rankCorrelation(rankByScore, rankByLabel).tauB,
    positionConsistency: apart === null || size < 2 ? null : 1 - apart / (size - 1),
    exactMatch: rankByScore.every((rank, row) => rank === rankByLabel[row]),
    plainTau: rankCorrelation(
      rows.map(({ score }) => score),
      rows.map(({ level }) => level),
    ).tauB,
  }
}

/**
 * The official group procedure over rows that come in consecutive groups.
 * @throws DataError `incomplete-group` when the rows do not fill the last group
 */
export function rankGroups(rows: readonly GroupRow[], groupSize: number): GroupRankSummary {
  if (!(Number.isInteger(groupSize) && groupSize >= 1) || rows.length % groupSize !== 0) {
    throw new DataError(
      'incomplete-group',
      `Expected a number of rows that is a multiple of the group size ${groupSize}, got ${rows.length}`,
    )
  }
  const groups: GroupRank[] = []
  for (let start = 0; start < rows.length; start += groupSize)
    groups.push(rankGroup(rows.slice(start, start + groupSize)))
  const plain = defined(groups.map(({ plainTau }) => plainTau))
  return {
    groups,
    officialTau: mean(defined(groups.map(({ officialTau }) => officialTau))),
    positionConsistency: mean(defined(groups.map(({ positionConsistency }) => positionConsistency))),
    exactMatch: mean(groups.map(({ exactMatch }) => Number(exactMatch))),
    plainTau: mean(plain),
    plainTauUndefined: groups.length - plain.length,
  }
}

function defined(values: readonly (number | null)[]): number[] {
  return values.filter((value) => value !== null)
}

/** Rank of every row in a stable sort, 1 first. */
function positions(rows: readonly GroupRow[], compare: (one: GroupRow, other: GroupRow) => number): number[] {
  const ranks = new Array<number>(rows.length)
  const order = rows.map((_row, index) => index).sort((one, other) => compare(rows[one]!, rows[other]!))
  order.forEach((row, position) => {
    ranks[row] = position + 1
  })
  return ranks
}
