import { loadPythonJson } from '../../text/python-json.ts'
import type { ListEntry } from './python-list.ts'

/**
 * The first balanced `{...}` of a text, or the empty text. Braces inside strings count; a `}` before the first `{`
 * usually spoils the rest.
 *
 * Source: thu-coai/ComplexBench `evaluation/con_rule.py` at 749f4575, `extract_json`.
 */
export function extractJson(text: string): string {
  if (!text.includes('{')) return ''
  let depth = 0
  let start = 0
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    if (unit === 0x7b) {
      if (depth === 0) start = at
      depth += 1
    } else if (unit === 0x7d) {
      depth -= 1
      if (depth === 0) return text.slice(start, at + 1)
    }
  }
  return ''
}

/** Whether a text holds the JSON object that a rule asks for, and what was found. */
export interface JsonFinding {
  readonly pass: boolean
  readonly found: string
}

/**
 * Passes when the first balanced `{...}` of a text is what Python's `json.loads` takes for an object, every name is one
 * of its keys, and it has no more keys than there are names. Empty names do not count; without names any object passes.
 *
 * Source: as {@link extractJson}, `check_json`.
 */
export function checkJson(text: string, names: readonly ListEntry[]): JsonFinding {
  const source = extractJson(text)
  if (source === '') return { pass: false, found: 'no {...}' }
  const parsed = loadPythonJson(source)
  if (!parsed.ok) return { pass: false, found: `not JSON: ${parsed.reason}` }
  const object = parsed.value
  if (!(object instanceof Map)) return { pass: false, found: 'not an object' }
  const wanted = names.filter((name) => name !== '')
  const keys = [...object.keys()].slice(0, 20).join(', ')
  if (wanted.length === 0) return { pass: true, found: `an object with ${object.size} keys` }
  const pass = wanted.every((name) => typeof name === 'string' && object.has(name)) && object.size === wanted.length
  return { pass, found: `keys ${keys}` }
}
