import type { Metric } from '../core/metric.ts'

/** What names a figure: see {@link Metric}. */
export type MetricHead = Pick<Metric, 'id' | 'protocol' | 'scale' | 'unit'> & Partial<Pick<Metric, 'group'>>

/**
 * One item's share of a figure that is a ratio of sums (a mean is a ratio with denominator 1). Where something was not
 * measured, `missing` counts it and `low`/`high` say what the share would be if all of it had failed or passed.
 */
export interface RatioShare {
  /** Unit of resampling: `item.cluster`. */
  readonly cluster: string
  /** In the scale of the figure, as the protocol counts it. */
  readonly numerator: number
  readonly denominator: number
  readonly missing?: number
  readonly low?: { readonly numerator: number; readonly denominator: number }
  readonly high?: { readonly numerator: number; readonly denominator: number }
}

/**
 * A figure that is not a ratio of sums (a mean over levels of rates, rounded cells, dependent verdicts).
 * `evaluate` computes it over any multiset of clusters, given as indices into `clusters`, as often as they occur.
 */
export interface ComposedFigure {
  readonly clusters: readonly string[]
  readonly evaluate: (indices: ArrayLike<number>) => number | null
  readonly n: number
  readonly missing: number
  readonly bounds: { readonly low: number; readonly high: number } | null
}

/** Recomputes one figure over resampled clusters; the base of intervals and of paired comparisons. */
export interface Resampler {
  readonly clusters: readonly string[]
  readonly evaluate: (indices: ArrayLike<number>) => number | null
}
