import type { Constraint } from '../../core/item.ts'
import type { Protocol } from '../../core/verdict.ts'
import type { ItemResult } from '../benchmark.ts'
import { relyOn } from './dependencies.ts'
import { questionState, type Raw } from './question-state.ts'

/** One question of one response after the dependencies. */
export interface ScoredQuestion {
  readonly constraintTypes: readonly string[]
  readonly dimensions: readonly string[]
  readonly compositionTypes: readonly string[]
  readonly point: Raw
  readonly low: Raw
  readonly high: Raw
  /** The question itself, or one that it depends on, was not measured, and that matters. */
  readonly isMissing: boolean
}

/** What the figures need of one response. */
export interface ScoredItem {
  readonly cluster: string
  readonly sample: number
  readonly category: string
  readonly taskType: string
  /** The item's composition types in code point order, joined with `_`. */
  readonly nestedMethod: string
  /** Null is a group too. */
  readonly group: string | null
  readonly questions: readonly ScoredQuestion[]
}

/** Joins verdicts and dependencies of one response. */
export function scoreItem({ item, sample, verdicts }: ItemResult, protocol: Protocol): ScoredItem {
  const byConstraint = new Map(verdicts.map((verdict) => [verdict.constraint, verdict]))
  const states = item.constraints.map(({ id }) => questionState(byConstraint.get(id), protocol))
  const dependencies = dependenciesOf(item.constraints)
  const point = relyOn[protocol](
    states.map((state) => state.point),
    dependencies,
  )
  const low = relyOn[protocol](
    states.map((state) => state.low),
    dependencies,
  )
  const high = relyOn[protocol](
    states.map((state) => state.high),
    dependencies,
  )
  const { group } = item.tags
  return {
    cluster: item.cluster,
    sample,
    category: String(item.tags.category),
    taskType: String(item.tags['task-type']),
    nestedMethod: [...list(item.tags['composition-type'])].sort().join('_'),
    group: typeof group === 'string' ? group : null,
    questions: item.constraints.map(({ tags }, index) => ({
      constraintTypes: list(tags['constraint-type']),
      dimensions: list(tags['constraint-dimension']),
      compositionTypes: list(tags['composition-type']),
      point: point[index],
      low: low[index],
      high: high[index],
      isMissing: states[index]!.isMissing || point[index] === undefined,
    })),
  }
}

function dependenciesOf(constraints: readonly Constraint[]): readonly (readonly number[])[] {
  const positions = new Map(constraints.map(({ id }, index) => [id, index]))
  return constraints.map(({ tags }) => list(tags['depends-on']).map((id) => positions.get(id)!))
}

function list(tag: string | readonly string[] | undefined): readonly string[] {
  return tag === undefined ? [] : typeof tag === 'string' ? [tag] : tag
}
