import type { Interval, Metric } from '../core/metric.ts'
import { edgeInterval } from './_edge-interval.ts'
import { type BootstrapOptions, everyUnit } from './bootstrap.ts'
import { bootstrapInterval } from './bootstrap-interval.ts'
import type { ComposedFigure, MetricHead, Resampler } from './metric-table.types.ts'

/** A figure that must be recomputed as a whole on every resample. */
export class WholeFigure {
  readonly kind = 'composed'
  readonly head: MetricHead
  readonly #figure: ComposedFigure

  constructor(head: MetricHead, figure: ComposedFigure) {
    this.head = head
    this.#figure = figure
  }

  metric(options: BootstrapOptions): Metric {
    const { clusters, evaluate, n, missing, bounds } = this.#figure
    const value = evaluate(everyUnit(clusters.length))
    return { ...this.head, value, n, missing, interval: value === null ? null : this.#interval(value, options), bounds }
  }

  #interval(value: number, options: BootstrapOptions): Interval | null {
    const interval = bootstrapInterval(this.resampler(), options)
    const isUniform = interval !== null && interval.low === interval.high
    return isUniform && this.head.scale === 'fraction' && (value === 0 || value === 1)
      ? edgeInterval(value, this.#figure.clusters.length)
      : interval
  }

  resampler(): Resampler {
    const { clusters, evaluate } = this.#figure
    return { clusters, evaluate }
  }
}
