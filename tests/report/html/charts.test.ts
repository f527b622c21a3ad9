import { describe, expect, it } from 'vitest'
import { calibrationPlot } from '../../../src/report/html/charts/calibration-plot.ts'
import { intervalPlot } from '../../../src/report/html/charts/interval-plot.ts'
import { levelPlot } from '../../../src/report/html/charts/level-plot.ts'
import { calibration } from '../../../src/stats/calibration-bins.ts'

const hostile = '</svg><script>alert(1)</script>'

function numbers(text: string, pattern: RegExp): number[] {
  return [...text.matchAll(pattern)].map((match) => Number(match[1]))
}

describe('charts', () => {
  const row = { group: 'A', series: 0, text: '+3.0', band: null }

  it('places larger differences further to the right, on both sides of the reference', () => {
    const { text } = intervalPlot({
      id: 'x',
      title: 't',
      description: 'd',
      rows: [
        { ...row, value: -4, low: -6, high: -2 },
        { ...row, value: 3, low: 1, high: 5 },
      ],
      series: ['run'],
      reference: 0,
      domain: [-1, 1],
      axis: 'points',
    })
    const [first, second] = numbers(text, /<circle cx="([\d.]+)"/g) as [number, number]
    const [reference] = numbers(text, /x1="([\d.]+)"[^>]*class="reference"/g)
    expect(first).toBeLessThan(reference!)
    expect(second).toBeGreaterThan(reference!)
    expect((reference! - first) / (second - reference!)).toBeCloseTo(4 / 3, 1)
  })

  it('draws a figure without an interval as a point alone', () => {
    const plot = (low: number | null, high: number | null) =>
      intervalPlot({
        id: 'x',
        title: 't',
        description: 'd',
        rows: [{ ...row, value: 1, low, high }],
        series: ['run'],
        reference: null,
        domain: [0, 2],
        axis: '',
      }).text
    expect(plot(0, 2)).toContain('whisker')
    expect(plot(null, null)).not.toContain('whisker')
    expect(plot(null, null)).toContain('<circle')
  })

  it('names every row instead of drawing a legend where there are more series than colours', () => {
    const plot = (count: number) => {
      const series = Array.from({ length: count }, (_unused, at) => `step-${at}`)
      const rows = ['A', 'B'].flatMap((group) =>
        series.map((_name, at) => ({ ...row, group, series: at, value: at, low: null, high: null })),
      )
      return intervalPlot({
        id: 'x',
        title: 't',
        description: 'd',
        rows,
        series,
        reference: 0,
        domain: [0, 1],
        axis: '',
      }).text
    }
    const labels = (text: string) => text.match(/class="">step-\d+<\/text>/g)?.length ?? 0
    expect(labels(plot(6))).toBe(6)
    expect(labels(plot(7))).toBe(14)
    expect(new Set(numbers(plot(7), /<text x="12" y="([\d.]+)"/g)).size).toBe(14)
    expect(plot(7)).not.toContain('series-1 ')
  })

  it('breaks no line where a level is missing, and never prints NaN', () => {
    const point = { value: 50, low: 40, high: 60, text: '50' }
    const { text } = levelPlot({
      id: 'x',
      title: 't',
      description: 'd',
      levels: ['1', '2', '3'],
      series: [
        { name: 'a', points: [point, null, point] },
        { name: 'b', points: [null, null, null] },
      ],
      domain: [0, 100],
      axes: { x: 'level', y: '%' },
    })
    expect(text).not.toContain('NaN')
    expect(text.match(/class="series-0 point"/g)).toHaveLength(3)
  })

  it('names every drawing for those who cannot see it, and escapes what it is given', () => {
    const { bins } = calibration([1, 0, 1], [0.9, 0.2, 0.7])
    const { text } = calibrationPlot('c', hostile, bins)
    expect(text).toContain('role="img"')
    expect(text).toContain('aria-labelledby="c-title c-description"')
    expect(text).not.toContain('<script')
    expect(text.match(/class="series-0 bubble"/g)).toHaveLength(3)
  })
})
