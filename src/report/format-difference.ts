import type { Interval, Metric } from '../core/metric.ts'
import { formatValue } from './format-value.ts'

/** A difference with its sign, in the unit of the column: `+3.7`, `-0.0` never. */
export function formatDifference(difference: number | null, scale: Metric['scale']): string {
  if (difference === null) return '–'
  const text = formatValue(difference, scale)
  if (/^-?0(\.0+)?$/.test(text)) return text.replace('-', '')
  return difference > 0 ? `+${text}` : text
}

/** `[+1.2, +6.0]`; `–` without an interval. */
export function formatDifferenceInterval(interval: Interval | null, scale: Metric['scale']): string {
  return interval ? `[${formatDifference(interval.low, scale)}, ${formatDifference(interval.high, scale)}]` : '–'
}

/**
 * A p value: three decimals, more below 0.001; `<` where it is the smallest that the resampling can give.
 * @param least smallest p that the test can reach, 0 for exact tests
 */
export function formatP(p: number | null, least = 0): string {
  if (p === null) return '–'
  if (p <= least * 1.000001) return `< ${formatSmall(least)}`
  return formatSmall(p)
}

function formatSmall(p: number): string {
  if (p >= 0.001) return p.toFixed(3)
  return p >= 0.0001 ? p.toFixed(4) : p.toExponential(0)
}
