import { createMetricTable, type MetricHead, type MetricTable, type RatioShare } from '../../stats/metric-table.ts'
import type { AggregateOptions, Aggregator, ItemHead, ItemResult } from '../benchmark.ts'
import { domainMetrics } from './columns.ts'
import { type Requirement, requirements } from './schema.ts'

/**
 * Overall is the mean over all scores; domains, languages and requirements (R) are means over items of the mean of their
 * scores; C is the mean over the criteria that test a requirement. Nothing is rounded; the scale is 1 to 10.
 *
 * Source: `calculate_scores.py` of X-PLUG/WritingBench at ae2d5176. The languages are figures of the harness.
 */
export function createAggregator({ protocol }: AggregateOptions): Aggregator {
  const results: ScoredResponse[] = []
  return {
    add: (result) => {
      results.push(toScored(result))
    },
    finish() {
      const table = createMetricTable()
      const head = (id: string, unit: MetricHead['unit'], group?: MetricHead['group']): MetricHead => ({
        id,
        protocol,
        scale: 'score-10',
        unit,
        ...(group ? { group } : {}),
      })
      for (const response of results) table.ratio(head('overall', 'constraint'), scoreShare(response))
      addCount(table, { ...head('count', 'item'), scale: 'count' }, results)
      for (const { id, domain } of domainMetrics) {
        addItems(
          table,
          head(id, 'item'),
          results.filter(({ item }) => item.tags.domain1 === domain),
        )
      }
      for (const requirement of requirements) addRequirement(table, head, requirement, results)
      for (const language of ['zh', 'en']) {
        addItems(
          table,
          head(language, 'item'),
          results.filter(({ item }) => item.language === language),
        )
      }
      for (const [dimension, valuesOf] of breakdowns) {
        for (const response of results) {
          for (const value of valuesOf(response.item))
            table.ratio(head('score', 'item', { dimension, value }), itemShare(response))
        }
      }
      return table
    },
  }
}

/** Breakdowns of the mean of item scores: what an item counts under, as often as it counts. */
const breakdowns: readonly (readonly [dimension: string, values: (item: ItemHead) => readonly string[]])[] = [
  ['domain1', ({ tags }) => tagsOf(tags.domain1)],
  ['domain2', ({ tags }) => tagsOf(tags.domain2)],
  ['requirement', ({ tags }) => tagsOf(tags.requirement)],
  ['language', ({ language }) => tagsOf(language)],
]

interface ScoredResponse {
  readonly item: ItemResult['item']
  /** Score per criterion in the item's order; null where it was not measured. */
  readonly values: readonly (number | null)[]
  /** Positions of criteria that the protocol never asks about: neither measured nor missing. */
  readonly skipped: ReadonlySet<number>
}

const scale = { low: 1, high: 10 } as const

function toScored({ item, verdicts }: ItemResult): ScoredResponse {
  const byConstraint = new Map(verdicts.map((verdict) => [verdict.constraint, verdict]))
  const found = item.constraints.map(({ id }) => byConstraint.get(id))
  const skipped = found.flatMap((verdict, position) => (verdict?.status === 'excluded' ? [position] : []))
  // Where nobody was asked at all (no judge), everything is missing.
  const isJudged = skipped.length < found.length
  return {
    item,
    values: found.map((verdict) => verdict?.value ?? null),
    skipped: new Set(isJudged ? skipped : []),
  }
}

/** Share of a mean over scores: every score counts once. */
function scoreShare({ item, values, skipped }: ScoredResponse, positions?: readonly number[]): RatioShare {
  const wanted = (positions ?? values.map((_value, position) => position)).filter((position) => !skipped.has(position))
  const known = wanted.flatMap((position) => values[position] ?? [])
  const missing = wanted.length - known.length
  const numerator = sum(known)
  const share = { cluster: item.cluster, numerator, denominator: known.length }
  if (missing === 0) return share
  const bound = (value: number) => ({ numerator: numerator + value * missing, denominator: wanted.length })
  return { ...share, missing, low: bound(scale.low), high: bound(scale.high) }
}

/** Share of a mean over items: the mean of an item's scores counts once. */
function itemShare(response: ScoredResponse): RatioShare {
  const { cluster, numerator, denominator, missing, low, high } = scoreShare(response)
  const share = {
    cluster,
    numerator: denominator === 0 ? 0 : numerator / denominator,
    denominator: denominator === 0 ? 0 : 1,
  }
  if (!missing || !low || !high) return share
  const mean = (bound: { numerator: number; denominator: number }) => ({
    numerator: bound.numerator / bound.denominator,
    denominator: 1,
  })
  return { ...share, missing: 1, low: mean(low), high: mean(high) }
}

/** Number of responses with a score: a part of the benchmark must not pass for all of it. */
function addCount(table: MetricTable, head: MetricHead, results: readonly ScoredResponse[]): void {
  const scored = results.filter(({ values }) => values.some((value) => value !== null)).length
  const missing = results.length - scored
  table.composed(head, { clusters: [], evaluate: () => scored, n: results.length, missing, bounds: null })
}

function addItems(table: MetricTable, head: MetricHead, results: readonly ScoredResponse[]): void {
  for (const response of results) table.ratio(head, itemShare(response))
}

function addRequirement(
  table: MetricTable,
  head: (id: string, unit: MetricHead['unit']) => MetricHead,
  requirement: Requirement,
  results: readonly ScoredResponse[],
): void {
  for (const response of results) {
    const { item } = response
    // An item that its subset lists twice counts twice.
    for (const listed of tagsOf(item.tags.requirement)) {
      if (listed !== requirement) continue
      table.ratio(head(`${requirement}-r`, 'item'), itemShare(response))
      const tested = item.constraints.flatMap(({ tags }, position) =>
        tagsOf(tags.requirement).flatMap((tag) => (tag === requirement ? [position] : [])),
      )
      table.ratio(head(`${requirement}-c`, 'constraint'), scoreShare(response, tested))
    }
  }
}

function tagsOf(tags: string | readonly string[] | undefined): readonly string[] {
  return tags === undefined ? [] : typeof tags === 'string' ? [tags] : tags
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
