import type { ConstraintNode, PlainConstraint } from './grammar.ts'
import { PythonError, type PythonErrorName } from './python-error.ts'
import { reduce } from './reduction.ts'
import { relate } from './relation.ts'
import type { TextUnits } from './text-units.ts'
import { transform } from './transformation.ts'
import { isList, type Value } from './value.ts'

/** How the official checker ends: with a value (null for a reduction it does not know) or with an exception. */
export type Outcome =
  | { readonly kind: 'value'; readonly value: boolean | null }
  | { readonly kind: 'error'; readonly error: PythonErrorName; readonly message: string }

/** Outcome of one plain constraint with what its transformation gave; undefined where it raised. */
export interface Evaluation {
  readonly outcome: Outcome
  readonly extracted: Value | undefined
}

/** Checks a text against a constraint with its logic, as the official `check(text, target)`. */
export function checkConstraint(constraint: ConstraintNode, text: TextUnits, target: Value): Outcome {
  try {
    return { kind: 'value', value: check(constraint, text, target) }
  } catch (error) {
    return asOutcome(error)
  }
}

/** Checks one plain constraint and keeps what was found, for evidence. */
export function evaluateConstraint(constraint: PlainConstraint, text: TextUnits, target: Value): Evaluation {
  let extracted: Value | undefined
  try {
    extracted = extract(constraint, text)
    return { outcome: { kind: 'value', value: compare(constraint, extracted, target) }, extracted }
  } catch (error) {
    return { outcome: asOutcome(error), extracted }
  }
}

/**
 * What the transformation of a plain constraint gives for a text.
 * @throws PythonError as the official checker would
 */
export function extract(constraint: PlainConstraint, text: TextUnits): Value {
  return transform(constraint.transformation, text.at(constraint.input, constraint.target))
}

function compare({ relation, reduction }: PlainConstraint, found: Value, target: Value): boolean | null {
  const holds = (element: Value, wanted: Value): boolean => {
    if (typeof relation !== 'string') throw new PythonError('NotImplementedError', `relation ${relation.unknown}`)
    return relate(relation, element, wanted)
  }
  return reduction === null ? holds(found, target) : reduce(reduction, found, target, holds)
}

function check(node: ConstraintNode, text: TextUnits, target: Value): boolean | null {
  if (node.type === 'Constraint') return compare(node, extract(node, text), target)
  if (node.type === 'All') return checkAll(node.parts, text, target)
  const [first, second] = pairTargets(target)
  const value = checkMember(node.pair[0], text, first)
  const isDecided = node.type === 'And' ? !value : Boolean(value)
  return isDecided ? value : checkMember(node.pair[1], text, second)
}

function checkAll(parts: readonly ConstraintNode[], text: TextUnits, target: Value): boolean {
  if (target === null) return parts.map((part) => checkMember(part, text, undefined)).every(Boolean)
  if (!isList(target)) throw new PythonError('NotImplementedError', 'All needs a list of targets')
  // parity: the shorter list decides how many constraints are looked at.
  const paired = parts.slice(0, target.length)
  return paired.map((part, index) => checkMember(part, text, target[index]!)).every(Boolean)
}

/** `undefined` stands for a call without a target, which only logic understands. */
function checkMember(node: ConstraintNode, text: TextUnits, target: Value | undefined): boolean | null {
  if (target !== undefined) return check(node, text, target)
  if (node.type === 'Constraint') throw new PythonError('TypeError', 'a constraint needs a target')
  return check(node, text, null)
}

function pairTargets(target: Value): readonly [Value | undefined, Value | undefined] {
  if (target === null) return [undefined, undefined]
  if (!isList(target)) return [target, target]
  if (target.length !== 2) throw new PythonError('AssertionError', `expected two targets, got ${target.length}`)
  return [target[0], target[1]]
}

function asOutcome(error: unknown): Outcome {
  if (!(error instanceof PythonError)) throw error
  return { kind: 'error', error: error.pythonName, message: error.message }
}
