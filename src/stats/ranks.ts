/** Ranks from 1 on; equal numbers share the mean of their ranks. */
export interface MidRanks {
  /** In the order of the input. */
  readonly ranks: Float64Array
  /** Sizes of the groups of equal numbers, ascending by number; groups of one count too. */
  readonly groups: readonly number[]
}

/** Ranks numbers ascending, with mid-ranks for ties. */
export function midRanks(values: ArrayLike<number>): MidRanks {
  const order = Array.from(values, (_value, index) => index).sort((one, other) => values[one]! - values[other]!)
  const ranks = new Float64Array(values.length)
  const groups: number[] = []
  for (let start = 0; start < order.length; ) {
    let end = start + 1
    while (end < order.length && values[order[end]!] === values[order[start]!]) end += 1
    for (let position = start; position < end; position += 1) ranks[order[position]!] = (start + 1 + end) / 2
    groups.push(end - start)
    start = end
  }
  return { ranks, groups }
}
