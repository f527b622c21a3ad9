import { codePointLength } from '../../text/code-points.ts'
import { PythonError } from './python-error.ts'

/** What the grammar computes with: the Python values None, bool, int, str and list. */
export type Value = null | boolean | number | string | readonly Value[]

/** Narrows to a list; `Array.isArray` alone loses `readonly`. */
export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value)
}

/** Python's name of the value's type, for messages. */
export function typeName(value: Value): string {
  if (value === null) return 'NoneType'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'number') return 'int'
  return typeof value === 'string' ? 'str' : 'list'
}

/**
 * Elements of a list, or the code points of a string.
 * @throws PythonError TypeError for None, a bool or a number
 */
export function elements(value: Value): readonly Value[] {
  if (isList(value)) return value
  if (typeof value === 'string') return Array.from(value)
  throw new PythonError('TypeError', `a ${typeName(value)} has no elements`)
}

/**
 * Python's `len`: list elements or code points.
 * @throws PythonError TypeError for None, a bool or a number
 */
export function length(value: Value): number {
  if (isList(value)) return value.length
  if (typeof value === 'string') return codePointLength(value)
  throw new PythonError('TypeError', `a ${typeName(value)} has no length`)
}

/** Python's truth value. */
export function isTruthy(value: Value): boolean {
  return isList(value) ? value.length > 0 : Boolean(value)
}
