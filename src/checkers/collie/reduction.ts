import type { Reduction } from './grammar.ts'
import { PythonError } from './python-error.ts'
import { elements, isList, length, type Value } from './value.ts'

/**
 * Compares element by element and sums up. A target that is not a list stands for every element.
 * @param relate the relation between one element and its target
 * @returns null for a reduction that the official checker does not know
 * @throws PythonError TypeError for a value without elements
 */
export function reduce(
  reduction: Reduction,
  found: Value,
  target: Value,
  relate: (found: Value, target: Value) => boolean,
): boolean | null {
  const isPaired = isList(target)
  // parity: another number of elements than targets is a plain "no", never an error.
  if (length(found) !== (isPaired ? target.length : length(found))) return false
  const results = elements(found).map((element, index) => relate(element, isPaired ? target[index]! : target))
  if ('unknown' in reduction) return null
  const hits = results.reduce((sum, result) => sum + (result ? 1 : 0), 0)
  switch (reduction.name) {
    case 'all':
      return hits === results.length
    case 'any':
      return hits > 0
    case 'at least':
      return hits >= wanted(reduction.value)
    case 'at most':
      return hits <= wanted(reduction.value)
    case 'exactly':
      return hits === reduction.value
    default: {
      const never: never = reduction
      throw new Error(`Unknown reduction: ${String(never)}`)
    }
  }
}

function wanted(value: number | null): number {
  if (value === null) throw new PythonError('TypeError', 'no order between int and NoneType')
  return value
}
