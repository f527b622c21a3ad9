import type { Metric } from '../core/metric.ts'
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
    const interval = value === null ? null : bootstrapInterval(this.resampler(), options)
    return { ...this.head, value, n, missing, interval, bounds }
  }

  resampler(): Resampler {
    const { clusters, evaluate } = this.#figure
    return { clusters, evaluate }
  }
}
