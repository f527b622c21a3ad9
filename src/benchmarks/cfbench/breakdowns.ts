import type { Constraint } from '../../core/item.ts'
import type { Protocol } from '../../core/verdict.ts'
import type { MetricTable, RatioShare } from '../../stats/metric-table.ts'
import { headOf, itemShare } from './figures.ts'
import type { ItemRow } from './item-row.ts'

const dimensions = ['category', 'subcategory', 'priority'] as const

/**
 * Share of responses by the way in which the judge's reply was read: `1` strict (or by position), `0` fallback, `-1` not.
 * Responses about which no judge was asked, though one was needed, take no part.
 */
export function addParsingShares(table: MetricTable, { item, parsing, metrics }: ItemRow, protocol: Protocol): void {
  if (metrics === null) return
  for (const value of protocol === 'official' ? ['1', '0', '-1'] : ['1', '-1']) {
    const head = headOf('judge-parsing', protocol, { dimension: 'judge_parsing', value })
    table.ratio(head, { cluster: item.cluster, numerator: parsing === value ? 1 : 0, denominator: 1 })
  }
}

/** Share of responses on which upstream ends without any score; no figure where there are none. */
export function addAborts(table: MetricTable, rows: readonly ItemRow[], protocol: Protocol): void {
  if (!rows.some(({ aborts }) => aborts)) return
  for (const { item, aborts } of rows) {
    const share = { cluster: item.cluster, numerator: Number(aborts), denominator: 1 }
    table.ratio(headOf('upstream-aborts', protocol), share)
  }
}

/** PSR by domain of the real-user half. Upstream's code has no breakdowns; this definition is the project's own. */
export function addDomain(table: MetricTable, row: ItemRow, protocol: Protocol): void {
  const { domain } = row.item.tags
  if (typeof domain !== 'string') return
  table.ratio(headOf('psr', protocol, { dimension: 'domain', value: domain }), itemShare(row, 'psr'))
}

/**
 * Share of satisfied criteria, pooled, and by category, category/subcategory pair and priority, over criteria that have a
 * verdict of their own. Upstream's code has no such figures; this definition is the project's own.
 */
export function addCriteria(table: MetricTable, { item, values }: ItemRow, protocol: Protocol): void {
  for (const [position, constraint] of item.constraints.entries()) {
    const share = criterionShare(item.cluster, values[position] ?? null)
    for (const group of groupsOf(constraint)) {
      table.ratio({ ...headOf('criterion-accuracy', protocol, group), unit: 'constraint' }, share)
    }
  }
}

function groupsOf({ tags }: Constraint) {
  return [undefined, ...dimensions.map((dimension) => ({ dimension, value: String(tags[dimension]) }))]
}

function criterionShare(cluster: string, value: number | null): RatioShare {
  if (value !== null) return { cluster, numerator: value, denominator: 1 }
  const bounds = { low: { numerator: 0, denominator: 1 }, high: { numerator: 1, denominator: 1 } }
  return { cluster, numerator: 0, denominator: 0, missing: 1, ...bounds }
}
