import type { Evaluation, Part } from '../../checkers/reward-model/evaluation/evaluate.ts'
import type { Figure, Measured } from '../../checkers/reward-model/evaluation/measure.ts'
import { compactTable } from './_compact-table.ts'
import type { Speed } from './_rm-eval.ts'

/** An evaluation for people. */
export function evaluationView(scorer: string, evaluation: Evaluation, speed: Speed | null): string {
  const { n, unscored, threshold, overall } = evaluation
  return [
    `${scorer}: ${n} pairs in ${overall.clusters} clusters, ${percent(overall.positives)} % satisfied, threshold ${threshold}` +
      (unscored > 0 ? `; ${unscored} pairs without a score are left out` : ''),
    agreementTable(evaluation),
    ...partTables('type', evaluation.byType),
    ...partTables('level', evaluation.byLevel),
    calibrationTable(evaluation),
    ...rankLines(evaluation),
    ...pseudoLabelLines(evaluation),
    noiseTable(evaluation),
    ...(speed
      ? [
          `speed: ${speed.pairs} pairs in ${speed.seconds.toFixed(2)} s, ${(speed.pairs / speed.seconds).toFixed(0)} pairs/s (${speed.cpuSeconds.toFixed(2)} s of user CPU)`,
        ]
      : []),
  ].join('\n\n')
}

function agreementTable({ overall, majorityAccuracy }: Evaluation): string {
  const { confusion, agreement, wilson } = overall
  const rows = [
    ['accuracy', `${withInterval(overall.accuracy, percent)} (majority ${percent(majorityAccuracy)})`],
    ['accuracy, Wilson', wilson ? `[${percent(wilson.low)}, ${percent(wilson.high)}]` : '–'],
    ['balanced accuracy', withInterval(overall.balancedAccuracy, percent)],
    [
      'precision / recall / specificity',
      [agreement.precision, agreement.recall, agreement.specificity].map(percent).join(' / '),
    ],
    [
      'F1 / F1 of violations / macro F1',
      [agreement.f1, agreement.f1Negative, agreement.macroF1].map(plain).join(' / '),
    ],
    ["Cohen's kappa / MCC / AC1", [agreement.kappa, agreement.mcc, agreement.ac1].map(plain).join(' / ')],
    ['AUROC', withInterval(overall.auroc, plain)],
    ['tau-b', withInterval(overall.tauB, plain)],
    ['ECE', withInterval(overall.ece, plain)],
    ['Brier / log loss', [overall.brier, overall.logLoss].map(plain).join(' / ')],
    [
      'confusion',
      `tp ${confusion.truePositives}, fp ${confusion.falsePositives}, fn ${confusion.falseNegatives}, tn ${confusion.trueNegatives}`,
    ],
  ]
  return compactTable(['agreement', 'value [95 % interval over clusters]'], rows)
}

function partTables(kind: string, parts: readonly Part[]): string[] {
  if (parts.length === 0) return []
  const row = ({ name, measured }: Part) => [
    name,
    String(measured.n),
    percent(measured.positives),
    accuracyOf(measured),
    percent(measured.balancedAccuracy.value),
    plain(measured.auroc.value),
    plain(measured.tauB.value),
    plain(measured.agreement.kappa),
  ]
  return [
    compactTable(
      [kind, 'pairs', 'satisfied', 'accuracy [Wilson]', 'balanced', 'AUROC', 'tau-b', 'kappa'],
      parts.map(row),
    ),
  ]
}

function accuracyOf({ accuracy, wilson }: Measured): string {
  const shown = percent(accuracy.value)
  return wilson ? `${shown} [${percent(wilson.low)}, ${percent(wilson.high)}]` : shown
}

function calibrationTable({ calibration, recalibration }: Evaluation): string {
  const bins = calibration.bins.map(({ low, high, n, meanProbability, meanLabel }) => [
    `${low.toFixed(2)} to ${high.toFixed(2)}`,
    String(n),
    plain(meanProbability),
    plain(meanLabel),
    '#'.repeat(Math.round(20 * (meanLabel ?? 0))).padEnd(20, '.'),
  ])
  const { fitted, tested, asIs, platt, isotonic } = recalibration
  const after = [
    `as it is ${plain(asIs.ece)}`,
    ...(platt
      ? [`Platt ${plain(platt.ece)} (slope ${platt.slope.toFixed(2)}, offset ${platt.offset.toFixed(2)})`]
      : []),
    ...(isotonic ? [`isotonic ${plain(isotonic.ece)}`] : []),
  ]
  return `${compactTable(['P(satisfied)', 'pairs', 'mean p', 'satisfied', 'satisfied, drawn'], bins)}
ECE ${plain(calibration.ece)}, MCE ${plain(calibration.mce)}. Recalibrated on ${fitted} pairs, ECE on ${tested} others: ${after.join(', ')}`
}

function rankLines({ ranks }: Evaluation): string[] {
  if (ranks === null) return []
  const { groups, tauB, undefinedGroups, tauBUndefinedAsZero, weval } = ranks
  return [
    `ranking by level, ${groups} groups: tau-b ${plain(tauB)} (undefined in ${undefinedGroups}; with these as 0: ${plain(tauBUndefinedAsZero)})
  with the published script's tie-break, which favours the right order: tau ${plain(weval.tau)}, position consistency ${plain(weval.positionConsistency)}, exact match ${plain(weval.exactMatch)}`,
  ]
}

function pseudoLabelLines({ pseudoLabels }: Evaluation): string[] {
  if (pseudoLabels === null) return []
  const { n, falsePositiveRate, falseNegativeRate } = pseudoLabels
  const rate = ({ share, low, high }: typeof falsePositiveRate) =>
    `${percent(share)} % [${percent(low)}, ${percent(high)}]`
  return [
    `labels against people, ${n} pairs: called satisfied though not ${rate(falsePositiveRate)}, called violated though satisfied ${rate(falseNegativeRate)}`,
  ]
}

function noiseTable({ noise, bias }: Evaluation): string {
  const rows = noise.map(({ noise: share, constraintScore, groupScore, differenceKept }) => [
    percent(share),
    percent(constraintScore),
    percent(groupScore),
    percent(differenceKept),
  ])
  return `${compactTable(['wrong labels %', 'constraints satisfied %', 'groups all satisfied %', 'difference kept %'], rows)}
this scorer measures ${percent(bias.measured)} % satisfied where the labels say ${percent(bias.labelled)} %; of a true difference it keeps ${percent(bias.differenceKept)} %`
}

type Show = (value: number | null) => string
const percent: Show = (value) => (value === null ? '–' : (value * 100).toFixed(1))
const plain: Show = (value) => (value === null ? '–' : value.toFixed(3))

function withInterval({ value, interval }: Figure, show: Show): string {
  return interval ? `${show(value)} [${show(interval.low)}, ${show(interval.high)}]` : show(value)
}
