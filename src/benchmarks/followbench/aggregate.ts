import { createMetricTable } from '../../stats/metric-table.ts'
import type { AggregateOptions, Aggregator } from '../benchmark.ts'
import { cellPrinter, type OfficialCells, officialCells } from './cells.ts'
import { addConstraintRates } from './constraint-rates.ts'
import { type FigureScope, presentTypes, tallyOf } from './figures.ts'
import { addAverages, addLevels, addRuleScored, addTypeLevels, addTypes } from './figures-by-protocol.ts'
import { addLevelWeighted, addOpenCompass, addPrinted } from './figures-upstream.ts'
import { languageOf } from './load.ts'
import { Paths } from './paths.ts'

/** The aggregation of FollowBench also knows upstream's printed cells. */
export interface FollowBenchAggregator extends Aggregator {
  /** The cells of upstream's CSV files, as its code would print them for these results. */
  cells(): OfficialCells
}

/** Collects results and computes HSR, SSR and CSL with every breakdown; under `official` also upstream's variants. */
export function createAggregator({ protocol, edition }: AggregateOptions): FollowBenchAggregator {
  const collected = new Paths(protocol)
  const language = languageOf(edition)
  return {
    add: (result) => collected.add(result),
    cells() {
      const paths = collected.list()
      return officialCells(tallyOf(paths, protocol), presentTypes(paths), cellPrinter(language))
    },
    finish() {
      const scope: FigureScope = { table: createMetricTable(), protocol, paths: collected.list() }
      addAverages(scope)
      addLevels(scope)
      addTypes(scope)
      addTypeLevels(scope)
      addRuleScored(scope)
      addConstraintRates(scope)
      if (protocol === 'official') {
        addPrinted(scope, language)
        if (language === 'en') addLevelWeighted(scope)
        addOpenCompass(scope)
      }
      return scope.table
    },
  }
}
