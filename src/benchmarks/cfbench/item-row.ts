import type { ItemHead, ItemResult } from '../benchmark.ts'
import { exactItemMetrics, type ItemMetrics, type JudgeParsing, officialItemMetrics } from './item-metrics.ts'

/** One response in the aggregation. */
export interface ItemRow {
  readonly item: ItemHead
  readonly split: string
  readonly parsing: JudgeParsing
  /** True when upstream would have ended the whole evaluation at this response. */
  readonly aborts: boolean
  /** Round in which upstream accepted the judgement; infinite where it never did. */
  readonly round: number
  /** Null when nobody judged it and what was measured does not settle the figure: then it is left out. */
  readonly metrics: ItemMetrics | null
  /** The same if everything that was not measured had failed, and had passed. */
  readonly low: ItemMetrics
  readonly high: ItemMetrics
  /** Verdict per criterion; null where it was not measured. */
  readonly values: readonly (number | null)[]
  /** True when a criterion was not measured. */
  readonly isMissing: boolean
}

type MetricRule = (isPrimary: readonly boolean[], scores: readonly number[]) => ItemMetrics

/** Upstream's arithmetic and the exact one, by protocol. */
export const metricRules: Readonly<Record<'official' | 'fixed', MetricRule>> = {
  official: (isPrimary, scores) => officialItemMetrics(isPrimary, scores.map(String), '1'),
  fixed: exactItemMetrics,
}

/** Turns the verdicts of one response into figures. What was asked for and not measured counts as failed. */
export function toRow({ item, verdicts }: ItemResult, rule: MetricRule): ItemRow {
  const isPrimary = item.constraints.map(({ tags }) => tags.priority === 'primary')
  const byConstraint = new Map(verdicts.map((verdict) => [verdict.constraint, verdict]))
  const values = item.constraints.map(({ id }) => byConstraint.get(id)?.value ?? null)
  const filled = (value: number): ItemMetrics =>
    rule(
      isPrimary,
      values.map((known) => known ?? value),
    )
  const detail = verdicts[0]?.detail ?? {}
  const parsing = detail.parsing === '1' || detail.parsing === '0' ? detail.parsing : '-1'
  const isMissing = values.includes(null)
  const isExcluded = verdicts.some(({ status, value }) => value === null && status === 'excluded')
  const [low, high] = [filled(0), filled(1)]
  // parity: upstream's fallback counts the response as fully satisfied, so that CSR, ISR and PSR are all 1.
  const counted = parsing === '0' ? high : low
  return {
    item,
    split: String(item.tags.split),
    parsing,
    aborts: detail.aborts !== undefined,
    round: parsing === '1' && typeof detail.round === 'number' ? detail.round : Number.POSITIVE_INFINITY,
    metrics: isExcluded ? null : counted,
    low,
    high,
    values,
    isMissing,
  }
}

/**
 * Upstream's order of results: responses accepted in an earlier round first, those left to the fallback last, the order
 * of the data inside a round. It decides last bits of float sums.
 */
export function inUpstreamOrder(rows: readonly ItemRow[]): ItemRow[] {
  return rows.toSorted((one, other) => (one.round === other.round ? 0 : one.round - other.round))
}
