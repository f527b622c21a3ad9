import { groupBy } from '../../core/group-by.ts'
import type { MetricTable } from '../../stats/metric-table.ts'
import type { MetricHead, RatioShare } from '../../stats/metric-table.types.ts'
import { passAmongFirst, passAtK, reportedK } from './pass-at-k.ts'
import type { CollieResult } from './results.ts'

/**
 * pass@k over items when several samples were drawn: `pass@k-first` as the paper's curves take it (the first k samples),
 * `pass@k` as the unbiased estimate over all samples.
 */
export function addPassAtK(table: MetricTable, head: MetricHead, results: readonly CollieResult[]): void {
  const byItem = [...groupBy(results, (result) => result.item.id).values()]
  const ordered = byItem.map((trials) => trials.toSorted((a, b) => a.sample - b.sample))
  const samples = ordered.reduce((most, trials) => Math.max(most, trials.length), 0)
  const rules = { first: passAmongFirst, unbiased: passAtK }
  for (const k of reportedK(samples)) {
    const first: MetricHead = { ...head, id: `pass@${k}-first` }
    const unbiased: MetricHead = { ...head, id: `pass@${k}` }
    for (const trials of ordered) {
      table.ratio(
        first,
        passShare(trials, (passes) => rules.first(passes, k)),
      )
      table.ratio(
        unbiased,
        passShare(trials, (passes) => rules.unbiased(passes, k)),
      )
    }
  }
}

function passShare(trials: readonly CollieResult[], rule: (passes: readonly boolean[]) => number): RatioShare {
  const { cluster } = trials[0]!.item
  const missing = trials.filter((trial) => trial.passed === null).length
  const share = (missingPasses: boolean) => ({
    numerator: rule(trials.map((trial) => trial.passed ?? missingPasses)),
    denominator: 1,
  })
  return { cluster, ...share(false), missing, low: share(false), high: share(true) }
}
