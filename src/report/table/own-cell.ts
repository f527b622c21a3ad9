import type { Metric } from '../../core/metric.ts'
import type { Protocol } from '../../core/verdict.ts'
import type { BenchmarkScores } from '../../runners/scores.ts'
import { seedSummary } from '../../stats/seeds.ts'
import { hasDecision } from '../describe-scorers.ts'
import type { ScoredRun, TableCell, TableColumn } from './table-model.ts'
import { describeVariant } from './variant.ts'

/**
 * One figure of a row: that of its run, or the mean over its seeds with their spread. The spread of seeds says nothing on
 * the choice of items, so it is never shown as an interval.
 */
export function ownCell(runs: readonly ScoredRun[], column: TableColumn, protocol: Protocol): TableCell | null {
  const figures = runs.flatMap((run) => {
    const scores = run.scores.benchmarks.find(({ benchmark }) => benchmark === column.benchmark)
    const metric = scores?.metrics[protocol]?.find(({ id, group }) => id === column.metric && group === undefined)
    return scores && metric
      ? [{ metric: shown(metric, scores, protocol), variant: describeVariant(run, scores, protocol) }]
      : []
  })
  const [first, ...others] = figures
  if (!first) return null
  const { value, interval, n, missing, bounds } = first.metric
  const rest = { marks: [], rank: null, significance: '' } as const
  if (others.length === 0) return { value, interval, n, missing, bounds, variant: first.variant, ...rest }
  const values = figures.map(({ metric }) => metric.value)
  const isWhole = values.every((one) => one !== null)
  const summary = seedSummary(values.filter((one) => one !== null).map((one) => [one]))
  const { deviationOverSeeds: deviation, least, greatest } = summary
  return {
    value: isWhole ? summary.mean : null,
    interval: null,
    seeds: isWhole ? { count: figures.length, deviation, least: least!, greatest: greatest! } : null,
    n,
    missing: figures.reduce((sum, { metric }) => sum + metric.missing, 0),
    bounds: null,
    variant: [...new Set(figures.map(({ variant }) => variant))].join(' | '),
    ...rest,
  }
}

/** Where not one verdict was reached, what a protocol makes of missing ones (often 0) is no figure of the checkpoint. */
function shown(metric: Metric, scores: BenchmarkScores, protocol: Protocol): Metric {
  return hasDecision(scores, protocol) ? metric : { ...metric, value: null, interval: null }
}
