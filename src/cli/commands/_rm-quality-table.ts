import type { QualityReport, Summary } from '../../checkers/reward-model/training/quality-report.ts'
import { compactTable } from './_compact-table.ts'

/** The measured quality as a table: the model beside the two baselines. */
export function qualityTable({ rows, trainingPairs, testPairs }: QualityReport): string {
  const head = [
    'held-out group',
    'pairs',
    'satisfied',
    'accuracy',
    'balanced',
    'AUROC',
    'tau-b',
    'ECE',
    'majority acc.',
    'length acc.',
    'length AUROC',
  ]
  const body = rows.map(({ group, model, majority, lengthOnly }) => [
    group,
    String(model.n),
    percent(model.positives),
    withInterval(model.accuracy, percent),
    withInterval(model.balancedAccuracy, percent),
    withInterval(model.auroc, plain),
    withInterval(model.tauB, plain),
    withInterval(model.ece, plain),
    percent(majority.accuracy[0] ?? null),
    percent(lengthOnly.accuracy[0] ?? null),
    plain(lengthOnly.auroc[0] ?? null),
  ])
  return `Trained on ${trainingPairs} pairs, measured on ${testPairs} pairs of other clusters. 95 % intervals resample clusters.\n${compactTable(head, body)}`
}

type Show = (value: number | null) => string

const percent: Show = (value) => (value === null ? '–' : (value * 100).toFixed(1))
const plain: Show = (value) => (value === null ? '–' : value.toFixed(3))

function withInterval([value = null, low = null, high = null]: Summary['accuracy'], show: Show): string {
  return low === null || high === null ? show(value) : `${show(value)} [${show(low)}, ${show(high)}]`
}
