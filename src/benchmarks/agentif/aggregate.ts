import { createMetricTable, type MetricHead } from '../../stats/metric-table.ts'
import type { AggregateOptions, Aggregator } from '../benchmark.ts'
import { constraintShare, isMissing, itemShare, type Reading, type Row, readResult } from './item-tally.ts'

/** Share of constraints without verdict, other than by an unmet condition, above which a person is warned. */
const toleratedShare = 0.02

/**
 * CSR (pooled over constraints), ISR (over items), CSR by presentation, type and meta-constraints, and the share of
 * constraints without verdict by reason.
 */
export function createAggregator({ protocol }: AggregateOptions): Aggregator {
  const table = createMetricTable()
  let constraints = 0
  const missing = new Map<string, number>()
  const head = (id: string, unit: 'item' | 'constraint', group?: MetricHead['group']): MetricHead => ({
    id,
    protocol,
    scale: 'fraction',
    unit,
    ...(group ? { group } : {}),
  })

  function addBreakdowns(row: Row, reading: Reading): void {
    const share = constraintShare(row, reading, isTrue)
    const { dimension, type, meta } = row.constraint.tags
    for (const name of [dimension ?? [], type ?? []].flat()) table.ratio(head(`csr-${name}`, 'constraint'), share)
    if (typeof meta === 'string') table.ratio(head('csr', 'constraint', { dimension: 'meta', value: meta }), share)
    if (protocol !== 'official') return
    const truthy = constraintShare(row, reading, (one) => one.truthy)
    table.ratio(head('csr-may-2025', 'constraint'), truthy)
    if (typeof dimension !== 'string') return
    table.ratio(head('csr-may-2025', 'constraint', { dimension: 'presentation', value: dimension }), truthy)
  }

  function countMissing({ rows, hasAnswer }: Reading): void {
    if (!hasAnswer) return
    constraints += rows.length
    for (const { why } of rows.filter(isMissing)) {
      if (why !== null && why !== 'no_judge') missing.set(why, (missing.get(why) ?? 0) + 1)
    }
  }

  function addUnscored({ rows, cluster }: Reading): void {
    const share = (count: number) => ({ cluster, numerator: count, denominator: rows.length })
    table.ratio(head('unscored', 'constraint'), share(rows.filter(({ why }) => why !== null).length))
    for (const value of reasons) {
      const group = { dimension: 'reason', value }
      table.ratio(head('unscored', 'constraint', group), share(rows.filter(({ why }) => why === value).length))
    }
  }

  return {
    add(result) {
      const reading = readResult(result, protocol)
      for (const row of reading.rows) table.ratio(head('csr', 'constraint'), constraintShare(row, reading, isTrue))
      table.ratio(head('isr', 'item'), itemShare(reading))
      for (const row of reading.rows) addBreakdowns(row, reading)
      addUnscored(reading)
      countMissing(reading)
    },
    finish: () => table,
    warnings() {
      const count = [...missing.values()].reduce((sum, one) => sum + one, 0)
      if (count <= toleratedShare * constraints) return []
      const reasonsFound = [...missing].map(([why, times]) => `${why} ${times}`).join(', ')
      const effect = protocol === 'official' ? 'They shrink the denominator and can raise CSR.' : 'See the bounds.'
      return [
        `${protocol}: ${count} of ${constraints} constraints have no verdict for another reason than an unmet condition (${reasonsFound}). ${effect}`,
      ]
    },
  }
}

function isTrue({ value }: Row): boolean {
  return value === 1
}

const reasons = [
  'condition_not_met',
  'judge_unparsed',
  'judge_failed',
  'code_error',
  'code_returned_null',
  'aborted',
  'no_answer',
  'no_judge',
] as const
