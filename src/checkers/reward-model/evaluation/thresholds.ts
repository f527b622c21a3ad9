import { binaryAgreement, confusionCounts } from '../../../stats/binary-agreement.ts'
import { chooseThreshold } from '../../../stats/threshold-choice.ts'
import type { ScoredPair } from './measure.ts'
import { splitClusters } from './split-clusters.ts'

/** A threshold and what it is worth on pairs that it was not chosen on. */
export interface ThresholdRow {
  /** `in use`: the model's own or the asked one; the others are chosen. */
  readonly name: 'in use' | 'half' | 'best F1' | 'Youden'
  /** Null where the fitted half has one class only. */
  readonly threshold: number | null
  readonly accuracy: number | null
  readonly balancedAccuracy: number | null
  readonly f1: number | null
  readonly kappa: number | null
  /** Share called satisfied. */
  readonly hard: number | null
}

/** Thresholds beside each other. */
export interface Thresholds {
  readonly fitted: number
  readonly tested: number
  /** Share of label 1 among the tested pairs. */
  readonly labelled: number | null
  readonly rows: readonly ThresholdRow[]
}

/** Chooses on half of the clusters and measures on the other half, where nothing was chosen. */
export function compareThresholds(pairs: readonly ScoredPair[], inUse: number): Thresholds {
  const { fitted, tested } = splitClusters(pairs)
  const labels = fitted.map(({ label }) => label)
  const scores = fitted.map(({ p }) => p)
  const chosen = (aim: 'f1' | 'youden') => chooseThreshold(labels, scores, aim)?.threshold ?? null
  return {
    fitted: fitted.length,
    tested: tested.length,
    labelled: tested.length === 0 ? null : tested.filter(({ label }) => label === 1).length / tested.length,
    rows: [
      row('in use', inUse, tested),
      ...(inUse === 0.5 ? [] : [row('half', 0.5, tested)]),
      row('best F1', chosen('f1'), tested),
      row('Youden', chosen('youden'), tested),
    ],
  }
}

function row(name: ThresholdRow['name'], threshold: number | null, pairs: readonly ScoredPair[]): ThresholdRow {
  if (threshold === null || pairs.length === 0) {
    return { name, threshold, accuracy: null, balancedAccuracy: null, f1: null, kappa: null, hard: null }
  }
  const verdicts = pairs.map(({ p }): 0 | 1 => (p >= threshold ? 1 : 0))
  const { accuracy, balancedAccuracy, f1, kappa } = binaryAgreement(
    confusionCounts(
      verdicts,
      pairs.map(({ label }) => label),
    ),
  )
  const hard = verdicts.filter((verdict) => verdict === 1).length / verdicts.length
  return { name, threshold, accuracy, balancedAccuracy, f1, kappa, hard }
}
