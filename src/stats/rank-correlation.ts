/** Agreement of two rankings of the same things, over all pairs of things. */
export interface RankCorrelation {
  readonly concordant: number
  readonly discordant: number
  /** Pairs tied in the first ranking only, in the second only, in both. */
  readonly tiedFirst: number
  readonly tiedSecond: number
  readonly tiedBoth: number
  /** (C - D)/N. All figures are null where they would divide by 0. */
  readonly tauA: number | null
  /** (C - D)/sqrt((C + D + Tx)(C + D + Ty)). */
  readonly tauB: number | null
  /** 2(C - D)/(n²(m - 1)/m), m the smaller number of distinct values. */
  readonly tauC: number | null
  /** (C - D)/(C + D). */
  readonly gamma: number | null
  /** (C + Txy)/N. Source: Deutsch, Foster, Freitag 2023, "Ties Matter". */
  readonly pairwiseAccuracy: number | null
  /** C/N. */
  readonly pairwiseStrict: number | null
  /** (C + Txy + (Tx + Ty)/2)/N. */
  readonly pairwiseHalf: number | null
}

/** Looks at every pair: meant for groups and leaderboards (time grows with n²). */
export function rankCorrelation(first: ArrayLike<number>, second: ArrayLike<number>): RankCorrelation {
  const n = first.length
  let concordant = 0
  let discordant = 0
  let tiedFirst = 0
  let tiedSecond = 0
  let tiedBoth = 0
  for (let i = 0; i < n; i += 1) {
    for (let j = i + 1; j < n; j += 1) {
      const x = Math.sign(first[i]! - first[j]!)
      const y = Math.sign(second[i]! - second[j]!)
      if (x === 0 && y === 0) tiedBoth += 1
      else if (x === 0) tiedFirst += 1
      else if (y === 0) tiedSecond += 1
      else if (x === y) concordant += 1
      else discordant += 1
    }
  }
  const pairs = (n * (n - 1)) / 2
  const surplus = concordant - discordant
  const decided = concordant + discordant
  const distinct = Math.min(new Set(Array.from(first)).size, new Set(Array.from(second)).size)
  return {
    concordant,
    discordant,
    tiedFirst,
    tiedSecond,
    tiedBoth,
    tauA: divide(surplus, pairs),
    tauB: divide(surplus, Math.sqrt((decided + tiedFirst) * (decided + tiedSecond))),
    tauC: distinct < 2 ? null : (2 * surplus * distinct) / (n * n * (distinct - 1)),
    gamma: divide(surplus, decided),
    pairwiseAccuracy: divide(concordant + tiedBoth, pairs),
    pairwiseStrict: divide(concordant, pairs),
    pairwiseHalf: divide(concordant + tiedBoth + (tiedFirst + tiedSecond) / 2, pairs),
  }
}

function divide(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}
