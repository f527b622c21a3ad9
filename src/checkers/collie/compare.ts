import { PythonError } from './python-error.ts'
import { isList, typeName, type Value } from './value.ts'

/** Python's `==`: deep, by value; True and False equal 1 and 0, a string never equals a number. */
export function equals(left: Value, right: Value): boolean {
  if (left === right) return true
  if (isList(left)) {
    if (!isList(right) || left.length !== right.length) return false
    return left.every((value, index) => equals(value, right[index]!))
  }
  return isNumeric(left) && isNumeric(right) && Number(left) === Number(right)
}

/**
 * Python's ordering: negative, zero or positive as `left` sorts before, with or after `right`. Numbers by size, strings
 * by code point, lists by their first different element, then by length.
 * @throws PythonError TypeError for None and for values of different kinds
 */
export function order(left: Value, right: Value): number {
  if (isNumeric(left) && isNumeric(right)) return Number(left) - Number(right)
  if (typeof left === 'string' && typeof right === 'string') return orderStrings(left, right)
  if (isList(left) && isList(right)) {
    const shared = Math.min(left.length, right.length)
    for (let index = 0; index < shared; index += 1) {
      if (!equals(left[index]!, right[index]!)) return order(left[index]!, right[index]!)
    }
    return left.length - right.length
  }
  throw new PythonError('TypeError', `no order between ${typeName(left)} and ${typeName(right)}`)
}

function isNumeric(value: Value): value is number | boolean {
  return typeof value === 'number' || typeof value === 'boolean'
}

/** Python's `wanted in text`: code point by code point, so half of a surrogate pair is not found. */
export function containsText(text: string, wanted: string): boolean {
  for (let index = text.indexOf(wanted); index !== -1; index = text.indexOf(wanted, index + 1)) {
    const end = index + wanted.length
    const startsInside = isLow(wanted, 0) && startOfPair(text, index) !== index
    const endsInside = end > index && isLow(text, end) && startOfPair(text, end) !== end
    if (!startsInside && !endsInside) return true
  }
  return false
}

/** UTF-16 order puts astral characters before U+E000; code point order puts them last. */
function orderStrings(left: string, right: string): number {
  const shared = Math.min(left.length, right.length)
  for (let index = 0; index < shared; index += 1) {
    if (left.charCodeAt(index) === right.charCodeAt(index)) continue
    // The second half of a pair: what differs is the whole code point.
    const start = isLow(left, index) || isLow(right, index) ? startOfPair(left, index) : index
    return left.codePointAt(start)! - right.codePointAt(start)!
  }
  return left.length - right.length
}

function isLow(text: string, index: number): boolean {
  return (text.charCodeAt(index) & 0xfc00) === 0xdc00
}

function startOfPair(text: string, index: number): number {
  return index > 0 && (text.charCodeAt(index - 1) & 0xfc00) === 0xd800 ? index - 1 : index
}
