import type { Interval } from '../../../core/metric.ts'
import { mulberry32 } from '../../../core/random.ts'
import {
  type BinaryAgreement,
  binaryAgreement,
  type ConfusionCounts,
  confusionCounts,
} from '../../../stats/binary-agreement.ts'
import { drawIndices, percentileInterval } from '../../../stats/bootstrap.ts'
import { minimumDefinedShare } from '../../../stats/bootstrap-interval.ts'
import { calibration } from '../../../stats/calibration-bins.ts'
import { defaultLevel } from '../../../stats/distributions.ts'
import { brierScore, logLoss } from '../../../stats/probability-scores.ts'
import { auroc } from '../../../stats/ranking-quality.ts'
import { wilson } from '../../../stats/wilson.ts'
import { binaryTauB } from './binary-tau.ts'
import { ScoreCounts } from './score-counts.ts'

/** A score beside the label it should have. */
export interface ScoredPair {
  readonly label: 0 | 1
  /** P(satisfied). */
  readonly p: number
  /** Pairs of one cluster are resampled together. */
  readonly cluster: string
}

/** A figure with its 95 % interval; null where it is not defined. */
export interface Figure {
  readonly value: number | null
  readonly interval: Interval | null
}

/** Quality of probabilities against labels. */
export interface Measured {
  readonly n: number
  readonly clusters: number
  /** Share of label 1. */
  readonly positives: number
  readonly confusion: ConfusionCounts
  readonly agreement: BinaryAgreement
  readonly accuracy: Figure
  readonly balancedAccuracy: Figure
  readonly auroc: Figure
  readonly tauB: Figure
  readonly ece: Figure
  readonly brier: number | null
  readonly logLoss: number | null
  /** Wilson's interval of the accuracy, which takes pairs for independent. */
  readonly wilson: { readonly low: number; readonly high: number } | null
}

/** How a measurement is made. */
export interface MeasureOptions {
  /** Satisfied from this probability on. @default 0.5 */
  readonly threshold?: number
  /** Resamples behind the intervals; 0 for none. @default 200 */
  readonly resamples?: number
  readonly seed?: number
  /** Bins of the ECE. @default 10 */
  readonly bins?: number
}

/** All figures of one set of pairs. Intervals resample whole clusters. */
export function measure(pairs: readonly ScoredPair[], options: MeasureOptions = {}): Measured {
  const { threshold = 0.5, resamples = 200, seed = 0, bins = 10 } = options
  const byCluster = new Map<string, number[]>()
  pairs.forEach(({ cluster }, index) => {
    const rows = byCluster.get(cluster)
    if (rows) rows.push(index)
    else byCluster.set(cluster, [index])
  })
  const clusters = [...byCluster.keys()]
  const rowsOf = [...byCluster.values()]
  const labels = pairs.map(({ label }) => label)
  const scores = pairs.map(({ p }) => p)
  const confusion = confusionCounts(
    scores.map((p) => (p >= threshold ? 1 : 0)),
    labels,
  )
  const intervals = resampledIntervals(pairs, rowsOf, { threshold, resamples, seed, bins })
  const figure = (name: ResampledFigure, value: number | null): Figure => ({
    value: pairs.length === 0 ? null : value,
    interval: intervals[name],
  })
  const agreement = binaryAgreement(confusion)
  const correct = confusion.truePositives + confusion.trueNegatives
  const { low, high } = wilson(correct, pairs.length)
  return {
    n: pairs.length,
    clusters: clusters.length,
    positives: pairs.length === 0 ? 0 : labels.filter((label) => label === 1).length / pairs.length,
    confusion,
    agreement,
    accuracy: figure('accuracy', agreement.accuracy),
    balancedAccuracy: figure('balancedAccuracy', agreement.balancedAccuracy),
    auroc: figure('auroc', auroc(labels, scores)),
    tauB: figure('tauB', binaryTauB(labels, scores)),
    ece: figure('ece', calibration(labels, scores, bins).ece),
    brier: brierScore(labels, scores),
    logLoss: logLoss(labels, scores),
    wilson: low === null || high === null ? null : { low, high },
  }
}

const resampledFigures = ['accuracy', 'balancedAccuracy', 'auroc', 'tauB', 'ece'] as const
type ResampledFigure = (typeof resampledFigures)[number]

/** Intervals of all figures from the same resamples of clusters. */
function resampledIntervals(
  pairs: readonly ScoredPair[],
  clusters: readonly (readonly number[])[],
  { threshold, resamples, seed, bins }: Required<MeasureOptions>,
): Record<ResampledFigure, Interval | null> {
  const values = Object.fromEntries(resampledFigures.map((name) => [name, [] as number[]])) as Record<
    ResampledFigure,
    number[]
  >
  if (clusters.length >= 2 && resamples > 0) {
    const counts = new ScoreCounts(
      pairs.map(({ p }) => p),
      threshold,
      bins,
    )
    const random = mulberry32(seed)
    const drawn = new Uint32Array(clusters.length)
    for (let resample = 0; resample < resamples; resample += 1) {
      drawIndices(random, drawn)
      counts.clear()
      for (const cluster of drawn) for (const row of clusters[cluster]!) counts.add(row, pairs[row]!.label)
      const { agreement, ...others } = counts.figures()
      const figures = { accuracy: agreement.accuracy, balancedAccuracy: agreement.balancedAccuracy, ...others }
      for (const name of resampledFigures) {
        const value = figures[name]
        if (value !== null) values[name].push(value)
      }
    }
  }
  const interval = (drawnValues: readonly number[]): Interval | null => {
    if (resamples === 0 || drawnValues.length < minimumDefinedShare * resamples) return null
    const bounds = percentileInterval(Float64Array.from(drawnValues))
    return bounds && { low: bounds[0], high: bounds[1], level: defaultLevel, method: 'cluster-bootstrap' }
  }
  return Object.fromEntries(resampledFigures.map((name) => [name, interval(values[name])])) as Record<
    ResampledFigure,
    Interval | null
  >
}
