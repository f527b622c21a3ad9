import { type Transformation, transformations, type Unknown } from './grammar.ts'
import { asList, asRecord, bad, oneOf, type ParseOptions } from './parse-value.ts'

/**
 * Reads a transformation in its JSON form (`{ "type": "ForEach", "func": { "type": "Count", "count_target": null } }`).
 * @throws DataError `bad-constraint` with the place, what came and the known values
 */
export function parseTransformation(json: unknown, options: ParseOptions, path: string): Transformation {
  const record = asRecord(json, path, options)
  const type = oneOf(record.type, transformations, `${path}.type`, options)
  const inner = (key: string): Transformation => parseTransformation(record[key], options, `${path}.${key}`)
  switch (type) {
    case 'Count':
      return { type, equalTo: parseCountTarget(record.count_target, options, `${path}.count_target`) }
    case 'Position':
      return { type, position: parsePosition(record.position, options, `${path}.position`) }
    case 'ForEach':
      return { type, each: (record.func ?? null) === null ? null : inner('func') }
    case 'Max':
    case 'Aggregate':
    case 'PositionOf':
      return { type, of: inner('func') }
    case 'MapPosition':
      return { type, of: inner('func'), mapping: inner('map_pos_func') }
    case 'And':
    case 'Or': {
      const [first, second, ...rest] = parseParts(record.funcs, options, `${path}.funcs`)
      if (!first || !second || rest.length > 0) {
        throw bad(`${path}.funcs`, 'a list of two transformations', record.funcs, options)
      }
      return { type, pair: [first, second] }
    }
    case 'All':
      return { type, parts: parseParts(record.funcs, options, `${path}.funcs`) }
    default: {
      const never: never = type
      throw new Error(`Unknown transformation: ${String(never)}`)
    }
  }
}

function parseParts(json: unknown, options: ParseOptions, path: string): Transformation[] {
  return asList(json, path, options).map((part, index) => parseTransformation(part, options, `${path}[${index}]`))
}

function parseCountTarget(value: unknown, options: ParseOptions, path: string): string | number | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'string' || typeof value === 'number') return value
  throw bad(path, 'null, a string or a number', value, options)
}

function parsePosition(value: unknown, options: ParseOptions, path: string): number | readonly number[] | Unknown {
  if (isIndex(value) || (Array.isArray(value) && value.every(isIndex))) return value
  if (options.lenient) return { unknown: JSON.stringify(value) ?? 'nothing' }
  throw bad(path, 'an integer or a list of integers', value, options)
}

function isIndex(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value)
}
