import { mulberry32 } from '../../../core/random.ts'
import { binaryAgreement, confusionCounts } from '../../../stats/binary-agreement.ts'
import { calibration } from '../../../stats/calibration-bins.ts'
import { auroc } from '../../../stats/ranking-quality.ts'
import { meanEstimate } from '../../../stats/standard-error.ts'
import { binaryTauB } from './binary-tau.ts'
import type { ScoredPair } from './measure.ts'

/** A figure over the draws; null where no draw defines it. */
export interface NoisyFigure {
  readonly name: string
  /** With the labels as they are. */
  readonly clean: number | null
  readonly mean: number | null
  /** Over the draws; null for fewer than two that define the figure. */
  readonly deviation: number | null
}

/** Metrics of the scorer against labels of which some were turned round. */
export interface NoisyMetrics {
  /** Chance of every label to be turned round. */
  readonly rate: number
  readonly draws: number
  readonly figures: readonly NoisyFigure[]
}

const draws = 100

/** Measures again after turning labels round at random: what label noise alone does to the figures of a scorer. */
export function noisyMetrics(
  pairs: readonly ScoredPair[],
  { rate, threshold, seed }: { readonly rate: number; readonly threshold: number; readonly seed: number },
): NoisyMetrics {
  const random = mulberry32(seed)
  const scores = pairs.map(({ p }) => p)
  const labels = pairs.map(({ label }) => label)
  const clean = figuresOf(labels, scores, threshold)
  const drawn = Array.from({ length: draws }, () =>
    figuresOf(
      labels.map((label): 0 | 1 => (random() < rate ? (label === 1 ? 0 : 1) : label)),
      scores,
      threshold,
    ),
  )
  return {
    rate,
    draws,
    figures: Object.entries(clean).map(([name, value]) => {
      const { mean, deviation } = meanEstimate(drawn.flatMap((figures) => figures[name as keyof typeof clean] ?? []))
      return { name, clean: value, mean, deviation }
    }),
  }
}

function figuresOf(labels: readonly (0 | 1)[], scores: readonly number[], threshold: number) {
  const { accuracy, balancedAccuracy, f1, kappa } = binaryAgreement(
    confusionCounts(
      scores.map((p) => (p >= threshold ? 1 : 0)),
      labels,
    ),
  )
  return {
    accuracy,
    'balanced accuracy': balancedAccuracy,
    F1: f1,
    kappa,
    AUROC: auroc(labels, scores),
    'tau-b': binaryTauB(labels, scores),
    ECE: calibration(labels, scores).ece,
  }
}
