import type { PythonValue } from './repr.ts'

/** Nesting at which Python 3.11's `json.loads` raises RecursionError when it is called at the top of a program. */
export const maximumJsonDepth = 995

/** Digits of an integer literal beyond which Python refuses to convert it. */
const maximumIntegerDigits = 4300

/** Result of {@link loadPythonJson}. */
export type PythonJson =
  | { readonly ok: true; readonly value: PythonValue }
  | { readonly ok: false; readonly reason: string }

/** True where Python's `json.loads(text)` raises nothing. */
export function acceptsPythonJson(text: string): boolean {
  return loadPythonJson(text).ok
}

/**
 * Python's `json.loads`: like JSON, but `NaN`, `Infinity` and `-Infinity` are values, an integer literal of more than
 * 4300 digits and nesting of more than {@link maximumJsonDepth} levels are refused. Ints come as `bigint`, floats as
 * `number`, objects as `Map` (of equal keys the last one wins and keeps the first one's place).
 */
export function loadPythonJson(text: string): PythonJson {
  const reader = new Reader(text)
  try {
    return { ok: true, value: reader.document() }
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, reason: `${error.message} at position ${reader.position}` }
    throw error
  }
}

class Refusal extends Error {}

type Frame = { readonly list: PythonValue[] } | { readonly map: Map<string, PythonValue>; key: string }

const numberToken = /(-?(?:0|[1-9][0-9]*))(\.[0-9]+)?([eE][-+]?[0-9]+)?/y
const stringRun = /[^"\\\x00-\x1f]*/y
const constants: ReadonlyMap<string, PythonValue> = new Map<string, PythonValue>([
  ['null', null],
  ['true', true],
  ['false', false],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
])
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

/** Iterative, so that depth is a rule and not an accident of the stack. */
class Reader {
  position = 0
  readonly #text: string
  readonly #frames: Frame[] = []

  constructor(text: string) {
    this.#text = text
  }

  document(): PythonValue {
    this.#space()
    for (;;) {
      const opened = this.#open()
      if (opened) continue
      let value = this.#scalarOrEmpty()
      for (;;) {
        this.#space()
        const frame = this.#frames.at(-1)
        if (!frame) {
          if (this.position < this.#text.length) throw new Refusal('Extra data')
          return value
        }
        const closing = 'list' in frame ? ']' : '}'
        if ('list' in frame) frame.list.push(value)
        else frame.map.set(frame.key, value)
        const next = this.#text[this.position]
        if (next === ',') {
          this.position += 1
          this.#space()
          if (!('list' in frame)) frame.key = this.#key()
          break
        }
        if (next !== closing) throw new Refusal(`Expecting ',' or '${closing}'`)
        this.position += 1
        this.#frames.pop()
        value = 'list' in frame ? frame.list : frame.map
      }
    }
  }

  /** Enters a list or object that is not empty; true when it did. */
  #open(): boolean {
    const first = this.#text[this.position]
    if (first !== '[' && first !== '{') return false
    if (this.#frames.length >= maximumJsonDepth) throw new Refusal('Nesting too deep')
    const start = this.position
    this.position += 1
    this.#space()
    if (this.#text[this.position] === (first === '[' ? ']' : '}')) {
      this.position = start
      return false
    }
    this.#frames.push(first === '[' ? { list: [] } : { map: new Map(), key: this.#key() })
    return true
  }

  #scalarOrEmpty(): PythonValue {
    const first = this.#text[this.position]
    if (first === '"') return this.#string()
    if (first === '[' || first === '{') {
      this.position += 1
      this.#space()
      this.position += 1
      return first === '[' ? [] : new Map()
    }
    for (const [word, value] of constants) {
      if (this.#text.startsWith(word, this.position)) {
        this.position += word.length
        return value
      }
    }
    return this.#number()
  }

  #number(): PythonValue {
    numberToken.lastIndex = this.position
    const match = numberToken.exec(this.#text)
    if (!match) throw new Refusal('Expecting value')
    const [all, integer, fraction, exponent] = match
    this.position += all.length
    if (fraction !== undefined || exponent !== undefined) return Number(all)
    if (integer!.length - (integer!.startsWith('-') ? 1 : 0) > maximumIntegerDigits)
      throw new Refusal('Integer too long')
    return BigInt(integer!)
  }

  #key(): string {
    if (this.#text[this.position] !== '"') throw new Refusal('Expecting property name enclosed in double quotes')
    const key = this.#string()
    this.#space()
    if (this.#text[this.position] !== ':') throw new Refusal("Expecting ':'")
    this.position += 1
    this.#space()
    return key
  }

  #string(): string {
    this.position += 1
    let value = ''
    for (;;) {
      stringRun.lastIndex = this.position
      const run = stringRun.exec(this.#text)![0]
      value += run
      this.position += run.length
      const stop = this.#text[this.position]
      if (stop === '"') {
        this.position += 1
        return value
      }
      if (stop !== '\\') throw new Refusal(stop === undefined ? 'Unterminated string' : 'Invalid control character')
      value += this.#escape()
    }
  }

  #escape(): string {
    const kind = this.#text[this.position + 1] ?? ''
    if (kind === 'u') {
      const hex = this.#text.slice(this.position + 2, this.position + 6)
      if (!/^[0-9a-fA-F]{4}$/.test(hex)) throw new Refusal('Invalid \\uXXXX escape')
      this.position += 6
      return String.fromCharCode(Number.parseInt(hex, 16))
    }
    const plain = Object.hasOwn(escapes, kind) ? escapes[kind] : undefined
    if (plain === undefined) throw new Refusal('Invalid \\escape')
    this.position += 2
    return plain
  }

  #space(): void {
    for (;;) {
      const unit = this.#text.charCodeAt(this.position)
      if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return
      this.position += 1
    }
  }
}
