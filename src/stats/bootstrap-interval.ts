import type { Interval } from '../core/metric.ts'
import { type BootstrapOptions, bootstrapReplicates, percentileInterval } from './bootstrap.ts'
import { defaultLevel } from './distributions.ts'
import type { Resampler } from './metric-table.types.ts'

/**
 * Share of resamples on which a figure must be defined; an interval made from fewer would describe only the resamples
 * in which the rare stratum happened to occur.
 */
export const minimumDefinedShare = 0.95

/**
 * Percentile interval of one figure: whole clusters are drawn with replacement, the figure is recomputed on each
 * resample. Null for fewer than two clusters, and where under 95 % of the resamples define the figure.
 */
export function bootstrapInterval({ clusters, evaluate }: Resampler, options: BootstrapOptions): Interval | null {
  if (clusters.length < 2) return null
  const { level = defaultLevel } = options
  const values = bootstrapReplicates(clusters.length, evaluate, options)
  if (values.length < minimumDefinedShare * options.replicates) return null
  const interval = percentileInterval(values, level)
  return interval && { low: interval[0], high: interval[1], level, method: 'cluster-bootstrap' }
}
