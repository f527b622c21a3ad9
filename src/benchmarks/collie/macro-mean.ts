import type { ComposedFigure } from '../../stats/metric-table.types.ts'
import type { CollieResult } from './results.ts'

/** What a result counts when it was not measured. */
type MissingCountsAs = 0 | 1

/**
 * Mean over groups of each group's pass rate, every group with the same weight. Resampled by prompt; a group that a
 * resample lacks is left out of its mean.
 */
export function macroMean(results: readonly CollieResult[], groupOf: (result: CollieResult) => string): ComposedFigure {
  const clusters = new Map<string, number>()
  const groups = new Map<string, number>()
  const rows = results.map((result) => ({
    cluster: numberOf(clusters, result.item.cluster),
    group: numberOf(groups, groupOf(result)),
    passed: result.passed,
  }))
  const missing = rows.filter((row) => row.passed === null).length
  const failing = evaluator(rows, clusters.size, groups.size, 0)
  const everyCluster = Array.from({ length: clusters.size }, (_none, index) => index)
  const high = missing === 0 ? null : evaluator(rows, clusters.size, groups.size, 1)(everyCluster)
  const low = failing(everyCluster)
  return {
    clusters: [...clusters.keys()],
    evaluate: failing,
    n: groups.size,
    missing,
    bounds: low === null || high === null ? null : { low, high },
  }
}

interface Row {
  readonly cluster: number
  readonly group: number
  readonly passed: boolean | null
}

function evaluator(
  rows: readonly Row[],
  clusterCount: number,
  groupCount: number,
  missingCountsAs: MissingCountsAs,
): (indices: ArrayLike<number>) => number | null {
  const byCluster = Array.from({ length: clusterCount }, () => new Map<number, { passes: number; count: number }>())
  for (const { cluster, group, passed } of rows) {
    const sums = byCluster[cluster]!.get(group) ?? { passes: 0, count: 0 }
    sums.passes += passed === null ? missingCountsAs : Number(passed)
    sums.count += 1
    byCluster[cluster]!.set(group, sums)
  }
  return (indices) => {
    const passes = new Float64Array(groupCount)
    const counts = new Float64Array(groupCount)
    for (let draw = 0; draw < indices.length; draw += 1) {
      for (const [group, sums] of byCluster[indices[draw]!]!) {
        passes[group]! += sums.passes
        counts[group]! += sums.count
      }
    }
    const rates = Array.from(counts, (count, group) => (count === 0 ? null : passes[group]! / count))
    const known = rates.filter((rate) => rate !== null)
    return known.length === 0 ? null : known.reduce((sum, rate) => sum + rate, 0) / known.length
  }
}

function numberOf(numbers: Map<string, number>, name: string): number {
  const number = numbers.get(name) ?? numbers.size
  numbers.set(name, number)
  return number
}
