import type { Interval, Metric } from '../core/metric.ts'

const factor: Readonly<Record<Metric['scale'], number>> = { fraction: 100, 'score-10': 1, count: 1 }
const decimals: Readonly<Record<Metric['scale'], number>> = { fraction: 1, 'score-10': 2, count: 2 }

/** A figure as tables print it: percent with one decimal, scores and counts with two; `–` when not measured. */
export function formatValue(value: number | null, scale: Metric['scale']): string {
  return value === null ? '–' : (value * factor[scale]).toFixed(decimals[scale])
}

/** Half the width of an interval as `±2.1`, or the two ends where it is lopsided by more than a tenth. */
export function formatInterval(interval: Interval | null, value: number | null, scale: Metric['scale']): string {
  if (!interval || value === null) return ''
  const down = value - interval.low
  const up = interval.high - value
  const isEven = Math.abs(down - up) <= 0.1 * Math.max(down, up)
  return isEven
    ? `±${formatValue((down + up) / 2, scale)}`
    : `[${formatValue(interval.low, scale)}, ${formatValue(interval.high, scale)}]`
}

/** Unit that a column's header states. */
export function unitOf(scale: Metric['scale']): string {
  switch (scale) {
    case 'fraction':
      return '%'
    case 'score-10':
      return '1-10'
    case 'count':
      return ''
    default: {
      const never: never = scale
      throw new Error(`Unknown scale: ${String(never)}`)
    }
  }
}
