import type { Interval } from '../core/metric.ts'
import { criticalValue, defaultLevel } from './distributions.ts'
import { wilson } from './wilson.ts'

/**
 * Interval of a fraction whose every cluster is at the same end of the scale: Wilson's with one trial a cluster, because
 * neither a standard error of 0 nor resamples that are all equal mean certainty.
 * @param value 0 or 1
 */
export function edgeInterval(value: number, clusters: number): Interval {
  const { low, high } = wilson(Math.round(value * clusters), clusters, criticalValue(defaultLevel))
  return { low: low!, high: high!, level: defaultLevel, method: 'wilson' }
}
