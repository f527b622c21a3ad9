import { scaleLinear, scalePoint } from 'd3-scale'
import { line as linePath } from 'd3-shape'
import { html, type Markup } from '../markup.ts'
import { label, legend, line, point, svg } from './svg.ts'

/** A figure at one level. */
export interface LevelPoint {
  readonly value: number
  readonly low: number | null
  readonly high: number | null
  readonly text: string
}

export interface LevelPlot {
  readonly id: string
  readonly title: string
  readonly description: string
  /** In their order. */
  readonly levels: readonly string[]
  /** Per checkpoint, one point a level; null where there is none. */
  readonly series: readonly { readonly name: string; readonly points: readonly (LevelPoint | null)[] }[]
  readonly domain: readonly [low: number, high: number]
  /** Names of the two axes. */
  readonly axes: { readonly x: string; readonly y: string }
}

const width = 620
const left = 56
const plotHeight = 260

/** A figure over ordered levels, one line a checkpoint, with intervals. */
export function levelPlot({ id, title, description, levels, series, domain, axes }: LevelPlot): Markup {
  const top = 30 + series.length * 20
  const bottom = top + plotHeight
  const x = scalePoint<string>()
    .domain(levels)
    .range([left, width - 16])
    .padding(0.5)
  const y = scaleLinear().domain(domain).nice(5).range([bottom, top])
  // Points of one level stand beside each other, so that no interval hides another.
  const shift = (index: number) => (index - (series.length - 1) / 2) * 9
  return svg({
    id,
    title,
    description,
    width,
    height: bottom + 46,
    body: [
      legend(
        series.map(({ name }) => name),
        left,
        10,
        width - left,
      ),
      label(0, top - 12, axes.y, { style: 'quiet' }),
      y
        .ticks(5)
        .map((tick) => [
          line(left, y(tick), width - 16, y(tick), 'grid'),
          label(left - 8, y(tick) + 4, String(tick), { anchor: 'end', style: 'quiet' }),
        ]),
      levels.map((level) => label(x(level)!, bottom + 20, level, { anchor: 'middle', style: 'quiet' })),
      label((left + width) / 2, bottom + 40, axes.x, { anchor: 'middle', style: 'quiet' }),
      series.map(({ name, points }, index) => {
        const style = `series-${index % 6}`
        const placed = points.flatMap((figure, level) =>
          figure ? [{ figure, x: x(levels[level]!)! + shift(index), y: y(figure.value), level: levels[level]! }] : [],
        )
        const path = linePath<(typeof placed)[number]>(
          (entry) => entry.x,
          (entry) => entry.y,
        )(placed)
        return [
          path === null ? null : html`<path d="${path}" class="${style} curve"/>`,
          placed.map(({ figure, x: px, y: py, level }) => [
            figure.low === null || figure.high === null
              ? null
              : line(px, y(figure.low), px, y(figure.high), `${style} whisker`),
            point(index, px, py, `${name}, ${level}: ${figure.text}`),
          ]),
        ]
      }),
    ],
  })
}
