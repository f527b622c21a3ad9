import type { Verdict } from '../../core/verdict.ts'
import { createMetricTable } from '../../stats/metric-table.ts'
import type { MetricHead, RatioShare } from '../../stats/metric-table.types.ts'
import type { AggregateOptions, Aggregator, ItemResult } from '../benchmark.ts'

/**
 * CSR: satisfied constraints of all constraints, pooled. ISR: responses with all constraints satisfied. What was left
 * out on purpose (`excluded`) counts nowhere; what failed counts as not satisfied, with bounds. Breakdowns by every tag
 * of the constraints and of the items.
 */
export function createAggregator({ protocol }: AggregateOptions): Aggregator {
  const table = createMetricTable()
  const csr: MetricHead = { id: 'csr', protocol, scale: 'fraction', unit: 'constraint' }
  const isr: MetricHead = { id: 'isr', protocol, scale: 'fraction', unit: 'item' }
  return {
    add(result) {
      const { item } = result
      const counted = result.verdicts.filter(({ status }) => status !== 'excluded')
      table.ratio(isr, allSatisfied(item.cluster, counted))
      table.ratio(csr, satisfied(item.cluster, counted))
      for (const [group, verdicts] of groupsOf(result, counted)) {
        const [dimension, value] = JSON.parse(group) as [string, string]
        table.ratio({ ...csr, group: { dimension, value } }, satisfied(item.cluster, verdicts))
      }
    },
    finish: () => table,
  }
}

function satisfied(cluster: string, verdicts: readonly Verdict[]): RatioShare {
  const numerator = verdicts.reduce((sum, { value }) => sum + (value ?? 0), 0)
  const missing = verdicts.filter(({ value }) => value === null).length
  return withBounds({ cluster, numerator, denominator: verdicts.length }, missing, numerator + missing)
}

function allSatisfied(cluster: string, verdicts: readonly Verdict[]): RatioShare {
  const missing = verdicts.filter(({ value }) => value === null).length
  const couldPass = verdicts.every(({ value }) => value !== 0)
  const numerator = Number(couldPass && missing === 0 && verdicts.length > 0)
  return withBounds(
    { cluster, numerator, denominator: Number(verdicts.length > 0) },
    Number(missing > 0),
    Number(couldPass),
  )
}

function withBounds(share: RatioShare, missing: number, most: number): RatioShare {
  if (missing === 0) return share
  const { numerator, denominator } = share
  return { ...share, missing, low: { numerator, denominator }, high: { numerator: most, denominator } }
}

/** Verdicts by tag: `[dimension, value]` as JSON. */
function groupsOf({ item }: ItemResult, verdicts: readonly Verdict[]): Map<string, Verdict[]> {
  const groups = new Map<string, Verdict[]>()
  const tagsOf = new Map(item.constraints.map(({ id, tags }) => [id, tags]))
  for (const verdict of verdicts) {
    for (const [dimension, raw] of Object.entries({ ...item.tags, ...tagsOf.get(verdict.constraint) })) {
      for (const value of [raw].flat()) {
        const key = JSON.stringify([dimension, value])
        const group = groups.get(key) ?? []
        groups.set(key, group)
        group.push(verdict)
      }
    }
  }
  return groups
}
