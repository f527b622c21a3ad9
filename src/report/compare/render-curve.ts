import Table from 'cli-table3'
import { printableLine } from '../../core/printable.ts'
import { formatDifference } from '../format-difference.ts'
import { formatValue, unitOf } from '../format-value.ts'
import { sparkline } from '../sparkline.ts'
import type { BenchmarkCurve } from './curve.ts'

/** Curves for a terminal: one row a step, one column a benchmark, a line of bars below. */
export function renderCurves(curves: readonly BenchmarkCurve[]): string {
  const steps = curves[0]!.points
  const table = new Table({
    head: ['step', ...curves.map(({ benchmark, label, scale }) => `${benchmark}\n${label} ${unitOf(scale)}`.trim())],
    colAligns: ['left', ...curves.map(() => 'right' as const)],
    style: { head: [], border: [], compact: true },
  })
  steps.forEach(({ name, step }, row) => {
    table.push([
      step === null ? printableLine(name, 40) : `${step}  ${printableLine(name, 30)}`,
      ...curves.map(({ points, scale }) => {
        const { value, comparison, mark = '' } = points[row]!
        const change = comparison ? ` (${formatDifference(comparison.difference, scale)}${mark})` : ''
        return `${formatValue(value, scale)}${change}`
      }),
    ])
  })
  table.push(['', ...curves.map(({ points }) => sparkline(points.map(({ value }) => value)))])
  const sample = curves.some(({ isSample }) => isSample) ? ['SAMPLE: invented items.'] : []
  return [
    'Training curve; in brackets the difference from the first step, on the same items.',
    ...sample,
    table.toString(),
    'Holm over all steps and benchmarks: * < 0.05, ** < 0.01, *** < 0.001, † below 0.05 only before the adjustment.',
    '',
  ].join('\n')
}
