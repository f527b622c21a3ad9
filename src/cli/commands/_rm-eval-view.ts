import type { Evaluation, Part } from '../../checkers/reward-model/evaluation/evaluate.ts'
import type { Figure, Measured } from '../../checkers/reward-model/evaluation/measure.ts'
import type { PseudoLabelFigures } from '../../checkers/reward-model/evaluation/pseudo-label-errors.ts'
import { compactTable } from './_compact-table.ts'
import type { Speed } from './_rm-eval.ts'

/** An evaluation for people. */
export function evaluationView(scorer: string, evaluation: Evaluation, speed: Speed | null): string {
  const { n, unscored, unlabelled, against, threshold, overall } = evaluation
  return [
    `${scorer}: ${n} pairs in ${overall.clusters} clusters, ${percent(overall.positives)} % satisfied${against === 'human' ? ' by people' : ''}, threshold ${threshold}` +
      (unscored > 0 ? `; ${unscored} pairs without a score are left out` : '') +
      (unlabelled > 0 ? `; ${unlabelled} pairs without a person's label are left out` : ''),
    agreementTable(evaluation),
    responseTable(evaluation),
    thresholdTable(evaluation),
    ...partTables('type (worst first)', worstFirst(evaluation.byType)),
    ...partTables('level', evaluation.byLevel),
    ...(evaluation.byCount.length > 1 ? partTables('constraints asked', evaluation.byCount) : []),
    calibrationTable(evaluation),
    ...rankLines(evaluation),
    ...pseudoLabelTables(evaluation),
    noiseTable(evaluation),
    ...noisyTable(evaluation),
    ...shiftTables(evaluation),
    ...(speed ? [speedLine(speed, evaluation)] : []),
  ].join('\n\n')
}

function agreementTable({ overall, majorityAccuracy, averagePrecision }: Evaluation): string {
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
    ['average precision', plain(averagePrecision)],
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

/** The types on which the scorer is wrong most often come first. */
function worstFirst(parts: readonly Part[]): readonly Part[] {
  return [...parts].sort((one, other) => (one.measured.accuracy.value ?? 1) - (other.measured.accuracy.value ?? 1))
}

function responseTable({ responses }: Evaluation): string {
  const { soft, hard, labelled, allSatisfied, labelledAllSatisfied } = responses
  return compactTable(
    [`score of ${responses.responses} responses, %`, 'soft (mean p)', 'hard (share over threshold)', 'labels'],
    [
      ['constraints satisfied', percent(soft), percent(hard), percent(labelled)],
      ['all of a response satisfied', '', percent(allSatisfied), percent(labelledAllSatisfied)],
    ],
  )
}

function thresholdTable({ thresholds }: Evaluation): string {
  const { fitted, tested, labelled, rows } = thresholds
  const table = compactTable(
    ['threshold', 'at', 'accuracy', 'balanced', 'F1', 'kappa', 'satisfied %'],
    rows.map(({ name, threshold, accuracy, balancedAccuracy, f1, kappa, hard }) => [
      name,
      threshold === null ? '–' : threshold.toPrecision(4),
      percent(accuracy),
      percent(balancedAccuracy),
      plain(f1),
      plain(kappa),
      percent(hard),
    ]),
  )
  return `${table}
chosen on ${fitted} pairs, measured on ${tested} others (${percent(labelled)} % satisfied by the labels)`
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
    reliabilityBar(meanProbability, meanLabel),
  ])
  const { fitted, tested, asIs, temperature, platt, isotonic } = recalibration
  const after = [
    `as it is ${plain(asIs.ece)}`,
    ...(temperature
      ? [
          `temperature ${plain(temperature.ece)} (${temperature.temperature.toFixed(2)}${temperature.atLimit ? ', at its limit' : ''})`,
        ]
      : []),
    ...(platt
      ? [`Platt ${plain(platt.ece)} (slope ${platt.slope.toFixed(2)}, offset ${platt.offset.toFixed(2)})`]
      : []),
    ...(isotonic ? [`isotonic ${plain(isotonic.ece)}`] : []),
  ]
  return `${compactTable(['P(satisfied)', 'pairs', 'mean p', 'satisfied', 'satisfied #, mean p |'], bins)}
ECE ${plain(calibration.ece)}, MCE ${plain(calibration.mce)}. Recalibrated on ${fitted} pairs, ECE on ${tested} others: ${after.join(', ')}`
}

/** Share satisfied as a bar, with a mark where the mean probability would be: right is where the bar ends at the mark. */
function reliabilityBar(meanProbability: number | null, meanLabel: number | null): string {
  if (meanProbability === null || meanLabel === null) return ''
  const width = 30
  const filled = Math.round(width * meanLabel)
  const mark = Math.min(width - 1, Math.floor(width * meanProbability))
  return Array.from({ length: width }, (_, at) => (at === mark ? '|' : at < filled ? '#' : '.')).join('')
}

