import type { PlainConstraint, Transformation } from './grammar.ts'

/** What a transformation gives, as far as the constraint alone tells; `unknown` where that depends on the text. */
export type Shape = 'text' | 'number' | 'boolean' | 'unknown' | { readonly listOf: Shape }

/** Says why no text could ever be evaluated. */
export class ShapeError extends Error {}

/**
 * Shape of what a constraint compares with its target.
 * @throws ShapeError for a transformation that needs a list where there is none
 */
export function extractedShape(constraint: PlainConstraint): Shape {
  const cuts = [constraint.input, constraint.target].filter((level) => level !== null)
  return transformedShape(
    constraint.transformation,
    cuts.reduce<Shape>((shape) => ({ listOf: shape }), 'text'),
  )
}

/** Shape of the elements: of a list its items, of a text its characters. */
export function elementShape(shape: Shape): Shape {
  if (typeof shape === 'object') return shape.listOf
  if (shape === 'text' || shape === 'unknown') return shape
  throw new ShapeError(`a ${shape} has no elements`)
}

function transformedShape(transformation: Transformation, units: Shape): Shape {
  switch (transformation.type) {
    case 'Count':
      elementShape(units)
      return 'number'
    case 'Position': {
      const element = elementShape(units)
      return typeof transformation.position === 'number' ? element : { listOf: element }
    }
    case 'ForEach': {
      const element = elementShape(units)
      return { listOf: transformation.each === null ? element : transformedShape(transformation.each, element) }
    }
    case 'Max':
      return elementShape(transformedShape(transformation.of, units))
    case 'Aggregate':
      elementShape(transformedShape(transformation.of, units))
      return 'text'
    case 'PositionOf':
      elementShape(transformedShape(transformation.of, units))
      return { listOf: 'number' }
    case 'MapPosition':
      return transformedShape(transformation.mapping, transformedShape(transformation.of, units))
    case 'And':
    case 'Or': {
      const [first, second] = transformation.pair.map((part) => transformedShape(part, units))
      return JSON.stringify(first) === JSON.stringify(second) ? first! : 'unknown'
    }
    case 'All':
      for (const part of transformation.parts) transformedShape(part, units)
      return 'boolean'
    default: {
      const never: never = transformation
      throw new Error(`Unknown transformation: ${String(never)}`)
    }
  }
}
