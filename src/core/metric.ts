import type { Protocol } from './verdict.ts'

/** A two-sided interval and how it was made. */
export interface Interval {
  readonly low: number
  readonly high: number
  readonly level: number
  readonly method: 'wilson' | 'normal' | 'cluster-robust' | 'cluster-bootstrap'
}

/** One figure of a benchmark. All values are unrounded; rounding happens once, at display. */
export interface Metric {
  /** Stable id in the field's terms: `prompt-level-loose`, `hsr`, `drfr`, `csr`. */
  readonly id: string
  readonly protocol: Protocol
  /** Breakdown this figure belongs to, for example `{ dimension: 'instruction-id', value: 'punctuation:no_comma' }`. */
  readonly group?: { readonly dimension: string; readonly value: string }
  readonly value: number | null
  /** `fraction` 0..1 is printed as percent; `score-10` is 1..10; `count` is a plain number (CSL, seconds). */
  readonly scale: 'fraction' | 'score-10' | 'count'
  /** Denominator of the figure, in units of `unit`. */
  readonly n: number
  readonly unit: 'item' | 'constraint' | 'group'
  /** Verdicts or items of the denominator that were not measured (they count as the protocol says). */
  readonly missing: number
  readonly interval: Interval | null
  /** Value if everything missing had failed, and if everything missing had passed; null when nothing is missing. */
  readonly bounds: { readonly low: number; readonly high: number } | null
}
