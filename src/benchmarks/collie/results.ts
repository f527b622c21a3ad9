import type { ItemHead, ItemResult } from '../benchmark.ts'

/** How one response to one item ended. */
export interface CollieResult {
  readonly item: ItemHead
  readonly sample: number
  /** True when every sub-constraint holds; null when that was not measured. */
  readonly passed: boolean | null
  /** True for a response of nothing or white space. */
  readonly isBlank: boolean
}

/**
 * The item-level outcome: an item passes when all its sub-constraints do. One that fails decides even where another was
 * not measured; otherwise a missing verdict leaves the item unmeasured.
 */
export function itemOutcome({ item, sample, verdicts }: ItemResult): CollieResult {
  const values = verdicts.map((verdict) => verdict.value)
  const isMeasured = values.length > 0 && !values.includes(null)
  const passed = values.includes(0) ? false : isMeasured || null
  return { item, sample, passed, isBlank: verdicts.some((verdict) => verdict.detail?.blank === true) }
}
