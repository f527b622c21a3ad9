import type { Calibration } from '../stats/calibration-bins.ts'
import { calibrationPlot } from './html/charts/calibration-plot.ts'

/** Colours of a plot that stands alone; in the report the page's style sheet has them. */
const style = `
  svg { background: #fff; font: 12px system-ui, sans-serif }
  text { fill: #222 }
  .quiet { fill: #555 }
  .grid { stroke: #ddd }
  .reference { stroke: #888; stroke-dasharray: 4 4 }
  .bubble { fill: #1f6feb; fill-opacity: .55; stroke: #1f6feb }
`

/** The reliability plot of a scorer as an SVG file. */
export function reliabilitySvg(scorer: string, { bins, ece }: Calibration): string {
  const title = `Calibration of ${scorer}${ece === null ? '' : `, ECE ${ece.toFixed(3)}`}`
  const plot = calibrationPlot('reliability', title, bins).text
  return plot
    .replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" ')
    .replace('</title>', () => `</title><style>${style}</style>`)
}
