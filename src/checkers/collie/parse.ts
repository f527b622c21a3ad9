import { DataError, type DataLocation } from '../../core/errors.ts'
import {
  type ConstraintNode,
  constraintKinds,
  countingReductions,
  type Level,
  levels,
  type PlainConstraint,
  plainReductions,
  type Reduction,
  type Relation,
  relations,
  type Unknown,
} from './grammar.ts'
import { parseTransformation } from './parse-transformation.ts'
import { asList, asRecord, oneOf, type ParseOptions } from './parse-value.ts'

export type { ParseOptions } from './parse-value.ts'

/**
 * Reads a constraint in its JSON form (`{ "type": "Constraint", "input_level": ..., ... }`).
 * @throws DataError `bad-constraint` with the place inside the constraint, what came and the known values
 */
export function parseConstraint(json: unknown, options: ParseOptions = {}, path = 'constraint'): ConstraintNode {
  const record = asRecord(json, path, options)
  const type = oneOf(record.type, constraintKinds, `${path}.type`, options)
  if (type === 'Constraint') return parsePlain(record, options, path)
  const parts = asList(record.constraints, `${path}.constraints`, options).map((part, index) =>
    parseConstraint(part, options, `${path}.constraints[${index}]`),
  )
  if (type === 'All') return { type, parts }
  const [first, second] = parts
  if (parts.length !== 2 || !first || !second) throw notTwo(`${path}.constraints`, parts.length, options.location)
  return { type, pair: [first, second] }
}

function parsePlain(record: Record<string, unknown>, options: ParseOptions, path: string): PlainConstraint {
  return {
    type: 'Constraint',
    input: parseLevel(record.input_level, options, `${path}.input_level`),
    target: parseLevel(record.target_level, options, `${path}.target_level`),
    transformation: parseTransformation(record.transformation, options, `${path}.transformation`),
    relation: named<Relation>(record.relation, relations, options, `${path}.relation`),
    reduction: parseReduction(record.reduction, record.reduction_value, options, path),
  }
}

function parseLevel(value: unknown, options: ParseOptions, path: string): Level | Unknown | null {
  return value === null || value === undefined ? null : named<Level>(value, levels, options, path)
}

function parseReduction(name: unknown, value: unknown, options: ParseOptions, path: string): Reduction | null {
  if (name === null || name === undefined) return null
  const known = named(name, [...plainReductions, ...countingReductions], options, `${path}.reduction`)
  if (typeof known !== 'string') return known
  if (known === 'all' || known === 'any') return { name: known }
  const isCount = typeof value === 'number' && Number.isInteger(value)
  if (!isCount && !options.lenient) {
    throw new DataError(
      'bad-constraint',
      `Expected ${path}.reduction_value to be an integer for \`${known}\`, got ${JSON.stringify(value)}`,
      { location: options.location ?? {} },
    )
  }
  return { name: known, value: isCount ? value : null }
}

function named<Name extends string>(
  value: unknown,
  known: readonly Name[],
  options: ParseOptions,
  path: string,
): Name | Unknown {
  const isUnknown = typeof value === 'string' && !(known as readonly string[]).includes(value)
  return isUnknown && options.lenient ? { unknown: value } : oneOf(value, known, path, options)
}

function notTwo(path: string, count: number, location: DataLocation = {}): DataError {
  return new DataError('bad-constraint', `Expected ${path} to hold two constraints, got ${count}`, { location })
}
