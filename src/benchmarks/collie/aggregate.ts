import { groupBy } from '../../core/group-by.ts'
import type { Protocol } from '../../core/verdict.ts'
import { collieStructures } from '../../data/pickle/collie-structures.ts'
import { createMetricTable, type MetricTable } from '../../stats/metric-table.ts'
import type { MetricHead, RatioShare } from '../../stats/metric-table.types.ts'
import type { AggregateOptions, Aggregator } from '../benchmark.ts'
import { macroMean } from './macro-mean.ts'
import { addPassAtK } from './pass-metrics.ts'
import { type CollieResult, itemOutcome } from './results.ts'

/** Breakdowns by item tag, each with the order of its values. */
const dimensions: readonly { readonly tag: string; readonly order: readonly string[] }[] = [
  { tag: 'structure', order: collieStructures.map(({ name }) => name) },
  { tag: 'level', order: ['word', 'sentence', 'paragraph', 'passage'] },
  { tag: 'source', order: ['english', 'wiki', 'guten', 'ccnews'] },
  { tag: 'subset', order: [] },
]

/**
 * Figures of one protocol. `avg` pools all items and samples: with equal samples it is the official overall, the mean of
 * the 13 structure accuracies weighted by items (scripts/analysis.ipynb). Missing responses count as failed, with
 * bounds; upstream leaves them out of their group.
 */
export function createAggregator({ protocol }: AggregateOptions): Aggregator {
  const results: CollieResult[] = []
  const constraints: RatioShare[] = []
  return {
    add(result) {
      results.push(itemOutcome(result))
      const values = result.verdicts.map((verdict) => verdict.value)
      constraints.push(constraintShare(result.item.cluster, values))
    },
    finish: () => toTable(protocol, results, constraints),
  }
}

function toTable(
  protocol: Protocol,
  results: readonly CollieResult[],
  constraints: readonly RatioShare[],
): MetricTable {
  const table = createMetricTable()
  const item: MetricHead = { id: 'avg', protocol, scale: 'fraction', unit: 'item' }
  const group: MetricHead = { id: 'macro-structure', protocol, scale: 'fraction', unit: 'group' }
  for (const result of results) table.ratio(item, itemShare(result))
  table.composed(
    group,
    macroMean(results, (result) => tag(result, 'structure')),
  )
  for (const dimension of dimensions) addBreakdown(table, item, results, dimension)
  table.composed(
    { ...group, id: 'macro-subset' },
    macroMean(results, (result) => tag(result, 'subset')),
  )
  const prompt: MetricHead = { ...group, id: 'prompt-mean' }
  for (const share of promptShares(results)) table.ratio(prompt, share)
  const constraint: MetricHead = { ...item, id: 'constraint-rate', unit: 'constraint' }
  for (const share of constraints) table.ratio(constraint, share)
  addPassAtK(table, item, results)
  if (protocol === 'official') addBlankPasses(table, item, results)
  return table
}

function addBreakdown(
  table: MetricTable,
  head: MetricHead,
  results: readonly CollieResult[],
  { tag: dimension, order }: (typeof dimensions)[number],
): void {
  const byValue = groupBy(results, (result) => tag(result, dimension))
  const place = (value: string): number => (order.includes(value) ? order.indexOf(value) : order.length)
  for (const value of [...byValue.keys()].sort((a, b) => place(a) - place(b))) {
    const grouped: MetricHead = { ...head, group: { dimension, value } }
    for (const result of byValue.get(value)!) table.ratio(grouped, itemShare(result))
  }
}

/** Each different prompt counts once, with the mean over its items and samples. */
function promptShares(results: readonly CollieResult[]): readonly RatioShare[] {
  const byPrompt = groupBy(results, (result) => result.item.cluster)
  return Array.from(byPrompt, ([cluster, members]) => {
    const passes = members.filter((member) => member.passed === true).length
    const missing = members.filter((member) => member.passed === null).length
    const share = (numerator: number) => ({ numerator: numerator / members.length, denominator: 1 })
    return {
      cluster,
      ...share(passes),
      missing: Math.min(missing, 1),
      low: share(passes),
      high: share(passes + missing),
    }
  })
}

/** How many blank responses pass: `all` over no sentence holds, so para01 takes the empty response. */
function addBlankPasses(table: MetricTable, head: MetricHead, results: readonly CollieResult[]): void {
  const passes = results.filter((result) => result.isBlank && result.passed === true).length
  table.composed(
    { ...head, id: 'blank-passes', scale: 'count' },
    { clusters: [], evaluate: () => passes, n: results.length, missing: 0, bounds: null },
  )
}

function itemShare({ item, passed }: CollieResult): RatioShare {
  const share = (numerator: number) => ({ numerator, denominator: 1 })
  if (passed !== null) return { cluster: item.cluster, ...share(Number(passed)) }
  return { cluster: item.cluster, ...share(0), missing: 1, low: share(0), high: share(1) }
}

function constraintShare(cluster: string, values: readonly (number | null)[]): RatioShare {
  const denominator = values.length
  const numerator = values.filter((value) => value === 1).length
  const missing = values.filter((value) => value === null).length
  const high = { numerator: numerator + missing, denominator }
  return { cluster, numerator, denominator, missing, low: { numerator, denominator }, high }
}

function tag({ item }: CollieResult, name: string): string {
  const value = item.tags[name]
  return typeof value === 'string' ? value : ''
}
