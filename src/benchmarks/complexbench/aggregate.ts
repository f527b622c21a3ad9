import { createMetricTable, type MetricTable } from '../../stats/metric-table.ts'
import type { AggregateOptions, Aggregator } from '../benchmark.ts'
import { breakdowns, groupQuestions } from './breakdowns.ts'
import { type ScoredItem, scoreItem } from './scored-item.ts'
import { addSelectionCoherence } from './selection-coherence.ts'
import { held, shareOf } from './share.ts'
import { exactFamily, isNested, officialFamily } from './taxonomy.ts'

/**
 * DRFR, the share of questions that hold together with the questions that they depend on, pooled over all questions,
 * with every breakdown of the official script.
 *
 * Source: thu-coai/ComplexBench `evaluation/aggregation.py` at 749f4575; paper arXiv 2407.03978. `drfr-nested` and
 * `drfr-selection-and-chain` are figures of the harness, pooled in the same way.
 */
export function createAggregator({ protocol }: AggregateOptions): Aggregator {
  const items: ScoredItem[] = []
  return {
    add: (result) => {
      items.push(scoreItem(result, protocol))
    },
    finish() {
      const table = createMetricTable()
      addHeadlines(table, protocol, items)
      for (const breakdown of breakdowns(protocol)) {
        const { metric: id, dimension, counts } = breakdown
        for (const [value, parts] of groupQuestions(breakdown, items)) {
          for (const { cluster, questions } of parts) {
            const head = { id, protocol, scale: 'fraction', unit: 'constraint', group: { dimension, value } } as const
            table.ratio(head, shareOf(cluster, questions, counts)!)
          }
        }
      }
      addSelectionCoherence(table, protocol, items)
      return table
    },
  }
}

function addHeadlines(table: MetricTable, protocol: AggregateOptions['protocol'], items: readonly ScoredItem[]): void {
  const family = protocol === 'official' ? officialFamily : exactFamily
  const headlines: readonly (readonly [id: string, belongs: (category: string) => boolean])[] = [
    ['drfr', () => true],
    ['drfr-and', (category) => family(category) === 'And'],
    ['drfr-chain', (category) => family(category) === 'Chain'],
    ['drfr-selection', (category) => family(category) === 'Selection'],
    ['drfr-selection-and-chain', (category) => exactFamily(category) === 'Selection_and_Chain'],
    ['drfr-nested', isNested],
  ]
  for (const [id, belongs] of headlines) {
    for (const { cluster, questions } of items.filter(({ category }) => belongs(category))) {
      const share = shareOf(cluster, questions, held)
      if (share) table.ratio({ id, protocol, scale: 'fraction', unit: 'constraint' }, share)
    }
  }
}
