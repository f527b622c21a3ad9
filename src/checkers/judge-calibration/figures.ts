import { groupBy } from '../../core/group-by.ts'
import { binaryAgreement, confusionCounts } from '../../stats/binary-agreement.ts'
import { createMetricTable } from '../../stats/metric-table.ts'
import { wilson } from '../../stats/wilson.ts'
import type { RowVerdict } from './ask-row.ts'
import type { AgreementFigures, CalibrationFigures, ConsistencyFigures, ShareFigure } from './calibration.types.ts'

interface Judged extends RowVerdict {
  readonly value: 0 | 1
}

/**
 * Figures of a calibration. Agreement is that of the first verdict of each row, since a benchmark asks once; further
 * repeats only tell how the judge agrees with itself.
 */
export function calibrationFigures(verdicts: readonly RowVerdict[], repeats: number): CalibrationFigures {
  const first = verdicts.filter(({ repeat }) => repeat === 0)
  const judged = first.filter(isJudged)
  const types = groupBy(judged, ({ row }) => row.type)
  const replies = total(verdicts, ({ replies }) => replies)
  return {
    rows: first.length,
    judged: judged.length,
    agreement: agreementFigures(judged),
    clusteredInterval: clusteredInterval(judged),
    byType: [...types]
      .map(([type, rows]) => ({ type, ...agreementFigures(rows) }))
      .sort((one, other) => other.accuracy.n - one.accuracy.n),
    consistency: repeats > 1 ? consistencyFigures(verdicts, repeats) : null,
    verdicts: {
      asked: verdicts.length,
      unparsed: verdicts.filter(({ status }) => status === 'judge-unparsed').length,
      failed: verdicts.filter(({ value, status }) => value === null && status !== 'judge-unparsed').length,
    },
    unreadableReplies: shareFigure(
      total(verdicts, ({ unreadable }) => unreadable),
      replies,
    ),
  }
}

function isJudged(verdict: RowVerdict): verdict is Judged {
  return verdict.value !== null
}

function agreementFigures(rows: readonly Judged[]): AgreementFigures {
  const confusion = confusionCounts(
    rows.map(({ value }) => value),
    rows.map(({ row }) => row.label),
  )
  const { truePositives, trueNegatives, falsePositives, falseNegatives } = confusion
  const { balancedAccuracy, macroF1, kappa, kappaError, ac1 } = binaryAgreement(confusion)
  const n = rows.length
  const baseRate = n === 0 ? null : (truePositives + falseNegatives) / n
  return {
    accuracy: shareFigure(truePositives + trueNegatives, n),
    confusion,
    balancedAccuracy,
    macroF1,
    kappa,
    kappaError,
    ac1,
    baseRate,
    judgeRate: n === 0 ? null : (truePositives + falsePositives) / n,
    constantAccuracy: baseRate === null ? null : Math.max(baseRate, 1 - baseRate),
  }
}

function clusteredInterval(rows: readonly Judged[]): CalibrationFigures['clusteredInterval'] {
  const clusters = new Set(rows.map(({ row }) => row.cluster)).size
  if (clusters === rows.length) return null
  const table = createMetricTable()
  for (const { row, value } of rows) {
    const head = { id: 'accuracy', protocol: 'fixed', scale: 'fraction', unit: 'constraint' } as const
    table.ratio(head, { cluster: row.cluster, numerator: value === row.label ? 1 : 0, denominator: 1 })
  }
  const interval = table.metrics()[0]?.interval
  return interval ? { low: interval.low, high: interval.high, clusters } : null
}

function consistencyFigures(verdicts: readonly RowVerdict[], repeats: number): ConsistencyFigures {
  const byRow = groupBy(verdicts.filter(isJudged), ({ row }) => row.id)
  const repeated = [...byRow.values()].filter(({ length }) => length > 1)
  const tallies = repeated.map((rows) => {
    const ones = rows.filter(({ value }) => value === 1).length
    return { label: rows[0]!.row.label, n: rows.length, ones, zeros: rows.length - ones }
  })
  const pairs = tallies.map(({ n, ones, zeros }) => (ones * (ones - 1) + zeros * (zeros - 1)) / (n * (n - 1)))
  const decided = tallies.filter(({ ones, zeros }) => ones !== zeros)
  return {
    repeats,
    rows: repeated.length,
    unanimous: shareFigure(tallies.filter(({ ones, zeros }) => ones === 0 || zeros === 0).length, tallies.length),
    pairAgreement: pairs.length === 0 ? null : total(pairs, (pair) => pair) / pairs.length,
    majorityAccuracy: shareFigure(
      decided.filter(({ label, ones, zeros }) => ones > zeros === (label === 1)).length,
      decided.length,
    ),
  }
}

function shareFigure(part: number, n: number): ShareFigure {
  const { share, low, high } = wilson(part, n)
  return { value: share, n, low, high }
}

function total<T>(values: readonly T[], of: (value: T) => number): number {
  return values.reduce((sum, value) => sum + of(value), 0)
}
