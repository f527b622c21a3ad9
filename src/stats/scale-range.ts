import type { Metric } from '../core/metric.ts'

const ranges: Readonly<Record<Metric['scale'], readonly [number, number]>> = {
  fraction: [0, 1],
  'score-10': [1, 10],
  count: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
}

/**
 * An interval of `half` on each side of the value, cut to what the scale allows. A value outside its scale (a protocol
 * that counts failures as minus one) widens the range, so that the interval always holds its value.
 */
export function clampToScale(scale: Metric['scale'], value: number, half: number): { low: number; high: number } {
  const [least, greatest] = ranges[scale]
  return {
    low: Math.max(value - half, Math.min(least, value)),
    high: Math.min(value + half, Math.max(greatest, value)),
  }
}

/** Width of a scale; infinite for counts. */
export function scaleWidth(scale: Metric['scale']): number {
  const [least, greatest] = ranges[scale]
  return greatest - least
}
