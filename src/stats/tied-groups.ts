/** One checkpoint's place among several. */
export interface RankedEntry {
  readonly name: string
  readonly value: number
  /** 1-based number of the group of entries that the comparisons do not tell apart; 1 is the best. */
  readonly group: number
  /** Best and worst rank that the significant differences allow. */
  readonly rank: readonly [best: number, worst: number]
}

/**
 * Orders entries by value and cuts the order into tied groups: there is a cut only where every entry above it is shown to
 * be better than every entry below it, so groups never overlap. An entry's rank range is one more than the entries
 * shown to be better, up to the number of entries less those shown to be worse.
 * @param isBetter whether entry `one` is shown to be better than entry `other` (positions in `entries`); adjust the p
 * values of all pairs as one family before
 */
export function tiedGroups(
  entries: readonly { readonly name: string; readonly value: number }[],
  isBetter: (one: number, other: number) => boolean,
): readonly RankedEntry[] {
  const order = entries.map((_entry, index) => index).sort((one, other) => entries[other]!.value - entries[one]!.value)
  let group = 1
  return order.map((index, position) => {
    const above = order.slice(0, position)
    const below = order.slice(position)
    if (position > 0 && above.every((one) => below.every((other) => isBetter(one, other)))) group += 1
    const betterThan = order.filter((other) => isBetter(index, other)).length
    const worseThan = order.filter((other) => isBetter(other, index)).length
    return { ...entries[index]!, group, rank: [worseThan + 1, entries.length - betterThan] }
  })
}