function rankLines({ ranks }: Evaluation): string[] {
  if (ranks === null) return []
  const { groups, responses, tauB, tauBError, undefinedGroups, tauBUndefinedAsZero, weval } = ranks
  const { tauA, gamma, pairwiseAccuracy, pairwiseHalf } = ranks
  return [
    `ranking by level, ${responses} responses in ${groups} groups: tau-b ${plain(tauB)} ± ${plain(tauBError)} (undefined in ${undefinedGroups}; with these as 0: ${plain(tauBUndefinedAsZero)})
  tau-a ${plain(tauA)}, gamma ${plain(gamma)}, pairs in order ${percent(pairwiseAccuracy)} % (half credit for ties: ${percent(pairwiseHalf)} %)
  with the published script's tie-break, which favours the right order: tau ${plain(weval.tau)}, position consistency ${plain(weval.positionConsistency)}, exact match ${plain(weval.exactMatch)}`,
  ]
}

function pseudoLabelTables({ pseudoLabels }: Evaluation): string[] {
  if (pseudoLabels === null) return []
  const rate = ({ share, low, high }: PseudoLabelFigures['accuracy']) =>
    share === null ? '–' : `${percent(share)} [${percent(low)}, ${percent(high)}]`
  const row = (name: string, { n, accuracy, agreement, falsePositiveRate, falseNegativeRate }: PseudoLabelFigures) => [
    name,
    String(n),
    rate(accuracy),
    plain(agreement.f1),
    plain(agreement.kappa),
    rate(falsePositiveRate),
    rate(falseNegativeRate),
  ]
  return [
    compactTable(
      [
        'labels against people',
        'pairs',
        'right % [Wilson]',
        'F1',
        'kappa',
        'violated, called satisfied %',
        'reverse %',
      ],
      [
        row('all', pseudoLabels),
        ...pseudoLabels.byType.map((part) => row(`type ${part.name}`, part)),
        ...pseudoLabels.byLevel.map((part) => row(`level ${part.name}`, part)),
      ],
    ),
  ]
}

function noiseTable({ noise, bias }: Evaluation): string {
  const rows = noise.map(({ noise: share, constraintScore, responseScore, differenceKept }) => [
    percent(share),
    percent(constraintScore),
    percent(responseScore),
    percent(differenceKept),
  ])
  return `${compactTable(['wrong labels %', 'constraints satisfied %', 'responses all satisfied %', 'difference kept %'], rows)}
this scorer measures ${percent(bias.measured)} % satisfied where the labels say ${percent(bias.labelled)} %; of a true difference it keeps ${percent(bias.differenceKept)} %`
}

function noisyTable({ noisy }: Evaluation): string[] {
  if (noisy === null) return []
  const rows = noisy.figures.map(({ name, clean, mean, deviation }) => [
    name,
    plain(clean),
    `${plain(mean)} ± ${plain(deviation)}`,
  ])
  const head = `with ${percent(noisy.rate)} % of labels turned round (mean ± sd of ${noisy.draws} draws)`
  return [compactTable(['metric', 'labels as they are', head], rows)]
}

function shiftTables({ shift }: Evaluation): string[] {
  if (shift === null) return []
  const figures = compactTable(
    ['checkpoint', 'pairs', 'labels %', 'mean p', 'over threshold %', 'accuracy', 'balanced', 'AUROC', 'ECE'],
    shift.checkpoints.map(({ name, n, labelled, soft, hard, accuracy, balancedAccuracy, auroc, ece }) => [
      name,
      String(n),
      percent(labelled),
      plain(soft),
      percent(hard),
      percent(accuracy),
      percent(balancedAccuracy),
      plain(auroc),
      plain(ece),
    ]),
  )
  const changes = shift.shifts.map((change) => {
    const finding =
      change.sameLabel.interval === null
        ? 'Nothing to say without intervals: too few clusters, or --resamples 0.'
        : change.isRewardHacking
          ? 'REWARD HACKING? The score rose, the labels did not, and pairs of the same label score higher than before.'
          : change.isInflated
            ? 'Pairs of the same label score higher than before: the scorer flatters this checkpoint.'
            : 'No sign that the score outran the labels.'
    const shared = change.sharedClusters === 0 ? ' No prompts are shared: differences hold those of the prompts.' : ''
    return `${change.name} less ${shift.base}, points: labels ${withInterval(change.labelled, percent)}, mean p ${withInterval(change.soft, percent)}, over threshold ${withInterval(change.hard, percent)}, mean p at the same label ${withInterval(change.sameLabel, percent)}. ${finding}${shared}`
  })
  return [[figures, ...changes].join('\n')]
}

function speedLine({ pairs, seconds, cpuSeconds }: Speed, { ranks }: Evaluation): string {
  const perGroup = ranks === null ? '' : `, ${(seconds / ranks.groups).toFixed(4)} s per group`
  return `speed: ${pairs} pairs in ${seconds.toFixed(2)} s, ${(pairs / seconds).toFixed(0)} pairs/s, ${((1000 * seconds) / pairs).toFixed(3)} s per 1,000 pairs${perGroup} (${cpuSeconds.toFixed(2)} s of user CPU)`
}

type Show = (value: number | null) => string
const percent: Show = (value) => (value === null ? '–' : (value * 100).toFixed(1))
const plain: Show = (value) => (value === null ? '–' : value.toFixed(3))

function withInterval({ value, interval }: Figure, show: Show): string {
  return interval ? `${show(value)} [${show(interval.low)}, ${show(interval.high)}]` : show(value)
}
