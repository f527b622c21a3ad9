import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { Instruction } from '../../checkers/instructions/definition.ts'
import { compileInstruction } from '../../checkers/instructions/registry.ts'
import { DataError, type DataLocation } from '../../core/errors.ts'
import type { CheckKind } from '../../core/item.ts'
import { PatternError } from '../../text/pattern-error.ts'
import { compilePythonPattern, type PythonPattern } from '../../text/python-pattern.ts'
import type { Check } from './schema.ts'

/** A check that is ready to run. */
export type CompiledCheck =
  | { readonly kind: 'instruction'; readonly instruction: Instruction }
  | { readonly kind: 'regex'; readonly source: string; readonly pattern: PythonPattern; readonly wantsMatch: boolean }
  | { readonly kind: 'json-schema'; readonly validate: (value: unknown) => string | null }
  | { readonly kind: 'judge'; readonly question: string }
  | { readonly kind: 'rm'; readonly text: string }
  | { readonly kind: 'python'; readonly source: string }

/** Who decides a check of each kind. */
export const checkKinds: Readonly<Record<CompiledCheck['kind'], CheckKind>> = {
  instruction: 'rule',
  regex: 'rule',
  'json-schema': 'rule',
  judge: 'judge',
  rm: 'rm',
  python: 'python',
}

/**
 * Validates and prepares a check.
 * @throws DataError `unknown-instruction`, `bad-parameters`, `bad-pattern`, `bad-schema` with the place
 */
export function compileCheck(check: Check, text: string, location: DataLocation): CompiledCheck {
  if ('rule' in check) {
    return { kind: 'instruction', instruction: compileInstruction(check.rule, check.params, location) }
  }
  if ('regex' in check) return compileRegex(check, location)
  if ('jsonSchema' in check) return { kind: 'json-schema', validate: compileSchema(check.jsonSchema, location) }
  if ('judge' in check) return { kind: 'judge', question: check.judge }
  if ('rm' in check) return { kind: 'rm', text: check.rm === true ? text : check.rm }
  return { kind: 'python', source: check.python }
}

function compileRegex(check: Extract<Check, { regex: string }>, location: DataLocation): CompiledCheck {
  try {
    const pattern = compilePythonPattern(check.regex, { ignoreCase: check.ignoreCase })
    return { kind: 'regex', source: check.regex, pattern, wantsMatch: check.expect === 'match' }
  } catch (cause) {
    if (!(cause instanceof PatternError)) throw cause
    throw new DataError(
      'bad-pattern',
      `Expected a supported pattern, got ${JSON.stringify(check.regex)}: ${cause.message}`,
      {
        location,
        cause,
      },
    )
  }
}

/** @returns a function that gives the first flaw in words, or null */
function compileSchema(schema: object, location: DataLocation): (value: unknown) => string | null {
  const ajv = new Ajv2020({ strict: false, allErrors: false })
  addFormats.default(ajv)
  try {
    const validate = ajv.compile(schema)
    return (value) => (validate(value) ? null : ajv.errorsText(validate.errors, { dataVar: 'response' }))
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new DataError('bad-schema', `Expected a JSON Schema: ${reason}`, { location, cause })
  }
}
