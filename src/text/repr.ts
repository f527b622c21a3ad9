import { isPrintable } from './printable.ts'
import { reprFloat } from './repr-float.ts'

/** A value as Python's `json.loads` would build it: `bigint` is int, `number` is float, a Map (or record) is a dict. */
export type PythonValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly PythonValue[]
  | ReadonlyMap<string, PythonValue>
  | { readonly [key: string]: PythonValue }

/**
 * Python's `repr()`. A `number` is a float (`1.0`); ints are `bigint`. Records made by `JSON.parse` list keys that look
 * like integers first and lose the difference of 1 and 1.0: where that matters, read them with `loadPythonJson`.
 */
export function repr(value: PythonValue): string {
  if (value === null) return 'None'
  switch (typeof value) {
    case 'boolean':
      return value ? 'True' : 'False'
    case 'number':
      return reprFloat(value)
    case 'bigint':
      return value.toString()
    case 'string':
      return reprString(value)
    default: {
      if (isList(value)) return `[${value.map(repr).join(', ')}]`
      const entries = value instanceof Map ? [...value] : Object.entries(value as { [key: string]: PythonValue })
      return `{${entries.map(([key, child]) => `${reprString(key)}: ${repr(child)}`).join(', ')}}`
    }
  }
}

/**
 * Python's `repr()` of a string: single quotes, or double ones where the text has a `'` and no `"`; code points that
 * are not printable become `\xhh`, `\uhhhh` or `\Uhhhhhhhh`.
 */
export function reprString(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  let body = ''
  for (const character of text) {
    if (character === quote || character === '\\') body += `\\${character}`
    else if (character >= ' ' && character < '\x7f') body += character
    else body += escapeSpecial(character)
  }
  return quote + body + quote
}

function escapeSpecial(character: string): string {
  if (character === '\n') return '\\n'
  if (character === '\r') return '\\r'
  if (character === '\t') return '\\t'
  if (isPrintable(character)) return character
  const hex = character.codePointAt(0)!.toString(16)
  if (hex.length <= 2) return `\\x${hex.padStart(2, '0')}`
  return hex.length <= 4 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`
}

function isList(value: PythonValue): value is readonly PythonValue[] {
  return Array.isArray(value)
}
