import { equals, order } from './compare.ts'
import type { Transformation } from './grammar.ts'
import { PythonError } from './python-error.ts'
import { elements, isList, isTruthy, length, typeName, type Value } from './value.ts'

/**
 * Applies a transformation to units.
 * @throws PythonError as the official checker would
 */
export function transform(transformation: Transformation, units: Value): Value {
  switch (transformation.type) {
    case 'Count':
      return count(units, transformation.equalTo)
    case 'Position':
      return pick(units, transformation.position)
    case 'ForEach': {
      const { each } = transformation
      const list = elements(units)
      return each === null ? list : list.map((unit) => transform(each, unit))
    }
    case 'Max':
      return greatest(elements(transform(transformation.of, units)))
    case 'Aggregate':
      return elements(transform(transformation.of, units)).map(asString).join('')
    case 'PositionOf':
      // parity: the official operation numbers the elements without asking which of them hold.
      return elements(transform(transformation.of, units)).map((_unit, index) => index)
    case 'MapPosition':
      return transform(transformation.mapping, transform(transformation.of, units))
    case 'And': {
      const first = transform(transformation.pair[0], units)
      return isTruthy(first) ? transform(transformation.pair[1], units) : first
    }
    case 'Or': {
      const first = transform(transformation.pair[0], units)
      return isTruthy(first) ? first : transform(transformation.pair[1], units)
    }
    case 'All':
      return transformation.parts.map((part) => transform(part, units)).every(isTruthy)
    default: {
      const never: never = transformation
      throw new Error(`Unknown transformation: ${String(never)}`)
    }
  }
}

function count(units: Value, equalTo: string | number | null): number {
  if (equalTo === null) return length(units)
  return elements(units).reduce<number>((sum, unit) => sum + (equals(unit, equalTo) ? 1 : 0), 0)
}

function pick(units: Value, position: Extract<Transformation, { type: 'Position' }>['position']): Value {
  if (typeof position === 'number') return at(elements(units), position)
  if ('unknown' in position) throw new PythonError('ValueError', 'a position is an integer or a list of integers')
  return position.length === 0 ? [] : pickSeveral(elements(units), position)
}

function pickSeveral(units: readonly Value[], positions: readonly number[]): Value {
  return positions.map((position) => at(units, position))
}

function at(units: readonly Value[], position: number): Value {
  return units[position < 0 ? units.length + position : position] ?? null
}

function greatest(values: readonly Value[]): Value {
  if (values.length === 0) throw new PythonError('ValueError', 'the greatest element of nothing')
  return values.reduce((best, value) => (order(value, best) > 0 ? value : best))
}

function asString(value: Value): string {
  if (typeof value === 'string') return value
  throw new PythonError('TypeError', `expected a string to join, got ${isList(value) ? 'a list' : typeName(value)}`)
}
