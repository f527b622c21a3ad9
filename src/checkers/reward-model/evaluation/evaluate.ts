import { DataError } from '../../../core/errors.ts'
import { groupBy } from '../../../core/group-by.ts'
import { binaryAgreement } from '../../../stats/binary-agreement.ts'
import { type Calibration, calibration } from '../../../stats/calibration-bins.ts'
import { averagePrecision } from '../../../stats/ranking-quality.ts'
import { checkShift, type ShiftCheck } from './checkpoint-shift.ts'
import { clusterOf, responseKey, type ScoredLine } from './clusters.ts'
import { type Disagreement, disagreements } from './disagreements.ts'
import { labelNoise, type NoiseRow, type ScorerBias, scorerBias } from './label-noise.ts'
import type { LabelledLine } from './labelled-line.ts'
import { type LevelRanks, levelRanks } from './level-ranks.ts'
import { type Measured, measure } from './measure.ts'
import { type NoisyMetrics, noisyMetrics } from './noisy-metrics.ts'
import { type PseudoLabelErrors, pseudoLabelErrors } from './pseudo-label-errors.ts'
import { type Recalibration, recalibrate } from './recalibration.ts'
import { type ResponseScores, responseScores } from './response-scores.ts'
import { compareThresholds, type Thresholds } from './thresholds.ts'

/** Figures of one type or level. */
export interface Part {
  readonly name: string
  readonly measured: Measured
}

/** Everything that `bench rm eval` measures. */
export interface Evaluation {
  readonly n: number
  /** Lines that have no score: the model failed on them. */
  readonly unscored: number
  /** Lines without the label that scores are held against. */
  readonly unlabelled: number
  readonly against: Reference
  readonly threshold: number
  readonly overall: Measured
  /** Accuracy of the constant that most labels are. */
  readonly majorityAccuracy: number
  readonly byType: readonly Part[]
  readonly byLevel: readonly Part[]
  /** By the number of constraints that the response was asked for. */
  readonly byCount: readonly Part[]
  /** Area under precision over recall; null without a satisfied pair. */
  readonly averagePrecision: number | null
  readonly responses: ResponseScores
  readonly thresholds: Thresholds
  readonly calibration: Calibration
  readonly recalibration: Recalibration
  readonly ranks: LevelRanks | null
  readonly pseudoLabels: PseudoLabelErrors | null
  readonly noise: readonly NoiseRow[]
  /** Metrics under labels turned round at the asked rate; null when none was asked. */
  readonly noisy: NoisyMetrics | null
  readonly bias: ScorerBias
  /** Null where the lines name fewer than two checkpoints. */
  readonly shift: ShiftCheck | null
  /** Pairs that scorer and label decide differently, the surest errors first. */
  readonly disagreements: readonly Disagreement[]
}

/** How an evaluation is made. */
export interface EvaluationOptions {
  readonly threshold: number
  readonly seed: number
  /** @default 10 */
  readonly bins?: number
  /** @default 1000 */
  readonly resamples?: number
  /** Chance of a label to be turned round in `noisy`. */
  readonly noise?: number | undefined
  /** Checkpoint that others are compared with. @default the first of the file */
  readonly base?: string | undefined
  /** What the scores are held against: the label, or a person's label where a line has one. @default 'label' */
  readonly against?: Reference | undefined
}

/** Labels that scores can be held against. */
export const references = ['label', 'human'] as const
export type Reference = (typeof references)[number]

/**
 * Measures scores against labels.
 * @param probabilities P(satisfied) per line; null where there is none
 * @throws DataError `nothing-scored`, `unknown-base`
 */
export function evaluate(
  lines: readonly LabelledLine[],
  probabilities: readonly (number | null)[],
  { threshold, seed, bins = 10, resamples = 1000, noise, base, against = 'label' }: EvaluationOptions,
): Evaluation {
  const pairs = lines.flatMap((line, index): ScoredLine[] => {
    const p = probabilities[index] ?? null
    const label = line[against] ?? null
    return p === null || label === null ? [] : [{ line, label, p, cluster: clusterOf(line) }]
  })
  if (pairs.length === 0) {
    const what = against === 'label' ? 'a score' : "a score and a person's label (`human`)"
    throw new DataError('nothing-scored', `Expected at least one line with ${what}, got none`)
  }
  const unlabelled = lines.filter((line) => line[against] == null).length
  const overall = measure(pairs, { threshold, resamples, seed, bins })
  const labels = pairs.map(({ label }) => label)
  const scores = pairs.map(({ p }) => p)
  const scored = pairs.map(({ line }) => line)
  const counts = constraintCounts(lines)
  const partsBy = (key: (line: LabelledLine) => string | number | null | undefined): Part[] =>
    [...groupBy(pairs, ({ line }) => key(line) ?? null)].flatMap(([name, members]) =>
      name === null
        ? []
        : [
            {
              name: String(name),
              measured: measure(members, { threshold, resamples: Math.min(resamples, 200), seed, bins }),
            },
          ],
    )
  return {
    n: pairs.length,
    unscored: lines.length - unlabelled - pairs.length,
    unlabelled,
    against,
    threshold,
    overall,
    majorityAccuracy: Math.max(overall.positives, 1 - overall.positives),
    averagePrecision: averagePrecision(labels, scores),
    responses: responseScores(pairs, threshold),
    thresholds: compareThresholds(pairs, threshold),
    byType: partsBy(({ type }) => type),
    byLevel: partsBy(({ level }) => level),
    byCount: partsBy((line) => counts.get(line)).sort((one, other) => Number(one.name) - Number(other.name)),
    calibration: calibration(labels, scores, bins),
    recalibration: recalibrate(pairs),
    ranks: levelRanks(scored, scores),
    pseudoLabels: pseudoLabelErrors(scored),
    noise: labelNoise(pairs, seed),
    noisy: noise === undefined ? null : noisyMetrics(pairs, { rate: noise, threshold, seed, bins }),
    bias: scorerBias(binaryAgreement(overall.confusion), overall.positives),
    shift: checkShift(pairs, { base, threshold, resamples, seed }),
    disagreements: disagreements(pairs, threshold),
  }
}

/** Constraints of each line's response, given or counted. */
function constraintCounts(lines: readonly LabelledLine[]): ReadonlyMap<LabelledLine, number> {
  return new Map(
    [...groupBy(lines, responseKey).values()].flatMap((same) =>
      same.map((line): [LabelledLine, number] => [line, line.constraint_count ?? same.length]),
    ),
  )
}
