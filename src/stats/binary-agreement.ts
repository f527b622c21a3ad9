/** Counts of a scorer against a reference; positive means satisfied. */
export interface ConfusionCounts {
  readonly truePositives: number
  readonly falsePositives: number
  readonly falseNegatives: number
  readonly trueNegatives: number
}

/** Agreement of binary verdicts. A share with nothing to divide by is 0, as the field prints it. */
export interface BinaryAgreement {
  readonly n: number
  readonly accuracy: number
  readonly precision: number
  readonly recall: number
  readonly specificity: number
  readonly f1: number
  /** F1 of the class "not satisfied". */
  readonly f1Negative: number
  /** Mean of the two F1. */
  readonly macroF1: number
  /** (recall + specificity)/2. */
  readonly balancedAccuracy: number
  /** Matthews correlation; 0 where a margin is empty. */
  readonly mcc: number
  /** Cohen's kappa; null where chance alone would agree always. */
  readonly kappa: number | null
  /** sqrt(po(1 - po)/n)/(1 - pe). */
  readonly kappaError: number | null
  /** Gwet's AC1: unlike kappa it does not collapse where nearly all constraints are satisfied. */
  readonly ac1: number | null
}

/** Counts pairs of verdicts (1 satisfied, 0 not). */
export function confusionCounts(verdicts: ArrayLike<number>, reference: ArrayLike<number>): ConfusionCounts {
  const counts = { truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0 }
  for (let index = 0; index < verdicts.length; index += 1) {
    if (verdicts[index] === 1) counts[reference[index] === 1 ? 'truePositives' : 'falsePositives'] += 1
    else counts[reference[index] === 1 ? 'falseNegatives' : 'trueNegatives'] += 1
  }
  return counts
}

/** All agreement figures of one table of counts. */
export function binaryAgreement(counts: ConfusionCounts): BinaryAgreement {
  const { truePositives: tp, falsePositives: fp, falseNegatives: fn, trueNegatives: tn } = counts
  const n = tp + fp + fn + tn
  const accuracy = share(tp + tn, n)
  const recall = share(tp, tp + fn)
  const specificity = share(tn, tn + fp)
  const f1 = share(2 * tp, 2 * tp + fp + fn)
  const f1Negative = share(2 * tn, 2 * tn + fp + fn)
  const margins = Math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn))
  const byChance = share((tp + fp) * (tp + fn) + (fn + tn) * (fp + tn), n * n)
  const prevalence = share(tp + fp + (tp + fn), 2 * n)
  const gwetChance = 2 * prevalence * (1 - prevalence)
  const hasKappa = n > 0 && byChance !== 1
  return {
    n,
    accuracy,
    precision: share(tp, tp + fp),
    recall,
    specificity,
    f1,
    f1Negative,
    macroF1: (f1 + f1Negative) / 2,
    balancedAccuracy: (recall + specificity) / 2,
    mcc: share(tp * tn - fp * fn, margins),
    kappa: hasKappa ? (accuracy - byChance) / (1 - byChance) : null,
    kappaError: hasKappa ? Math.sqrt((accuracy * (1 - accuracy)) / n) / (1 - byChance) : null,
    ac1: n > 0 ? (accuracy - gwetChance) / (1 - gwetChance) : null,
  }
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole
}
