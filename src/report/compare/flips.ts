import type { BenchmarkComparison } from './compare-checkpoints.ts'

/** One item on which the two checkpoints differ. */
export interface Flip {
  readonly item: string
  readonly a: number
  readonly b: number
  /** A - B. */
  readonly difference: number
}

/** Items that differ, and how many of the items do. */
export interface FlipList {
  /** Items where A is better. */
  readonly gains: readonly Flip[]
  /** Items where A is worse. */
  readonly losses: readonly Flip[]
  readonly equal: number
  /** Items without a value on one of the sides. */
  readonly unmeasured: number
}

/** Lists the items whose headline value differs, the largest differences first, else in the order of the data. */
export function listFlips({ a, b }: Pick<BenchmarkComparison, 'a' | 'b'>): FlipList {
  const gains: Flip[] = []
  const losses: Flip[] = []
  let equal = 0
  let unmeasured = 0
  a.items.forEach(({ item, value }, index) => {
    const other = b.items[index]!.value
    if (value === null || other === null) unmeasured += 1
    else if (value === other) equal += 1
    else (value > other ? gains : losses).push({ item, a: value, b: other, difference: value - other })
  })
  const bySize = (one: Flip, other: Flip) => Math.abs(other.difference) - Math.abs(one.difference)
  return { gains: gains.sort(bySize), losses: losses.sort(bySize), equal, unmeasured }
}

/** The first `count` flips, losses and gains in turn, so that neither hides the other. */
export function pickFlips({ gains, losses }: FlipList, count: number): readonly Flip[] {
  const picked: Flip[] = []
  for (let rank = 0; picked.length < count && rank < Math.max(gains.length, losses.length); rank++) {
    for (const flip of [losses[rank], gains[rank]]) if (flip && picked.length < count) picked.push(flip)
  }
  return picked
}
