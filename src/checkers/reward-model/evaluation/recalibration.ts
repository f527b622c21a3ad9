import { deriveSeed } from '../../../core/random.ts'
import { calibration } from '../../../stats/calibration-bins.ts'
import { applyIsotonic, fitIsotonic } from '../../../stats/isotonic.ts'
import { logit } from '../../../stats/logistic.ts'
import { applyPlatt, fitPlatt, type PlattScaling } from '../../../stats/platt-scaling.ts'
import { brierScore } from '../../../stats/probability-scores.ts'
import type { ScoredPair } from './measure.ts'

/** Calibration of one way to read the scores, on the half that nothing was fitted on. */
export interface CalibrationFigures {
  readonly ece: number | null
  readonly brier: number | null
}

/** What recalibration would bring. */
export interface Recalibration {
  readonly fitted: number
  readonly tested: number
  readonly asIs: CalibrationFigures
  /** p = sigmoid(slope·logit(p) + offset). */
  readonly platt: (CalibrationFigures & PlattScaling) | null
  readonly isotonic: (CalibrationFigures & { readonly blocks: number }) | null
}

/** Fits on half of the clusters (by a hash of their names) and measures on the other half. */
export function recalibrate(pairs: readonly ScoredPair[]): Recalibration {
  const isFitted = ({ cluster }: ScoredPair) => deriveSeed('recalibration', cluster) % 2 === 0
  const fitted = pairs.filter(isFitted)
  const tested = pairs.filter((pair) => !isFitted(pair))
  const labels = fitted.map(({ label }) => label)
  const platt = fitPlatt(
    labels,
    fitted.map(({ p }) => logit(p)),
  )
  const isotonic = fitIsotonic(
    labels,
    fitted.map(({ p }) => p),
  )
  return {
    fitted: fitted.length,
    tested: tested.length,
    asIs: figures(tested, (p) => p),
    platt: platt && { ...figures(tested, (p) => applyPlatt(platt, logit(p))), ...platt },
    isotonic: isotonic && {
      ...figures(tested, (p) => applyIsotonic(isotonic, p)),
      blocks: isotonic.blocks.length,
    },
  }
}

function figures(pairs: readonly ScoredPair[], read: (p: number) => number): CalibrationFigures {
  const labels = pairs.map(({ label }) => label)
  const probabilities = pairs.map(({ p }) => read(p))
  return { ece: calibration(labels, probabilities).ece, brier: brierScore(labels, probabilities) }
}
