import type { Protocol } from '../../core/verdict.ts'
import type { ScoredItem, ScoredQuestion } from './scored-item.ts'
import { type Counts, held, truthy } from './share.ts'
import { exactFamily, nestingDepth, officialFamily } from './taxonomy.ts'

/** A table of figures: one for each key that occurs. */
export interface Breakdown {
  readonly dimension: string
  readonly metric: 'drfr' | 'satisfaction'
  readonly counts: Counts
  /** Upstream's order of keys: sorted, or satisfied ones first. */
  readonly order: 'sorted' | 'satisfied-first'
  /** Keys of a question, as often as it counts. */
  keys(question: ScoredQuestion, item: ScoredItem): readonly string[]
}

/**
 * The tables of the official statistics file, and one of the harness: by depth of nesting. Under `fixed` the family of `Selection_and_Chain_*` is its own, and only
 * questions that hold count as satisfied.
 *
 * Source: thu-coai/ComplexBench `evaluation/aggregation.py` at 749f4575.
 */
export function breakdowns(protocol: Protocol): readonly Breakdown[] {
  const family = protocol === 'official' ? officialFamily : exactFamily
  const satisfied = protocol === 'official' ? truthy : held
  return [
    ofItem('category', 'sorted', ({ category }) => category),
    ofItem('category-average', 'sorted', ({ category }) => family(category)),
    ofItem('task-type', 'satisfied-first', ({ taskType }) => taskType),
    ofItem('nested-method', 'sorted', ({ nestedMethod }) => nestedMethod),
    ofItem('nesting-depth', 'sorted', ({ category }) => nestingDepth(category)),
    {
      dimension: 'constraint-type',
      metric: 'satisfaction',
      counts: satisfied,
      order: 'satisfied-first',
      keys: ({ constraintTypes }) => constraintTypes,
    },
    {
      dimension: 'constraint-dimension',
      metric: 'satisfaction',
      counts: satisfied,
      order: 'satisfied-first',
      keys: ({ dimensions }) => dimensions,
    },
    {
      dimension: 'composition-type',
      metric: 'satisfaction',
      counts: satisfied,
      order: 'satisfied-first',
      keys: ({ compositionTypes }) => compositionTypes,
    },
  ]
}

function ofItem(dimension: string, order: Breakdown['order'], key: (item: ScoredItem) => string): Breakdown {
  return { dimension, metric: 'drfr', counts: held, order, keys: (_question, item) => [key(item)] }
}

/** The keys of a breakdown in upstream's order, each with the questions of every item that count there. */
export function groupQuestions(
  { keys, counts, order }: Breakdown,
  items: readonly ScoredItem[],
): ReadonlyMap<string, readonly { readonly cluster: string; readonly questions: readonly ScoredQuestion[] }[]> {
  const groups = new Map<string, { cluster: string; questions: ScoredQuestion[] }[]>()
  const satisfied = new Set<string>()
  for (const item of items) {
    const own = new Map<string, ScoredQuestion[]>()
    for (const question of item.questions) {
      for (const key of keys(question, item)) {
        const questions = own.get(key) ?? []
        questions.push(question)
        own.set(key, questions)
        if (counts(question.point)) satisfied.add(key)
      }
    }
    for (const [key, questions] of own) {
      const group = groups.get(key) ?? []
      group.push({ cluster: item.cluster, questions })
      groups.set(key, group)
    }
  }
  const rest = [...groups.keys()].filter((key) => !satisfied.has(key))
  const ordered = order === 'sorted' ? [...groups.keys()].sort() : [...satisfied, ...rest]
  return new Map(ordered.map((key) => [key, groups.get(key)!]))
}
