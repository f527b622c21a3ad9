import { knownNamesHint } from '../../core/did-you-mean.ts'
import { DataError, type DataLocation } from '../../core/errors.ts'

/** How constraints are read. */
export interface ParseOptions {
  /**
   * Keeps unknown levels, relations, reductions and positions, so that evaluation ends as the official checker does
   * (an exception, or null). For replaying the official grammar only: benchmark data are always read strictly.
   * @default false
   */
  readonly lenient?: boolean
  /** Where the constraint comes from, for errors. */
  readonly location?: DataLocation
}

/** @throws DataError `bad-constraint` unless the value is a JSON object */
export function asRecord(value: unknown, path: string, options: ParseOptions): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw bad(path, 'an object', value, options)
}

/** @throws DataError `bad-constraint` unless the value is a JSON array */
export function asList(value: unknown, path: string, options: ParseOptions): readonly unknown[] {
  if (Array.isArray(value)) return value
  throw bad(path, 'a list', value, options)
}

/** @throws DataError `bad-constraint`, naming the known values, unless the value is one of them */
export function oneOf<Name extends string>(
  value: unknown,
  known: readonly Name[],
  path: string,
  options: ParseOptions,
): Name {
  const found = known.find((name) => name === value)
  if (found !== undefined) return found
  const hint = typeof value === 'string' ? knownNamesHint(value, known) : undefined
  throw bad(path, `one of ${known.map((name) => `\`${name}\``).join(', ')}`, value, options, hint)
}

/** The error for a part of a constraint that is not what it must be. */
export function bad(
  path: string,
  expected: string,
  value: unknown,
  { location = {} }: ParseOptions,
  hint?: string,
): DataError {
  const found = value === undefined ? 'nothing' : JSON.stringify(value)
  const excerpt = found.length > 80 ? `${found.slice(0, 80)}…` : found
  return new DataError('bad-constraint', `Expected ${path} to be ${expected}, got ${excerpt}`, {
    location,
    ...(hint === undefined ? {} : { hint }),
  })
}
