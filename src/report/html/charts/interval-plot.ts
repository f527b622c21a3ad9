import { scaleLinear } from 'd3-scale'
import type { Markup } from '../markup.ts'
import { html } from '../markup.ts'
import { fit, label, legend, line, point, round, seriesCount, svg } from './svg.ts'

/** One figure with its interval. */
export interface IntervalRow {
  /** Rows of one group stand together under its name. */
  readonly group: string
  /** Index of the name in {@link IntervalPlot.series}. */
  readonly series: number
  readonly value: number
  readonly low: number | null
  readonly high: number | null
  /** Printed at the right. */
  readonly text: string
  /** Half width of a grey band around the reference; null for none. */
  readonly band: number | null
}

export interface IntervalPlot {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly rows: readonly IntervalRow[]
  readonly series: readonly string[]
  /** Value at which a vertical line stands; null for none. */
  readonly reference: number | null
  /** Ends that the axis must reach at least. */
  readonly domain: readonly [low: number, high: number]
  /** Below the axis: what grows to the right, in which unit. */
  readonly axis: string
}

const rowHeight = 24
const groupGap = 14
const left = 190
const right = 250
const width = 900

/**
 * Points with intervals under each other, grouped: a forest plot when the reference is no difference. A few series are
 * told apart by colour and shape, with a legend; where there are more, each row bears the name of its series.
 */
export function intervalPlot(plot: IntervalPlot): Markup {
  const { id, title, description, rows, series, reference, axis } = plot
  const ends = rows.flatMap(({ value, low, high, band: half }) => {
    const around = half === null || reference === null ? [] : [reference - half, reference + half]
    return [value, low ?? value, high ?? value, ...around]
  })
  const x = scaleLinear()
    .domain([Math.min(plot.domain[0], ...ends), Math.max(plot.domain[1], ...ends)])
    .nice()
    .range([left, width - right])
  const isNamed = series.length > seriesCount
  const hasLegend = series.length > 1 && !isNamed
  const top = (hasLegend ? series.length * 20 + 12 : 0) + 10
  const placed = place(rows, top, isNamed)
  const bottom = (placed.at(-1)?.y ?? top) + rowHeight
  return svg({
    id,
    title,
    description,
    width,
    height: bottom + 48,
    body: [
      hasLegend ? legend(series, left, 12, width - left) : null,
      x
        .ticks(7)
        .map((tick) => [
          line(x(tick), top - 4, x(tick), bottom, 'grid'),
          label(x(tick), bottom + 18, x.tickFormat(7)(tick), { anchor: 'middle', style: 'quiet' }),
        ]),
      label((left + width - right) / 2, bottom + 38, axis, { anchor: 'middle', style: 'quiet' }),
      placed.map(({ row, y, isFirst }) => [
        isFirst ? label(0, y + 4 - (isNamed ? rowHeight : 0), fit(row.group, left - 12), { style: 'strong' }) : null,
        isNamed ? label(12, y + 4, fit(series[row.series] ?? '', left - 24)) : null,
        row.band === null || reference === null ? null : band(x(reference - row.band), x(reference + row.band), y),
        row.low === null || row.high === null ? null : whisker(isNamed ? 0 : row.series, x(row.low), x(row.high), y),
        point(isNamed ? 0 : row.series, x(row.value), y, `${row.group}, ${series[row.series] ?? ''}: ${row.text}`),
        label(width - right + 14, y + 4, row.text),
      ]),
      reference === null ? null : line(x(reference), top - 4, x(reference), bottom, 'reference'),
    ],
  })
}

/** @param hasHeads true to leave a row for the name of each group */
function place(rows: readonly IntervalRow[], top: number, hasHeads: boolean) {
  let y = top - groupGap + rowHeight / 2
  let group: string | null = null
  return rows.map((row) => {
    const isFirst = row.group !== group
    y += isFirst ? groupGap + (group === null ? 0 : rowHeight) + (hasHeads ? rowHeight : 0) : rowHeight
    group = row.group
    return { row, y, isFirst }
  })
}

function band(from: number, to: number, y: number): Markup {
  const start = Math.max(left, from)
  const end = Math.min(width - right, to)
  return html`<rect x="${round(start)}" y="${round(y - 8)}" width="${round(Math.max(0, end - start))}" height="16" class="band"/>`
}

function whisker(series: number, from: number, to: number, y: number): Markup {
  const style = `series-${series % 6} whisker`
  return html`${line(from, y, to, y, style)}${line(from, y - 4, from, y + 4, style)}${line(to, y - 4, to, y + 4, style)}`
}
