import { scaleLinear, scaleSqrt } from 'd3-scale'
import type { CalibrationBin } from '../../../stats/calibration-bins.ts'
import { html, type Markup } from '../markup.ts'
import { label, line, round, svg } from './svg.ts'

const size = 340
const left = 48
const top = 14

/** Predicted probability against what happened, one circle a bin, its area by the number of pairs. */
export function calibrationPlot(id: string, title: string, bins: readonly CalibrationBin[]): Markup {
  const x = scaleLinear([0, 1], [left, left + size])
  const y = scaleLinear([0, 1], [top + size, top])
  const radius = scaleSqrt([0, Math.max(1, ...bins.map(({ n }) => n))], [0, 14])
  const filled = bins.filter(({ n }) => n > 0)
  return svg({
    id,
    title,
    description: 'One circle for each bin of the predicted probability; on the diagonal the prediction is right.',
    width: left + size + 24,
    height: top + size + 46,
    body: [
      x
        .ticks(5)
        .map((tick) => [
          line(x(tick), top, x(tick), top + size, 'grid'),
          line(left, y(tick), left + size, y(tick), 'grid'),
          label(x(tick), top + size + 18, String(tick), { anchor: 'middle', style: 'quiet' }),
          label(left - 8, y(tick) + 4, String(tick), { anchor: 'end', style: 'quiet' }),
        ]),
      line(x(0), y(0), x(1), y(1), 'reference'),
      filled.map(
        ({ n, meanProbability, meanLabel }) =>
          html`<circle cx="${round(x(meanProbability!))}" cy="${round(y(meanLabel!))}" r="${round(Math.max(2.5, radius(n)))}" class="series-0 bubble"><title>${`predicted ${meanProbability!.toFixed(2)}, found ${meanLabel!.toFixed(2)}, ${n} verdicts`}</title></circle>`,
      ),
      label(left + size / 2, top + size + 38, 'predicted P(satisfied); height: share judged satisfied', {
        anchor: 'middle',
        style: 'quiet',
      }),
    ],
  })
}
