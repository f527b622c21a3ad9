import type { Interval } from '../core/metric.ts'
import { mulberry32 } from '../core/random.ts'
import { defaultLevel } from './distributions.ts'
import type { Resampler } from './metric-table.types.ts'
import { quantileSorted } from './quantile.ts'

/** How a bootstrap is run. */
export interface BootstrapOptions {
  /** Number of resamples. */
  readonly replicates: number
  readonly seed: number
  /** @default 0.95 */
  readonly level?: number
}

/**
 * Share of resamples on which a figure must be defined; an interval made from fewer would describe only the resamples
 * in which the rare stratum happened to occur.
 */
export const minimumDefinedShare = 0.95

/**
 * Percentile interval of one figure: whole clusters are drawn with replacement, the figure is recomputed on each
 * resample. Null for fewer than two clusters, and where under 95 % of the resamples define the figure.
 */
export function bootstrapInterval(resampler: Resampler, options: BootstrapOptions): Interval | null {
  const { replicates, seed, level = defaultLevel } = options
  const clusters = resampler.clusters.length
  if (clusters < 2) return null
  const random = mulberry32(seed)
  const indices = new Uint32Array(clusters)
  const values = new Float64Array(replicates)
  let defined = 0
  for (let replicate = 0; replicate < replicates; replicate += 1) {
    for (let draw = 0; draw < clusters; draw += 1) indices[draw] = Math.floor(random() * clusters)
    const value = resampler.evaluate(indices)
    if (value === null) continue
    values[defined] = value
    defined += 1
  }
  if (defined === 0 || defined < minimumDefinedShare * replicates) return null
  const sorted = values.subarray(0, defined).sort()
  return {
    low: quantileSorted(sorted, (1 - level) / 2)!,
    high: quantileSorted(sorted, (1 + level) / 2)!,
    level,
    method: 'cluster-bootstrap',
  }
}
