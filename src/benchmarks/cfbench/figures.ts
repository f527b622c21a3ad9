import type { Protocol } from '../../core/verdict.ts'
import type { MetricHead, MetricTable, RatioShare } from '../../stats/metric-table.ts'
import type { ItemRow } from './item-row.ts'
import { officialMean, type Satisfaction, splits } from './official-scores.ts'

/** One figure of the score sheet. */
export interface SheetFigure {
  readonly id: string
  readonly group?: NonNullable<MetricHead['group']>
  readonly satisfaction: Satisfaction
  readonly rows: readonly ItemRow[]
}

const headlineFirst = ['isr', 'csr', 'psr'] as const satisfies readonly Satisfaction[]

/** The nine figures of the score sheet: over all items, then over each split (`isr-easy`). */
export function sheetFigures(rows: readonly ItemRow[]): SheetFigure[] {
  return [null, ...splits].flatMap((split) => {
    const group = split === null ? rows : rows.filter((row) => row.split === split)
    return headlineFirst.map((id) => ({ id: split === null ? id : `${id}-${split}`, satisfaction: id, rows: group }))
  })
}

/** The headline of each split once more, as a breakdown. */
export function splitFigures(rows: readonly ItemRow[]): SheetFigure[] {
  const [id] = headlineFirst
  return splits.flatMap((value) => {
    const own = rows.filter(({ split }) => split === value)
    return own.length === 0 ? [] : [{ id, group: { dimension: 'split', value }, satisfaction: id, rows: own }]
  })
}

/** Upstream's figures: the mean of rounded item values, rounded again, in upstream's order of results. */
export function addOfficialFigure(table: MetricTable, { id, group, satisfaction, rows }: SheetFigure): void {
  const counted = rows.filter(({ metrics }) => metrics !== null)
  const missing = rows.filter(({ isMissing }) => isMissing).length
  const bound = (side: 'low' | 'high') => officialMean(rows.map((row) => row[side][satisfaction]))
  table.composed(headOf(id, 'official', group), {
    ...resampled(counted, satisfaction),
    n: counted.length,
    missing,
    bounds: missing === 0 ? null : { low: bound('low'), high: bound('high') },
  })
}

function resampled(rows: readonly ItemRow[], satisfaction: Satisfaction) {
  const byCluster = new Map<string, number[]>()
  for (const { item, metrics } of rows) {
    const values = byCluster.get(item.cluster)
    if (values) values.push(metrics![satisfaction])
    else byCluster.set(item.cluster, [metrics![satisfaction]])
  }
  const groups = [...byCluster.values()]
  const evaluate = (indices: ArrayLike<number>): number | null => {
    const values: number[] = []
    for (let index = 0; index < indices.length; index++) {
      for (const value of groups[indices[index]!]!) values.push(value)
    }
    return values.length === 0 ? null : officialMean(values)
  }
  return { clusters: [...byCluster.keys()], evaluate }
}

/** The repaired figures: plain means of exact item values. */
export function addFixedFigure(table: MetricTable, { id, group, satisfaction, rows }: SheetFigure): void {
  const head = headOf(id, 'fixed', group)
  // A split without items still is a figure, without a value.
  if (rows.length === 0) table.composed(head, { clusters: [], evaluate: () => null, n: 0, missing: 0, bounds: null })
  for (const row of rows) table.ratio(head, itemShare(row, satisfaction))
}

/** A response's share of a mean over responses. */
export function itemShare({ item, metrics, low, high, isMissing }: ItemRow, id: Satisfaction): RatioShare {
  const share = { cluster: item.cluster, numerator: metrics?.[id] ?? 0, denominator: metrics ? 1 : 0 }
  if (!isMissing) return share
  const bound = (side: typeof low) => ({ numerator: side[id], denominator: 1 })
  return { ...share, missing: 1, low: bound(low), high: bound(high) }
}

/** Name of a figure over items. */
export function headOf(id: string, protocol: Protocol, group?: MetricHead['group']): MetricHead {
  return { id, protocol, scale: 'fraction', unit: 'item', ...(group ? { group } : {}) }
}
