import { containsText, equals, order } from './compare.ts'
import type { Relation } from './grammar.ts'
import { patch } from './patch.ts'
import { PythonError } from './python-error.ts'
import { isList, typeName, type Value } from './value.ts'

const compare: Readonly<Record<Relation, (found: Value, target: Value) => boolean>> = {
  '==': (found, target) => equals(found, unwrap(target)),
  '!=': (found, target) => !equals(found, unwrap(target)),
  '<': (found, target) => order(found, unwrap(target)) < 0,
  '>': (found, target) => order(found, unwrap(target)) > 0,
  '<=': (found, target) => order(found, unwrap(target)) <= 0,
  '>=': (found, target) => order(found, unwrap(target)) >= 0,
  // Every element is looked up even when the answer is clear, because a look-up can raise.
  in: (found, target) => hits(found, target).every(Boolean),
  'not in': (found, target) => !hits(found, target).some(Boolean),
}

/**
 * Whether `found` stands in the relation to `target`, both {@link patch patched} first.
 * @throws PythonError TypeError for values without an order, or a container that cannot hold the target
 */
export function relate(relation: Relation, found: Value, target: Value): boolean {
  return compare[relation](patch(found), patch(target))
}

/** parity: a target list of one element stands for its element in comparisons (not for `in`); found lists do not. */
function unwrap(target: Value): Value {
  return isList(target) && target.length === 1 ? target[0]! : target
}

function hits(found: Value, target: Value): boolean[] {
  return (isList(target) ? target : [target]).map((wanted) => contains(found, wanted))
}

function contains(container: Value, wanted: Value): boolean {
  if (isList(container)) return container.some((element) => equals(element, wanted))
  if (typeof container === 'string' && typeof wanted === 'string') return containsText(container, wanted)
  throw new PythonError('TypeError', `no ${typeName(wanted)} can be looked up in a ${typeName(container)}`)
}
