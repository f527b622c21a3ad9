import { scaleQuantize } from 'd3-scale'
import type { Metric } from '../../../core/metric.ts'
import { formatInterval, formatValue, unitOf } from '../../format-value.ts'
import type { GroupTable } from '../../table/group-table.ts'
import { scaleOf } from '../breakdown-shape.ts'
import { levelPlot } from '../charts/level-plot.ts'
import type { ReportData } from '../gather-report.ts'
import { html, type Markup } from '../markup.ts'
import { details, figure, remark, type Section } from './section.ts'

/** Figures over levels, as lines. */
export function levelsSection({ breakdowns }: ReportData): Section | null {
  const tables = breakdowns.flatMap(({ ordered }) => ordered)
  if (tables.length === 0) return null
  return {
    id: 'levels',
    title: 'By level',
    body: html`${remark('Bars are 95 % intervals.')}${tables.map(
      (table) => html`${levels(table)}${details('The figures', heatTable(table))}`,
    )}`,
  }
}

/** Figures by constraint type and other dimensions, as heat maps. */
export function heatMapSection({ breakdowns }: ReportData): Section | null {
  if (breakdowns.every(({ nominal }) => nominal.length === 0)) return null
  return {
    id: 'types',
    title: 'By constraint type',
    body: html`${remark(
      'The stronger the colour, the higher the figure. Denominators stand behind the group; of many groups some stand out by chance.',
    )}${breakdowns.flatMap(({ nominal: [first, ...others] }) =>
      first ? [heatTable(first), others.map((table) => details(titleOf(table), heatTable(table)))] : [],
    )}`,
  }
}

function levels(table: GroupTable): Markup {
  const scale = scaleOf(table)
  const factor = scale === 'fraction' ? 100 : 1
  const unit = unitOf(scale)
  const end = scale === 'fraction' ? 100 : scale === 'score-10' ? 10 : greatest(table)
  const title = titleOf(table)
  return figure(
    title,
    levelPlot({
      id: `levels-${table.benchmark.id}-${table.dimension}`,
      title,
      description: 'One line a run over the levels, with 95 % intervals. The figures stand in the table below.',
      levels: table.rows.map(({ value }) => value),
      series: table.runs.map(({ name }, run) => ({
        name,
        points: table.rows.map(({ figures }) => {
          const metric = figures[run]
          if (metric?.value == null) return null
          const { value, interval } = metric
          return {
            value: value * factor,
            low: interval === null ? null : interval.low * factor,
            high: interval === null ? null : interval.high * factor,
            text: `${formatValue(value, scale)} ${formatInterval(interval, value, scale)} (n ${metric.n})`,
          }
        }),
      })),
      domain: [lowest(table, factor), end],
      axes: { x: table.dimension, y: `${table.rows[0]!.metric}${unit ? ` (${unit})` : ''}` },
    }),
  )
}

/** 0, or lower where a protocol counts failures below it. */
function lowest({ rows }: GroupTable, factor: number): number {
  const ends = rows.flatMap(({ figures }) =>
    figures.flatMap((metric) => [metric?.interval?.low ?? 0, metric?.value ?? 0]),
  )
  return Math.min(0, ...ends) * factor
}

function greatest({ rows }: GroupTable): number {
  const ends = rows.flatMap(({ figures }) =>
    figures.flatMap((metric) => [metric?.interval?.high ?? 0, metric?.value ?? 0]),
  )
  return Math.max(1, ...ends)
}

function titleOf({ benchmark, dimension, rows, isSample }: GroupTable): string {
  return `${isSample ? 'SAMPLE: ' : ''}${benchmark.title}: ${rows[0]?.metric ?? ''} by ${dimension}`
}

const shades = scaleQuantize<number>().domain([0, 1]).range([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])

/** Groups as rows, runs as columns, cells shaded by their value on the figure's own scale. */
function heatTable(table: GroupTable): Markup {
  const title = titleOf(table)
  const unit = unitOf(scaleOf(table))
  return html`<div class="scroll" role="region" aria-label="${title}" tabindex="0"><table class="heat"><caption>${title}${unit ? ` (${unit})` : ''}</caption>
<thead><tr><th scope="col">${table.dimension}</th>${table.runs.map(({ name }) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${table.rows.map(
    ({ value, figures }) =>
      html`<tr><th scope="row">${value} <span class="interval">n ${sizes(figures)}</span></th>${figures.map(heatCell)}</tr>`,
  )}</tbody></table></div>`
}

function sizes(figures: readonly (Metric | null)[]): string {
  return [...new Set(figures.flatMap((metric) => (metric ? [metric.n] : [])))].join('/')
}

function heatCell(metric: Metric | null): Markup {
  if (metric?.value == null) return html`<td class="heat-none">–</td>`
  const { value, interval, scale, missing } = metric
  const shade = scale === 'count' ? 0 : shades(scale === 'score-10' ? value / 10 : value)
  return html`<td class="heat-${shade}">${formatValue(value, scale)}${missing > 0 ? '°' : ''} <span class="interval">${formatInterval(interval, value, scale)}</span></td>`
}
