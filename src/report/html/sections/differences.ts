import type { Metric } from '../../../core/metric.ts'
import type { BenchmarkComparison } from '../../compare/compare-checkpoints.ts'
import { formatDifference, formatDifferenceInterval, formatP } from '../../format-difference.ts'
import { formatValue, unitOf } from '../../format-value.ts'
import { type Grid, textCell } from '../../grid/grid.ts'
import { type IntervalRow, intervalPlot } from '../charts/interval-plot.ts'
import type { ReportData } from '../gather-report.ts'
import { html, type Markup } from '../markup.ts'
import { renderGrid } from '../render-grid.ts'
import { figure, remark, type Section } from './section.ts'

const scaleNames: Readonly<Record<Metric['scale'], string>> = {
  fraction: 'percentage points',
  'score-10': 'points of 10',
  count: 'units of the figure',
}

/** Forest plot and table of the differences to the baseline; null without one. */
export function differencesSection({ baseline, protocol }: ReportData): Section | null {
  if (!baseline) return null
  const name = baseline.baseline.run.name
  const { comparisons, refusals } = baseline
  const scales = [...new Set(comparisons.flatMap(({ comparison }) => comparison.benchmarks.map(({ scale }) => scale)))]
  const notes = [...new Set([...refusals, ...comparisons.flatMap(({ comparison }) => comparison.notes)])]
  const isSample = comparisons.some(({ comparison }) => comparison.benchmarks.some((pair) => pair.isSample))
  return {
    id: 'differences',
    title: `Differences to ${name}`,
    body: html`${remark(
      `Each run less ${name}, on the same items, ${protocol} protocol. Right of the line is better. Bars are 95 % intervals of a paired cluster bootstrap; the grey band around the line is what the comparison could not have found four times out of five, so a bar inside it proves nothing.`,
    )}${scales.map((scale) => forest(baseline, scale, name, isSample))}${
      comparisons.length === 0
        ? remark('Nothing could be compared; the reasons are below.')
        : renderGrid(grid(baseline, name, isSample))
    }${notes.length === 0 ? null : html`<ul class="notes">${notes.map((note) => html`<li>${note}</li>`)}</ul>`}`,
  }
}

type Comparisons = NonNullable<ReportData['baseline']>

function forest({ comparisons }: Comparisons, scale: Metric['scale'], baseline: string, isSample: boolean): Markup {
  const factor = scale === 'fraction' ? 100 : 1
  const ids = [
    ...new Set(comparisons.flatMap(({ comparison }) => comparison.benchmarks.map(({ benchmark }) => benchmark.id))),
  ]
  const rows = ids.flatMap((id) =>
    comparisons.flatMap(({ comparison }, series): IntervalRow[] => {
      const pair = comparison.benchmarks.find((entry) => entry.benchmark.id === id && entry.scale === scale)
      const difference = pair?.comparison.difference ?? null
      if (!pair || difference === null) return []
      const { interval, detectable } = pair.comparison
      return [
        {
          group: `${pair.benchmark.title} ${pair.label}`,
          series,
          value: difference * factor,
          low: interval === null ? null : interval.low * factor,
          high: interval === null ? null : interval.high * factor,
          band: detectable === null ? null : detectable * factor,
          text: `${formatDifference(difference, scale)}${pair.mark} ${formatDifferenceInterval(interval, scale)} ${pair.verdict}`,
        },
      ]
    }),
  )
  const title = `${isSample ? 'SAMPLE: ' : ''}Differences to ${baseline} in ${scaleNames[scale]}`
  return figure(
    title,
    intervalPlot({
      id: `forest-${scale}`,
      title,
      description:
        'Forest plot: one point with its 95 % interval a run and benchmark. The table below has the figures.',
      rows,
      series: comparisons.map(({ comparison }) => comparison.a.name),
      reference: 0,
      domain: [-1, 1],
      axis: `run less ${baseline}, ${scaleNames[scale]}`,
    }),
  )
}

function grid({ comparisons }: Comparisons, baseline: string, isSample: boolean): Grid {
  const columns = ['run', baseline, 'difference', '95 % interval', 'p', 'p (Holm)', 'detectable', 'verdict']
  return {
    title: `${isSample ? 'SAMPLE: ' : ''}Differences to ${baseline}`,
    stub: 'benchmark',
    columns: columns.map((name) => ({ group: null, lines: [name] })),
    rows: comparisons.flatMap(({ comparison }) =>
      comparison.benchmarks.map((pair) => ({
        group: comparison.a.name,
        name: `${pair.benchmark.title} ${pair.label}${unitOf(pair.scale) ? ` (${unitOf(pair.scale)})` : ''}`,
        marks: [],
        isPublished: false,
        cells: cells(pair).map(textCell),
      })),
    ),
    methods: [],
    notes: [
      'detectable: the difference that the comparison finds four times out of five',
      '* adjusted p < 0.05, ** < 0.01, *** < 0.001, † p < 0.05 only before the adjustment over the benchmarks of a pair',
    ],
  }
}

function cells({ comparison, adjustedP, verdict, mark, scale }: BenchmarkComparison): string[] {
  const { a, b, difference, interval, p, test, bootstrap, detectable } = comparison
  const least = test === 'cluster-bootstrap' ? 1 / (bootstrap.replicates + 1) : 0
  return [
    formatValue(a, scale),
    formatValue(b, scale),
    `${formatDifference(difference, scale)}${mark}`,
    formatDifferenceInterval(interval, scale),
    formatP(p, least),
    formatP(adjustedP),
    formatValue(detectable, scale),
    verdict,
  ]
}
