import type { Protocol } from '../../core/verdict.ts'
import type { MetricTable } from '../../stats/metric-table.ts'
import type { ComposedFigure, RatioShare } from '../../stats/metric-table.types.ts'
import type { Raw } from './question-state.ts'
import type { ScoredItem } from './scored-item.ts'

/** Whether everything in an item or group passed; undefined when that is not known. */
type Passed = boolean | undefined

interface Outcome {
  readonly point: Passed
  readonly low: Passed
  readonly high: Passed
}

interface TaskGroup {
  readonly name: string
  /** Questions of the first item that verify a selection. */
  readonly depth: number
  readonly items: Outcome[]
}

/**
 * Selection coherence: of task groups, items that differ only in the branch to be taken, how many pass entirely, and how
 * much that is less than the share of single items that pass. Groups with one selection to be made count as `single`,
 * with more as `multiple`, without as neither.
 *
 * Values that cannot be computed are null; upstream ends in ZeroDivisionError there and writes no figures at all.
 *
 * Source: thu-coai/ComplexBench `evaluation/aggregation.py` at 749f4575 (`single_origin_test` and so on).
 */
export function addSelectionCoherence(table: MetricTable, protocol: Protocol, items: readonly ScoredItem[]): void {
  const groups = taskGroups(items)
  addKind(
    table,
    protocol,
    'single',
    groups.filter(({ depth }) => depth === 1),
  )
  addKind(
    table,
    protocol,
    'multiple',
    groups.filter(({ depth }) => depth > 1),
  )
}

function taskGroups(items: readonly ScoredItem[]): TaskGroup[] {
  const groups = new Map<string, TaskGroup>()
  for (const item of items) {
    const key = JSON.stringify([item.group, item.sample])
    let group = groups.get(key)
    if (!group) {
      // parity: the first item of a group, in the order of the data, decides for all of them.
      const depth = item.questions.filter(({ compositionTypes }) => compositionTypes.includes('Selection')).length
      group = { name: `group ${item.group ?? 'null'}`, depth, items: [] }
      groups.set(key, group)
    }
    const passed = (side: 'point' | 'low' | 'high') => passes(item.questions.map((question) => question[side]))
    group.items.push({ point: passed('point'), low: passed('low'), high: passed('high') })
  }
  return [...groups.values()]
}

/** parity: an item passes when nothing in it is false; 2 and null are not. */
function passes(values: readonly Raw[]): Passed {
  if (values.includes(false)) return false
  return values.includes(undefined) ? undefined : true
}

function addKind(table: MetricTable, protocol: Protocol, kind: string, groups: readonly TaskGroup[]): void {
  const head = { protocol, scale: 'fraction' } as const
  const shares = groups.map((group) => ({
    origin: ratioShare(group.name, group.items),
    coherent: ratioShare(group.name, [allOf(group.items)]),
  }))
  const none: RatioShare = { cluster: 'none', numerator: 0, denominator: 0 }
  for (const { origin } of shares.length > 0 ? shares : [{ origin: none }]) {
    table.ratio({ ...head, id: `${kind}-origin`, unit: 'item' }, origin)
  }
  for (const { coherent } of shares.length > 0 ? shares : [{ coherent: none }]) {
    table.ratio({ ...head, id: `${kind}-coherent`, unit: 'group' }, coherent)
  }
  table.composed({ ...head, id: `${kind}-relative-drop`, unit: 'group' }, relativeDrop(groups, shares))
}

function allOf(items: readonly Outcome[]): Outcome {
  const all = (side: keyof Outcome) => passes(items.map((item) => (item[side] === undefined ? undefined : item[side])))
  return { point: all('point'), low: all('low'), high: all('high') }
}

function ratioShare(cluster: string, outcomes: readonly Outcome[]): RatioShare {
  const count = (side: keyof Outcome, value: Passed) => outcomes.filter((outcome) => outcome[side] === value).length
  const missing = outcomes.filter(({ point, low, high }) => point === undefined || low !== high).length
  return {
    cluster,
    numerator: count('point', true),
    denominator: outcomes.length - count('point', undefined),
    missing,
    low: { numerator: count('low', true), denominator: outcomes.length },
    high: { numerator: count('high', true), denominator: outcomes.length },
  }
}

interface GroupShares {
  readonly origin: RatioShare
  readonly coherent: RatioShare
}

function relativeDrop(groups: readonly TaskGroup[], shares: readonly GroupShares[]): ComposedFigure {
  const missing = shares.reduce((sum, { coherent }) => sum + coherent.missing!, 0)
  const origin = (side: 'low' | 'high') => total(shares.map((share) => share.origin[side]!))
  const coherent = (side: 'low' | 'high') => total(shares.map((share) => share.coherent[side]!))
  const low = drop(origin('low'), coherent('high'))
  const high = drop(origin('high'), coherent('low'))
  return {
    clusters: groups.map(({ name }) => name),
    evaluate: (indices) => {
      const drawn = Array.from(indices, (index) => shares[index]!)
      return drop(total(drawn.map((share) => share.origin)), total(drawn.map((share) => share.coherent)))
    },
    n: groups.length - shares.filter(({ coherent: { denominator } }) => denominator === 0).length,
    missing,
    bounds: missing > 0 && low !== null && high !== null ? { low, high } : null,
  }
}

function total(parts: readonly { readonly numerator: number; readonly denominator: number }[]): number | null {
  const denominator = parts.reduce((sum, part) => sum + part.denominator, 0)
  return denominator === 0 ? null : parts.reduce((sum, part) => sum + part.numerator, 0) / denominator
}

function drop(origin: number | null, coherent: number | null): number | null {
  return origin === null || coherent === null || origin === 0 ? null : (origin - coherent) / origin
}
