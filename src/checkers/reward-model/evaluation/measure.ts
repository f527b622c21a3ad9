import type { Interval } from '../../../core/metric.ts'
import {
  type BinaryAgreement,
  binaryAgreement,
  type ConfusionCounts,
  confusionCounts,
} from '../../../stats/binary-agreement.ts'
import { bootstrapInterval } from '../../../stats/bootstrap-interval.ts'
import { calibration } from '../../../stats/calibration-bins.ts'
import { brierScore, logLoss } from '../../../stats/probability-scores.ts'
import { auroc } from '../../../stats/ranking-quality.ts'
import { wilson } from '../../../stats/wilson.ts'
import { binaryTauB } from './binary-tau.ts'

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
  const agreement = binaryAgreement(confusion)
  const figure = (statistic: (labels: readonly number[], scores: readonly number[]) => number | null): Figure => ({
    value: pairs.length === 0 ? null : statistic(labels, scores),
    interval:
      resamples === 0
        ? null
        : bootstrapInterval(
            {
              clusters,
              evaluate: (drawn) => {
                const rows = Array.from(drawn, (cluster) => rowsOf[cluster]!).flat()
                return statistic(
                  rows.map((row) => labels[row]!),
                  rows.map((row) => scores[row]!),
                )
              },
            },
            { replicates: resamples, seed },
          ),
  })
  const agreementOf = (from: readonly number[], by: readonly number[]) =>
    binaryAgreement(
      confusionCounts(
        by.map((p) => (p >= threshold ? 1 : 0)),
        from,
      ),
    )
  const correct = confusion.truePositives + confusion.trueNegatives
  const { low, high } = wilson(correct, pairs.length)
  return {
    n: pairs.length,
    clusters: clusters.length,
    positives: pairs.length === 0 ? 0 : labels.filter((label) => label === 1).length / pairs.length,
    confusion,
    agreement,
    accuracy: figure((from, by) => agreementOf(from, by).accuracy),
    balancedAccuracy: figure((from, by) => agreementOf(from, by).balancedAccuracy),
    auroc: figure(auroc),
    tauB: figure(binaryTauB),
    ece: figure((from, by) => calibration(from, by, bins).ece),
    brier: brierScore(labels, scores),
    logLoss: logLoss(labels, scores),
    wilson: low === null || high === null ? null : { low, high },
  }
}
