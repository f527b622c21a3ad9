import { DataError, type DataLocation } from '../../core/errors.ts'
import type { ConstraintNode, PlainConstraint } from './grammar.ts'
import { elementShape, extractedShape, type Shape, ShapeError } from './shape.ts'
import { isList, type Value } from './value.ts'

/**
 * Checks at load that targets fit their constraint, so that no text can make the comparison raise and none is compared
 * with a target that nothing could equal.
 * @throws DataError `bad-target` with the place inside the targets, the expected shape and what came
 */
export function checkTargets(
  node: ConstraintNode,
  target: unknown,
  location: DataLocation = {},
  path = 'targets',
): void {
  assertValue(target, location, path)
  if (node.type === 'Constraint') {
    checkPlain(node, target, location, path)
    return
  }
  const members = node.type === 'All' ? node.parts : node.pair
  if (node.type !== 'All' && !isList(target) && target !== null) {
    for (const member of members) checkTargets(member, target, location, path)
    return
  }
  if (!isList(target) || target.length !== members.length) {
    throw bad(path, `a list of ${members.length} targets, one for each constraint`, target, location)
  }
  for (const [index, member] of members.entries()) checkTargets(member, target[index], location, `${path}[${index}]`)
}

function checkPlain(constraint: PlainConstraint, target: Value, location: DataLocation, path: string): void {
  try {
    const shape = extractedShape(constraint)
    const compared = constraint.reduction === null ? shape : elementShape(shape)
    if (constraint.reduction === null || !isList(target)) {
      checkRelation(constraint, compared, target, location, path)
      return
    }
    for (const [index, wanted] of target.entries()) {
      checkRelation(constraint, compared, wanted, location, `${path}[${index}]`)
    }
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error
    throw new DataError('bad-constraint', `The constraint for ${path} fits no text: ${error.message}`, { location })
  }
}

function checkRelation(
  { relation, transformation }: PlainConstraint,
  shape: Shape,
  target: Value,
  location: DataLocation,
  path: string,
): void {
  if (relation === 'in' || relation === 'not in') {
    const held = elementShape(shape)
    const wanted = isList(target) ? target : [target]
    if (wanted.length === 0 || !wanted.every((value) => isOf(held, value)))
      throw bad(path, `${describe(held)} or a list of at least one`, target, location)
    return
  }
  // A list of one is compared as its element, so it can never equal a list.
  const wanted = isList(target) && target.length === 1 ? target[0]! : target
  if (!isOf(shape, wanted)) throw bad(path, describe(shape), target, location)
  const places = transformation.type === 'Position' ? transformation.position : null
  if (isList(wanted) && Array.isArray(places) && places.length !== wanted.length) {
    throw bad(path, `one value for each of ${places.length} positions`, target, location)
  }
}

function isOf(shape: Shape, value: Value): boolean {
  if (shape === 'unknown') return true
  if (typeof shape === 'object') return isList(value) && value.every((element) => isOf(shape.listOf, element))
  if (shape === 'text') return typeof value === 'string'
  return shape === 'number' ? typeof value === 'number' : typeof value === 'boolean'
}

function describe(shape: Shape): string {
  if (typeof shape === 'object') return `a list of several (${describe(shape.listOf)} each)`
  return shape === 'unknown' ? 'any value' : `a ${shape}`
}

function assertValue(value: unknown, location: DataLocation, path: string): asserts value is Value {
  const isScalar =
    value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
  if (isScalar) return
  if (!Array.isArray(value)) throw bad(path, 'a number, a string or a list of these', value, location)
  for (const [index, element] of value.entries()) assertValue(element, location, `${path}[${index}]`)
}

function bad(path: string, expected: string, value: unknown, location: DataLocation): DataError {
  const found = value === undefined ? 'nothing' : JSON.stringify(value)
  const excerpt = found.length > 80 ? `${found.slice(0, 80)}…` : found
  return new DataError('bad-target', `Expected ${path} to be ${expected}, got ${excerpt}`, { location })
}
