import type { Metric } from '../core/metric.ts'
import type { ComposedFigure, MetricHead, RatioShare, Resampler } from './metric-table.types.ts'

export type { ComposedFigure, MetricHead, RatioShare, Resampler } from './metric-table.types.ts'

/**
 * Collects the figures of one benchmark and protocol, and gives each its interval and bounds. Ratios keep two numbers
 * per cluster and figure, nothing else.
 */
export interface MetricTable {
  /** Adds one item's share to a ratio figure; the first share creates the figure. */
  ratio(head: MetricHead, share: RatioShare): void
  /** Adds a figure that is computed from all items at once. */
  composed(head: MetricHead, figure: ComposedFigure): void
  /** All figures in the order in which they were first named. */
  metrics(options?: { readonly replicates?: number; readonly seed?: number }): readonly Metric[]
  /** For resampling one figure; null when there is no such figure. */
  resampler(head: Pick<MetricHead, 'id' | 'group'>): Resampler | null
}
