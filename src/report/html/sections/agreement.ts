import type { Calibration } from '../../../checkers/judge-calibration/calibration.types.ts'
import { type Grid, textCell } from '../../grid/grid.ts'
import { calibrationPlot } from '../charts/calibration-plot.ts'
import { intervalPlot } from '../charts/interval-plot.ts'
import type { ScoringAgreement } from '../gather-agreement.ts'
import type { ReportData } from '../gather-report.ts'
import { html, type Markup } from '../markup.ts'
import { renderGrid } from '../render-grid.ts'
import { figure, remark, type Section } from './section.ts'

/** How far judges and reward models can be trusted, where there is data on it. */
export function agreementSection({ agreement, runs }: ReportData): Section {
  const { judges, scorings, probabilities } = agreement
  const uncalibrated = [
    ...new Set(
      runs.flatMap(({ scoring }) =>
        scoring.judge !== null && !judges.some(({ judge }) => judge === scoring.judge) ? [scoring.judge] : [],
      ),
    ),
  ]
  const isEmpty = judges.length + scorings.length + probabilities.length === 0
  return {
    id: 'agreement',
    title: 'Calibration and agreement of scorers',
    body: html`${uncalibrated.map((judge) =>
      remark(`No calibration of the judge ${judge} beside these runs (bench judge calibrate makes one).`),
    )}${
      isEmpty
        ? remark('These runs have neither two scorings of the same responses nor probabilities of a reward model.')
        : null
    }${judges.map(judgeFigures)}${scorings.length === 0 ? null : renderGrid(scoringGrid(scorings))}${probabilities.map(
      ({ name, n, bins, ece, brier }, index) =>
        figure(
          `Reward model of ${name}: P(satisfied) against the judge, ${n} verdicts, expected calibration error ${decimal(ece)}, Brier score ${decimal(brier)}`,
          calibrationPlot(`calibration-${index}`, `Calibration of the reward model, ${name}`, bins),
        ),
    )}`,
  }
}

function judgeFigures({ judgeName, set, judged, agreement, byType, consistency }: Calibration, index: number): Markup {
  const { accuracy, kappa, ac1, constantAccuracy, macroF1 } = agreement
  const title = `Judge ${judgeName}: accuracy against labels by constraint type`
  const rows = [{ type: 'all', ...agreement }, ...byType].flatMap(
    ({ type, accuracy: share, constantAccuracy: constant }) =>
      share.value === null
        ? []
        : [
            {
              group: type,
              series: 0,
              value: share.value * 100,
              low: share.low === null ? null : share.low * 100,
              high: share.high === null ? null : share.high * 100,
              band: null,
              text: `${percent(share.value)} of ${share.n}, constant guess ${percent(constant)}`,
            },
          ],
  )
  return html`${remark(
    `Judge ${judgeName} on ${judged} labelled rows of ${set.file}: accuracy ${percent(accuracy.value)}, constant guess ${percent(constantAccuracy)}, kappa ${decimal(kappa)}, AC1 ${decimal(ac1)}, macro F1 ${decimal(macroF1)}${consistency ? `, ${percent(consistency.pairAgreement)} of pairs of ${consistency.repeats} repeats agree` : ''}.`,
  )}${figure(
    title,
    intervalPlot({
      id: `judge-${index}`,
      title,
      description: 'Accuracy with its 95 % interval for each type of constraint.',
      rows,
      series: [judgeName],
      reference: null,
      domain: [0, 100],
      axis: 'accuracy, %',
    }),
  )}`
}

function scoringGrid(scorings: readonly ScoringAgreement[]): Grid {
  const columns = ['verdicts', 'agree', 'kappa', 'AC1', 'macro F1', 'only first satisfied', 'only second satisfied']
  return {
    title: 'Two scorings of the same responses',
    stub: 'benchmark',
    columns: columns.map((name) => ({ group: null, lines: [name] })),
    rows: scorings.map(({ benchmark, one, other, figures }) => ({
      group: `${one} and ${other}`,
      name: benchmark,
      marks: [],
      isPublished: false,
      cells: [
        String(figures.n),
        percent(figures.accuracy),
        decimal(figures.kappa),
        decimal(figures.ac1),
        decimal(figures.macroF1),
        String(figures.firstOnly),
        String(figures.secondOnly),
      ].map(textCell),
    })),
    methods: [],
    notes: [
      'soft constraints with a verdict of 0 or 1 on both sides; the share that agrees is high by chance where most constraints are met',
    ],
  }
}

function percent(value: number | null): string {
  return value === null ? '–' : `${(value * 100).toFixed(1)} %`
}

function decimal(value: number | null): string {
  return value === null ? '–' : value.toFixed(2)
}
