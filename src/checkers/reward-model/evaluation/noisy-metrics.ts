import { mulberry32 } from '../../../core/random.ts'
import { meanEstimate } from '../../../stats/standard-error.ts'
import type { ScoredPair } from './measure.ts'
import { type DrawnFigures, ScoreCounts } from './score-counts.ts'

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

/** How labels are turned round, and how figures are made. */
export interface NoiseOptions {
  readonly rate: number
  readonly threshold: number
  readonly seed: number
  /** Bins of the ECE. @default 10 */
  readonly bins?: number
}

const draws = 100

/** Measures again after turning labels round at random: what label noise alone does to the figures of a scorer. */
export function noisyMetrics(
  pairs: readonly ScoredPair[],
  { rate, threshold, seed, bins = 10 }: NoiseOptions,
): NoisyMetrics {
  const random = mulberry32(seed)
  const counts = new ScoreCounts(
    pairs.map(({ p }) => p),
    threshold,
    bins,
  )
  const drawOf = (chance: number) => {
    counts.clear()
    pairs.forEach(({ label }, index) => {
      counts.add(index, chance > 0 && random() < chance ? (label === 1 ? 0 : 1) : label)
    })
    return figuresOf(counts.figures())
  }
  const clean = drawOf(0)
  const drawn = Array.from({ length: draws }, () => drawOf(rate))
  return {
    rate,
    draws,
    figures: Object.entries(clean).map(([name, value]) => {
      const { mean, deviation } = meanEstimate(drawn.flatMap((figures) => figures[name as keyof typeof clean] ?? []))
      return { name, clean: value, mean, deviation }
    }),
  }
}

function figuresOf({ agreement, auroc, tauB, ece }: DrawnFigures) {
  const { accuracy, balancedAccuracy, f1, kappa } = agreement
  return {
    accuracy,
    'balanced accuracy': balancedAccuracy,
    F1: f1,
    kappa,
    AUROC: auroc,
    'tau-b': tauB,
    ECE: ece,
  }
}
