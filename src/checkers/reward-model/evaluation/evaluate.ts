import { DataError } from '../../../core/errors.ts'
import { binaryAgreement, type ConfusionCounts, confusionCounts } from '../../../stats/binary-agreement.ts'
import { type Calibration, calibration } from '../../../stats/calibration-bins.ts'
import { wilson } from '../../../stats/wilson.ts'
import { labelNoise, type NoiseRow, type ScorerBias, scorerBias } from './label-noise.ts'
import type { LabelledLine } from './labelled-line.ts'
import { type LevelRanks, levelRanks } from './level-ranks.ts'
import { type Measured, measure, type ScoredPair } from './measure.ts'
import { type Recalibration, recalibrate } from './recalibration.ts'

/** Figures of one type or level. */
export interface Part {
  readonly name: string
  readonly measured: Measured
}

/** Errors of pseudo-labels against people's labels. */
export interface PseudoLabelErrors {
  readonly n: number
  readonly confusion: ConfusionCounts
  /** Of the pairs that people call not satisfied: pseudo-labelled as satisfied, with Wilson's interval. */
  readonly falsePositiveRate: ReturnType<typeof wilson>
  readonly falseNegativeRate: ReturnType<typeof wilson>
}

/** Everything that `bench rm eval` measures. */
export interface Evaluation {
  readonly n: number
  /** Lines that have no score: the model failed on them. */
  readonly unscored: number
  readonly threshold: number
  readonly overall: Measured
  /** Accuracy of the constant that most labels are. */
  readonly majorityAccuracy: number
  readonly byType: readonly Part[]
  readonly byLevel: readonly Part[]
  readonly calibration: Calibration
  readonly recalibration: Recalibration
  readonly ranks: LevelRanks | null
  readonly pseudoLabels: PseudoLabelErrors | null
  readonly noise: readonly NoiseRow[]
  readonly bias: ScorerBias
}

/** How an evaluation is made. */
export interface EvaluationOptions {
  readonly threshold: number
  readonly seed: number
  /** @default 10 */
  readonly bins?: number
  /** @default 1000 */
  readonly resamples?: number
}

/**
 * Measures scores against labels.
 * @param probabilities P(satisfied) per line; null where there is none
 * @throws DataError `nothing-scored`
 */
export function evaluate(
  lines: readonly LabelledLine[],
  probabilities: readonly (number | null)[],
  { threshold, seed, bins = 10, resamples = 1000 }: EvaluationOptions,
): Evaluation {
  const scored = lines.flatMap((line, index) => {
    const p = probabilities[index] ?? null
    return p === null ? [] : [{ line, p }]
  })
  if (scored.length === 0) throw new DataError('nothing-scored', 'Expected at least one line with a score, got none')
  const pairs = scored.map(({ line, p }): ScoredPair => ({ label: line.label, p, cluster: clusterOf(line) }))
  const overall = measure(pairs, { threshold, resamples, seed })
  const labels = pairs.map(({ label }) => label)
  const partsBy = (key: (line: LabelledLine) => string | number | null | undefined): Part[] => {
    const names = [...new Set(scored.flatMap(({ line }) => key(line) ?? []))]
    return names.map((name) => ({
      name: String(name),
      measured: measure(
        pairs.filter((_pair, index) => key(scored[index]!.line) === name),
        { threshold, resamples: Math.min(resamples, 200), seed },
      ),
    }))
  }
  return {
    n: pairs.length,
    unscored: lines.length - scored.length,
    threshold,
    overall,
    majorityAccuracy: Math.max(overall.positives, 1 - overall.positives),
    byType: partsBy(({ type }) => type),
    byLevel: partsBy(({ level }) => level),
    calibration: calibration(
      labels,
      pairs.map(({ p }) => p),
      bins,
    ),
    recalibration: recalibrate(pairs),
    ranks: levelRanks(
      scored.map(({ line }) => line),
      pairs.map(({ p }) => p),
    ),
    pseudoLabels: pseudoLabelErrors(scored.map(({ line }) => line)),
    noise: labelNoise(pairs, seed),
    bias: scorerBias(binaryAgreement(overall.confusion), overall.positives),
  }
}

/** Lines without a group are clusters of their response: its constraints share its strengths. */
function clusterOf({ group, response }: LabelledLine): string {
  return group == null ? response : `group ${group}`
}

function pseudoLabelErrors(lines: readonly LabelledLine[]): PseudoLabelErrors | null {
  const both = lines.filter(({ human }) => human != null)
  if (both.length === 0) return null
  const confusion = confusionCounts(
    both.map(({ label }) => label),
    both.map(({ human }) => human!),
  )
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = confusion
  return {
    n: both.length,
    confusion,
    falsePositiveRate: wilson(falsePositives, falsePositives + trueNegatives),
    falseNegativeRate: wilson(falseNegatives, falseNegatives + truePositives),
  }
}
