import type { Interval, Metric } from '../core/metric.ts'
import type { ClusterIndex } from './_cluster-index.ts'
import { edgeInterval } from './_edge-interval.ts'
import { NumberColumn } from './_number-column.ts'
import { clusterCriticalValue, criticalValue, defaultLevel } from './distributions.ts'
import type { MetricHead, RatioShare, Resampler } from './metric-table.types.ts'
import { ratioEstimate } from './ratio.ts'
import { clampToScale } from './scale-range.ts'
import { ratioOf } from './statistics-of-draws.ts'
import { wilson } from './wilson.ts'

interface ClusterSums {
  readonly clusters: readonly number[]
  readonly numerators: Float64Array
  readonly denominators: Float64Array
}

/** Shares of one ratio figure: one row for each run of shares of the same cluster, added up when read. */
export class RatioFigure {
  readonly kind = 'ratio'
  readonly head: MetricHead
  readonly #index: ClusterIndex
  readonly #clusters = new NumberColumn()
  readonly #numerators = new NumberColumn()
  readonly #denominators = new NumberColumn()
  readonly #low = { numerator: 0, denominator: 0 }
  readonly #high = { numerator: 0, denominator: 0 }
  #missing = 0
  #isBinary = true

  constructor(head: MetricHead, index: ClusterIndex) {
    this.head = head
    this.#index = index
  }

  add(share: RatioShare): void {
    const { numerator, denominator, missing = 0, low = share, high = share } = share
    this.#missing += missing
    this.#low.numerator += low.numerator
    this.#low.denominator += low.denominator
    this.#high.numerator += high.numerator
    this.#high.denominator += high.denominator
    const cluster = this.#index.numberOf(share.cluster)
    if (numerator === 0 && denominator === 0) return
    if (denominator !== 1 || (numerator !== 0 && numerator !== 1)) this.#isBinary = false
    const last = this.#clusters.length - 1
    if (last >= 0 && this.#clusters.get(last) === cluster) {
      this.#isBinary = false
      this.#numerators.set(last, this.#numerators.get(last) + numerator)
      this.#denominators.set(last, this.#denominators.get(last) + denominator)
      return
    }
    this.#clusters.push(cluster)
    this.#numerators.push(numerator)
    this.#denominators.push(denominator)
  }

  metric(): Metric {
    const sums = this.#sums()
    const { ratio } = ratioEstimate(sums.numerators, sums.denominators)
    return {
      ...this.head,
      value: ratio,
      n: sums.denominators.reduce((total, denominator) => total + denominator, 0),
      missing: this.#missing,
      interval: this.#interval(sums),
      bounds: this.#bounds(),
    }
  }

  resampler(): Resampler {
    const { clusters, numerators, denominators } = this.#sums()
    return {
      clusters: clusters.map((cluster) => this.#index.name(cluster)),
      evaluate: ratioOf(numerators, denominators),
    }
  }

  #interval({ clusters, numerators, denominators }: ClusterSums): Interval | null {
    const { ratio, correctedStandardError } = ratioEstimate(numerators, denominators)
    const level = defaultLevel
    const count = clusters.length
    if (ratio === null || correctedStandardError === null) return null
    const isFraction = this.head.scale === 'fraction'
    const oneItemEach = this.#isBinary && count === this.#clusters.length
    const isUniform = correctedStandardError === 0 && (ratio === 0 || ratio === 1)
    if (isFraction && isUniform) return edgeInterval(ratio, count)
    if (isFraction && oneItemEach) {
      const { low, high } = wilson(Math.round(ratio * count), count, criticalValue(level))
      return { low: low!, high: high!, level, method: 'wilson' }
    }
    const half = clusterCriticalValue(level, count) * correctedStandardError
    return { ...clampToScale(this.head.scale, ratio, half), level, method: 'cluster-robust' }
  }

  #bounds(): Metric['bounds'] {
    if (this.#missing === 0 || this.#low.denominator === 0 || this.#high.denominator === 0) return null
    return {
      low: this.#low.numerator / this.#low.denominator,
      high: this.#high.numerator / this.#high.denominator,
    }
  }

  #sums(): ClusterSums {
    const positions = new Uint32Array(this.#index.size)
    const clusters: number[] = []
    const numerators = new Float64Array(this.#clusters.length)
    const denominators = new Float64Array(this.#clusters.length)
    for (let row = 0; row < this.#clusters.length; row += 1) {
      const cluster = this.#clusters.get(row)
      // 0 stands for a cluster without a position, hence the one added.
      if (positions[cluster] === 0) positions[cluster] = clusters.push(cluster)
      const position = positions[cluster]! - 1
      numerators[position]! += this.#numerators.get(row)
      denominators[position]! += this.#denominators.get(row)
    }
    const used = clusters.length
    return { clusters, numerators: numerators.subarray(0, used), denominators: denominators.subarray(0, used) }
  }
}
