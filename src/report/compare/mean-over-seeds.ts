import type { Resampler } from '../../stats/metric-table.types.ts'

/**
 * The mean of one figure over several seeds of a checkpoint, over the clusters that all of them have. Items are averaged
 * over seeds before anything is resampled, so that seeds never count as items.
 */
export function meanOverSeeds(seeds: readonly Resampler[]): Resampler {
  const [first, ...others] = seeds
  if (!first || others.length === 0) return first ?? { clusters: [], evaluate: () => null }
  const positions = seeds.map(({ clusters }) => new Map(clusters.map((cluster, position) => [cluster, position])))
  const clusters = first.clusters.filter((cluster) => positions.every((known) => known.has(cluster)))
  const translations = positions.map((known) => Uint32Array.from(clusters, (cluster) => known.get(cluster)!))
  return {
    clusters,
    evaluate: (indices) => {
      let sum = 0
      for (const [seed, { evaluate }] of seeds.entries()) {
        const value = evaluate(Uint32Array.from(indices, (index) => translations[seed]![index]!))
        if (value === null) return null
        sum += value
      }
      return sum / seeds.length
    },
  }
}
