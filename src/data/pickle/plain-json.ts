import { PickleTuple, type PickleValue } from './pickle-value.ts'

/** JSON that keeps key order, as it will be written. */
export type PlainJson = null | number | string | readonly PlainJson[] | { readonly [key: string]: PlainJson }

const deepest = 64
const mostValues = 5_000_000

/**
 * Turns plain pickled data into JSON. A pickle can share one list in many places, or put it into itself, so depth and
 * total size are limited.
 */
export class JsonMaker {
  #made = 0
  readonly #fail: (message: string) => Error

  /** @param fail makes the error for a value that is not what it must be */
  constructor(fail: (message: string) => Error) {
    this.#fail = fail
  }

  make(value: PickleValue, path: string, depth = 0): PlainJson {
    this.#made += 1
    if (depth > deepest) throw this.#fail(`Expected ${path} to be nested at most ${deepest} deep`)
    if (this.#made > mostValues) throw this.#fail(`Expected at most ${mostValues} values in all`)
    if (value === null || typeof value === 'number' || typeof value === 'string') return value
    if (value instanceof PickleTuple || Array.isArray(value)) {
      const items = Array.isArray(value) ? value : value.items
      return items.map((item, index) => this.make(item, `${path}[${index}]`, depth + 1))
    }
    if (value instanceof Map) {
      return Object.fromEntries(
        Array.from(value, ([key, child]) => [String(key), this.make(child, `${path}.${key}`, depth + 1)]),
      )
    }
    throw this.#fail(`Expected ${path} to be plain data`)
  }
}

/** JSON as Python's `json.dumps(value, ensure_ascii=False)` writes it: a space after each comma and colon. */
export function pythonJson(value: PlainJson): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`
  return `{${Object.entries(value)
    .map(([key, child]) => `${JSON.stringify(key)}: ${pythonJson(child)}`)
    .join(', ')}}`
}
