import { HeedError } from '../core/errors.ts'
import type { Metric } from '../core/metric.ts'
import { deriveSeed } from '../core/random.ts'
import { ClusterIndex } from './_cluster-index.ts'
import { WholeFigure } from './_composed-figure.ts'
import { RatioFigure } from './_ratio-figure.ts'
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
  metrics(options?: MetricOptions): readonly Metric[]
  /** For resampling one figure; null when there is no such figure. */
  resampler(head: Pick<MetricHead, 'id' | 'group'>): Resampler | null
}

/** How the intervals of composed figures are drawn. */
export interface MetricOptions {
  /** Bootstrap resamples for composed figures. @default 1000 */
  readonly replicates?: number
  /** Seed of the run; every figure derives its own from it. @default 0 */
  readonly seed?: number
}

/**
 * An empty table.
 *
 * Intervals are two-sided 95 %: Wilson where a fraction is binary per item and every cluster has one item (and, with
 * one trial a cluster, where every cluster is at the same end of the scale, because a standard error of 0 would claim
 * certainty); for other ratios the linearised cluster-robust standard error times sqrt(G/(G-1)), with Student's t
 * below 40 clusters, cut to the scale; for composed figures the percentile cluster bootstrap (Wilson again where a
 * fraction is at one end of the scale on every resample). Fewer than two clusters give no interval.
 *
 * `ratio` and `composed` throw HeedError `metric-conflict` when a figure is named in two ways, and `metric-share` when
 * a share is not a finite number.
 */
export function createMetricTable(): MetricTable {
  const figures = new Map<string, RatioFigure | WholeFigure>()
  const clusters = new ClusterIndex()
  return {
    ratio(head, share) {
      const key = keyOf(head)
      let figure = figures.get(key)
      if (!figure) {
        figure = new RatioFigure(head, clusters)
        figures.set(key, figure)
      }
      if (figure.kind !== 'ratio') throw conflict(head, 'is composed already and takes no shares')
      if (!isSameHead(figure.head, head)) throw conflict(head, 'was first named with another protocol, scale or unit')
      checkShare(head, share)
      figure.add(share)
    },
    composed(head, figure) {
      const key = keyOf(head)
      const known = figures.get(key)
      if (known) throw conflict(head, known.kind === 'ratio' ? 'has shares already' : 'was composed twice')
      figures.set(key, new WholeFigure(head, figure))
    },
    metrics({ replicates = 1000, seed = 0 } = {}) {
      return [...figures].map(([key, figure]) => figure.metric({ replicates, seed: deriveSeed(seed, key) }))
    },
    resampler(head) {
      return figures.get(keyOf(head))?.resampler() ?? null
    },
  }
}

function keyOf({ id, group }: Pick<MetricHead, 'id' | 'group'>): string {
  return group ? `${id}\u0000${group.dimension}\u0000${group.value}` : id
}

function isSameHead(one: MetricHead, other: MetricHead): boolean {
  return one === other || (one.protocol === other.protocol && one.scale === other.scale && one.unit === other.unit)
}

function checkShare(head: MetricHead, { numerator, denominator, cluster }: RatioShare): void {
  if (Number.isFinite(numerator) && Number.isFinite(denominator)) return
  throw new HeedError(
    'metric-share',
    `Expected finite numbers for figure ${nameOf(head)} in cluster ${cluster}, got ${numerator} of ${denominator}`,
  )
}

function conflict(head: MetricHead, problem: string): HeedError {
  return new HeedError('metric-conflict', `Figure ${nameOf(head)} ${problem}`)
}

function nameOf({ id, group }: MetricHead): string {
  return group ? `${id} (${group.dimension} ${group.value})` : id
}
