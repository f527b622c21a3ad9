/** Units that a text is cut into. */
export const levels = ['character', 'word', 'sentence', 'paragraph'] as const
export type Level = (typeof levels)[number]

export const relations = ['==', '!=', '<', '>', '<=', '>=', 'in', 'not in'] as const
export type Relation = (typeof relations)[number]

/** Reductions that count hits against `reduction_value`, and those that need no value. */
export const countingReductions = ['at least', 'at most', 'exactly'] as const
export const plainReductions = ['all', 'any'] as const
export type ReductionName = (typeof countingReductions)[number] | (typeof plainReductions)[number]

/** Transformations by the name that the data use. */
export const transformations = [
  'Count',
  'Position',
  'ForEach',
  'Max',
  'Aggregate',
  'PositionOf',
  'MapPosition',
  'And',
  'Or',
  'All',
] as const

/** Kinds of a whole requirement. */
export const constraintKinds = ['Constraint', 'All', 'And', 'Or'] as const

/** A name outside the lists above, kept by the lenient parser so that the official error can be reproduced. */
export interface Unknown {
  readonly unknown: string
}

export type Transformation =
  /** Number of units, or of the units equal to `equalTo` (exact, case-sensitive). */
  | { readonly type: 'Count'; readonly equalTo: string | number | null }
  /** The unit at an index (0-based, negative from the end), or the units at several; null where there is none. */
  | { readonly type: 'Position'; readonly position: number | readonly number[] | Unknown }
  /** `each` of every unit; the units themselves where it is null. */
  | { readonly type: 'ForEach'; readonly each: Transformation | null }
  /** Greatest element of what `of` gives. */
  | { readonly type: 'Max'; readonly of: Transformation }
  /** Concatenation of the strings that `of` gives. */
  | { readonly type: 'Aggregate'; readonly of: Transformation }
  /** The indices 0..n-1 of what `of` gives. */
  | { readonly type: 'PositionOf'; readonly of: Transformation }
  /** `mapping` of what `of` gives. */
  | { readonly type: 'MapPosition'; readonly of: Transformation; readonly mapping: Transformation }
  /** Python's `and` / `or` on two values. */
  | { readonly type: 'And' | 'Or'; readonly pair: readonly [Transformation, Transformation] }
  /** Whether all values are truthy. */
  | { readonly type: 'All'; readonly parts: readonly Transformation[] }

export type Reduction =
  | { readonly name: (typeof plainReductions)[number] }
  | { readonly name: (typeof countingReductions)[number]; readonly value: number | null }
  | Unknown

/** One requirement: cut the text, transform the units, compare with the target. */
export interface PlainConstraint {
  readonly type: 'Constraint'
  readonly input: Level | Unknown | null
  readonly target: Level | Unknown | null
  readonly transformation: Transformation
  readonly relation: Relation | Unknown
  readonly reduction: Reduction | null
}

/** A requirement with its logic, as COLLIE's grammar writes it (arXiv 2307.08689, section 3). */
export type ConstraintNode =
  | PlainConstraint
  | { readonly type: 'All'; readonly parts: readonly ConstraintNode[] }
  | { readonly type: 'And' | 'Or'; readonly pair: readonly [ConstraintNode, ConstraintNode] }
