import type { Protocol } from '../../core/verdict.ts'
import { createMetricTable, type MetricTable } from '../../stats/metric-table.ts'
import type { MetricHead, RatioShare } from '../../stats/metric-table.types.ts'
import type { AggregateOptions, Aggregator } from '../benchmark.ts'
import { ItemTallies, instructionTally, promptTally, type Tally } from './item-tally.ts'
import { meanOf } from './mean-of-figures.ts'
import { type Mode, modes } from './score.ts'

/**
 * Prompt-level accuracy: items with all instructions followed. Instruction-level accuracy: followed instructions of all
 * instructions, pooled (evaluation_lib.py, print_report). Both in two modes, and the latter by instruction id and group.
 * Under either protocol a verdict that is missing counts as not followed, with bounds; no item leaves the denominator.
 */
export function createAggregator({ protocol }: AggregateOptions): Aggregator {
  const tallies = new ItemTallies()
  return {
    add: (result) => tallies.add(result),
    finish: () => toTable(protocol, tallies),
  }
}

/** Figures in the order of the columns; breakdowns after them. */
function toTable(protocol: Protocol, tallies: ItemTallies): MetricTable {
  const table = createMetricTable()
  const promptHead = (mode: Mode): MetricHead => ({
    id: `prompt-level-${mode}`,
    protocol,
    scale: 'fraction',
    unit: 'item',
  })
  const instructionHead = (mode: Mode): MetricHead => ({
    id: `instruction-level-${mode}`,
    protocol,
    scale: 'fraction',
    unit: 'constraint',
  })
  for (const mode of ['loose', 'strict'] as const) {
    for (const tally of tallies) table.ratio(promptHead(mode), share(tally.prompt.cluster, promptTally(tally, mode)))
  }
  for (const mode of modes) {
    for (const tally of tallies)
      table.ratio(instructionHead(mode), share(tally.prompt.cluster, instructionTally(tally, mode)))
  }
  const mean: MetricHead = { id: 'mean-of-four', protocol, scale: 'fraction', unit: 'item' }
  table.composed(
    mean,
    meanOf(tallies, [
      ...modes.map((mode) => ({ level: 'prompt' as const, mode })),
      ...modes.map((mode) => ({ level: 'instructions' as const, mode })),
    ]),
  )
  const leaderboard: MetricHead = { ...mean, id: 'leaderboard-v2' }
  table.composed(
    leaderboard,
    meanOf(tallies, [
      { level: 'prompt', mode: 'strict' },
      { level: 'instructions', mode: 'strict' },
    ]),
  )
  for (const dimension of ['group', 'type'] as const) {
    for (const mode of modes) addBreakdown(table, instructionHead(mode), tallies, dimension, mode)
  }
  return table
}

/** By id (25) or group (9), sorted by name as upstream prints them. */
function addBreakdown(
  table: MetricTable,
  head: MetricHead,
  tallies: ItemTallies,
  dimension: 'group' | 'type',
  mode: Mode,
): void {
  for (const value of tallies.values(dimension)) {
    const figure: MetricHead = { ...head, group: { dimension, value } }
    for (const tally of tallies) {
      const counts = instructionTally(tally, mode, { dimension, value })
      if (counts.total > 0) table.ratio(figure, share(tally.prompt.cluster, counts))
    }
  }
}

function share(cluster: string, { followed, missing, total }: Tally): RatioShare {
  const counted = { cluster, numerator: followed, denominator: total }
  if (missing === 0) return counted
  const low = { numerator: followed, denominator: total }
  return { ...counted, missing, low, high: { numerator: followed + missing, denominator: total } }
}
