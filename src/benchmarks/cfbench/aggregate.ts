import { createMetricTable } from '../../stats/metric-table.ts'
import type { AggregateOptions, Aggregator } from '../benchmark.ts'
import { addAborts, addCriteria, addDomain, addParsingShares } from './breakdowns.ts'
import { addFixedFigure, addOfficialFigure, sheetFigures, splitFigures } from './figures.ts'
import { type ItemRow, inUpstreamOrder, metricRules, toRow } from './item-row.ts'

/** CSR, ISR and PSR of all items, of the easy and the hard ones, and the breakdowns. Every response counts as an item. */
export function createAggregator({ protocol }: AggregateOptions): Aggregator {
  const rows: ItemRow[] = []
  return {
    add(result) {
      rows.push(toRow(result, metricRules[protocol]))
    },
    finish() {
      const table = createMetricTable()
      const isOfficial = protocol === 'official'
      const ordered = isOfficial ? inUpstreamOrder(rows) : rows
      for (const figure of [...sheetFigures(ordered), ...splitFigures(ordered)]) {
        if (isOfficial) addOfficialFigure(table, figure)
        else addFixedFigure(table, figure)
      }
      for (const row of rows) {
        addParsingShares(table, row, protocol)
        addDomain(table, row, protocol)
        addCriteria(table, row, protocol)
      }
      addAborts(table, rows, protocol)
      return table
    },
  }
}
