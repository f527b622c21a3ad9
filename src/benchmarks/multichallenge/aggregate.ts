import type { Protocol } from '../../core/verdict.ts'
import { createMetricTable, type MetricHead, type MetricTable } from '../../stats/metric-table.ts'
import type { AggregateOptions, Aggregator, ItemResult } from '../benchmark.ts'
import { axes } from './axes.ts'
import {
  anyPassed,
  anyPassedOfAll,
  type ConversationShare,
  macroOverall,
  meanOfAll,
  type OverallRule,
  officialOverall,
} from './axis-means.ts'
import { type Attempt, assume, byConversation, type ConversationResults } from './conversation-results.ts'

/**
 * Headline: mean of the axis scores. Beside it the pooled share, every axis, and for several attempts `pass@k` (any of
 * them passes) and `mean@k` apart.
 */
export function createAggregator({ protocol }: AggregateOptions): Aggregator {
  const results: ItemResult[] = []
  return {
    add({ item, sample, status, verdicts }) {
      results.push({ item, sample, status, verdicts })
    },
    finish() {
      const table = createMetricTable()
      addFigures(table, byConversation(results), protocol)
      return table
    },
  }
}

function addFigures(table: MetricTable, conversations: readonly ConversationResults[], protocol: Protocol): void {
  const seen = new Set(conversations.map(({ axis }) => axis))
  const isOfficial = protocol === 'official'
  const share = isOfficial ? anyPassed : meanOfAll
  const head = (id: string, group?: MetricHead['group']): MetricHead => ({
    id,
    protocol,
    scale: 'fraction',
    unit: 'item',
    ...(group ? { group } : {}),
  })
  addOverall(table, head('overall'), conversations, isOfficial ? officialOverall : macroOverall(seen, share))
  for (const conversation of conversations) addShare(table, head('micro'), conversation, share)
  for (const { id, metric } of axes) {
    for (const conversation of conversations.filter(({ axis }) => axis === id)) {
      addShare(table, head(metric), conversation, share)
      addShare(table, head('passed', { dimension: 'axis', value: id }), conversation, share)
    }
  }
  const attempts = Math.max(...conversations.map((conversation) => conversation.attempts.length), 0)
  if (attempts > 1) {
    addOverall(table, head(`pass@${attempts}`), conversations, macroOverall(seen, anyPassedOfAll))
    addOverall(table, head(`mean@${attempts}`), conversations, macroOverall(seen, meanOfAll))
  }
  addGapRates(table, head, conversations)
}

function addOverall(
  table: MetricTable,
  head: MetricHead,
  conversations: readonly ConversationResults[],
  rule: OverallRule,
): void {
  const counted = conversations.filter(({ attempts }) => attempts.some(({ gap }) => gap !== 'excluded'))
  const missing = conversations.flatMap(({ attempts }) => attempts).filter(({ passed }) => passed === null).length
  table.composed(head, {
    clusters: counted.map(({ item }) => item.cluster),
    evaluate: (indices) => rule(draw(counted, indices)),
    n: counted.length,
    missing,
    bounds: missing === 0 ? null : boundsOf(conversations, counted, rule),
  })
}

function* draw(conversations: readonly ConversationResults[], indices: ArrayLike<number>) {
  for (let at = 0; at < indices.length; at++) yield conversations[indices[at]!]!
}

/** Widened to the value itself: upstream's extra axis for failed judge calls can cost more than failing would. */
function boundsOf(all: readonly ConversationResults[], counted: readonly ConversationResults[], rule: OverallRule) {
  const values = [rule(assume(all, false)), rule(assume(all, true)), rule(counted)].filter((value) => value !== null)
  return { low: Math.min(...values), high: Math.max(...values) }
}

function addShare(
  table: MetricTable,
  head: MetricHead,
  conversation: ConversationResults,
  share: ConversationShare,
): void {
  const { cluster } = conversation.item
  const value = share(conversation)
  const counted = { cluster, numerator: value ?? 0, denominator: value === null ? 0 : 1 }
  const missing = conversation.attempts.filter(({ passed }) => passed === null).length
  if (missing === 0) {
    table.ratio(head, counted)
    return
  }
  const [low, high] = [false, true].map((passed) => ({
    numerator: share(assume([conversation], passed)[0]!)!,
    denominator: 1,
  }))
  table.ratio(head, { ...counted, missing, low: low!, high: high! })
}

const gapRates: Readonly<Record<string, Attempt['gap']>> = {
  'judge-failures': 'failed-judging',
  'missing-responses': 'no-answer',
}

/** Shares of attempts without a verdict, by cause. */
function addGapRates(
  table: MetricTable,
  head: (id: string) => MetricHead,
  conversations: readonly ConversationResults[],
): void {
  for (const [id, gap] of Object.entries(gapRates)) {
    for (const { item, attempts } of conversations) {
      const numerator = attempts.filter((attempt) => attempt.gap === gap).length
      table.ratio(
        { ...head(id), unit: 'constraint' },
        { cluster: item.cluster, numerator, denominator: attempts.length },
      )
    }
  }
}
