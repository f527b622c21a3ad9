import type { ItemPair } from './compare.types.ts'
import type { Resampler } from './metric-table.types.ts'

/**
 * The clusters that both figures have, each with the figure's value on that cluster alone: the item's own value where
 * clusters are items. for `compareFigure` when no values per item are at hand.
 */
export function clusterPairs(a: Resampler, b: Resampler): readonly ItemPair[] {
  const positionsB = new Map(b.clusters.map((cluster, position) => [cluster, position]))
  return a.clusters.flatMap((cluster, position): ItemPair[] => {
    const other = positionsB.get(cluster)
    if (other === undefined) return []
    return [{ item: cluster, cluster, a: a.evaluate([position]), b: b.evaluate([other]) }]
  })
}
