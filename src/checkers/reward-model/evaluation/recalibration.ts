import { calibration } from '../../../stats/calibration-bins.ts'
import { applyIsotonic, fitIsotonic } from '../../../stats/isotonic.ts'
import { logit, sigmoid } from '../../../stats/logistic.ts'
import { applyPlatt, fitPlatt, type PlattScaling } from '../../../stats/platt-scaling.ts'
import { brierScore, logLoss } from '../../../stats/probability-scores.ts'
import { fitTemperature, type Temperature } from '../../../stats/temperature-scaling.ts'
import type { ScoredPair } from './measure.ts'
import { splitClusters } from './split-clusters.ts'

/** Calibration of one way to read the scores, on the half that nothing was fitted on. */
export interface CalibrationFigures {
  readonly ece: number | null
  readonly brier: number | null
  readonly logLoss: number | null
}

/** What recalibration would bring. */
export interface Recalibration {
  readonly fitted: number
  readonly tested: number
  readonly asIs: CalibrationFigures
  /** p = sigmoid(logit(p) / temperature): moves no pair over 0.5. */
  readonly temperature: (CalibrationFigures & Temperature) | null
  /** p = sigmoid(slope·logit(p) + offset). */
  readonly platt: (CalibrationFigures & PlattScaling) | null
  readonly isotonic: (CalibrationFigures & { readonly blocks: number }) | null
}

/** Fits on half of the clusters and measures on the other half. */
export function recalibrate(pairs: readonly ScoredPair[]): Recalibration {
  const { fitted, tested } = splitClusters(pairs)
  const labels = fitted.map(({ label }) => label)
  const margins = fitted.map(({ p }) => logit(p))
  const temperature = fitTemperature(labels, margins)
  const platt = fitPlatt(labels, margins)
  const isotonic = fitIsotonic(
    labels,
    fitted.map(({ p }) => p),
  )
  return {
    fitted: fitted.length,
    tested: tested.length,
    asIs: figures(tested, (p) => p),
    temperature: temperature && {
      ...figures(tested, (p) => sigmoid(logit(p) / temperature.temperature)),
      ...temperature,
    },
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
  return {
    ece: calibration(labels, probabilities).ece,
    brier: brierScore(labels, probabilities),
    logLoss: logLoss(labels, probabilities),
  }
}
