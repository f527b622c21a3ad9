/** An element of a Python list literal: a text, or `other` for a number, `True`, `None`, a bytes or a tuple literal. */
export type ListElement = { readonly text: string } | { readonly other: string }

const prefixes: ReadonlySet<string> = new Set(['', 'r', 'u', 'b', 'f', 'br', 'rb', 'fr', 'rf'])
const word = /[A-Za-z_][A-Za-z_0-9]*|(?:0|[1-9][0-9]*)(?:\.[0-9]+)?/y

/**
 * Reads a Python list literal without evaluating anything: strings with any prefix, quote and escape, strings side by
 * side, parentheses, a trailing comma, comments; numbers and the three constants as `other`. Null for everything else
 * (operators, calls, nested lists, an f-string with a field, broken text).
 */
export function parseListLiteral(text: string): readonly ListElement[] | null {
  const reader = new LiteralReader(text)
  try {
    return reader.list()
  } catch (error) {
    if (error === notALiteral) return null
    throw error
  }
}

/** The texts of a list of strings, or null when the text is not exactly that. */
export function parseStringList(text: string): readonly string[] | null {
  const elements = parseListLiteral(text)
  if (!elements) return null
  const texts: string[] = []
  for (const element of elements) {
    if (!('text' in element)) return null
    texts.push(element.text)
  }
  return texts
}

const notALiteral = Symbol('not a list literal')

class LiteralReader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    // parity: Python reads CR and CRLF in source as a line feed, which ends neither a list nor a triple-quoted string.
    this.#text = text.replace(/\r\n?/g, '\n')
  }

  list(): ListElement[] {
    if (this.#text.includes('\0')) throw notALiteral
    this.#expect('[')
    const elements: ListElement[] = []
    while (!this.#take(']')) {
      elements.push(this.#element(0))
      if (this.#take(']')) break
      this.#expect(',')
    }
    this.#skipBlank()
    if (this.#at < this.#text.length) throw notALiteral
    return elements
  }

  #element(depth: number): ListElement {
    if (depth > 20) throw notALiteral
    if (this.#take('(')) return this.#parenthesised(depth)
    let joined = this.#string()
    if (joined === null) return this.#constant()
    for (let next = this.#string(); next !== null; next = this.#string()) {
      if ('text' in joined !== 'text' in next) throw notALiteral
      joined = 'text' in joined && 'text' in next ? { text: joined.text + next.text } : joined
    }
    return joined
  }

  #parenthesised(depth: number): ListElement {
    if (this.#take(')')) return { other: 'tuple' }
    const inner = this.#element(depth + 1)
    if (this.#take(')')) return inner
    while (!this.#take(')')) {
      this.#expect(',')
      if (this.#take(')')) break
      this.#element(depth + 1)
    }
    return { other: 'tuple' }
  }

  #constant(): ListElement {
    this.#skipBlank()
    word.lastIndex = this.#at
    const name = word.exec(this.#text)?.[0]
    if (name === undefined || !(/^[0-9]/.test(name) || ['True', 'False', 'None'].includes(name))) throw notALiteral
    this.#at += name.length
    return { other: name }
  }

  /** One string token, or null when there is none here. */
  #string(): ListElement | null {
    this.#skipBlank()
    let at = this.#at
    while (at < this.#at + 2 && isLetter(this.#text.charCodeAt(at))) at += 1
    const mark = this.#text[at]
    if (mark !== "'" && mark !== '"') return null
    const prefix = this.#text.slice(this.#at, at).toLowerCase()
    if (!prefixes.has(prefix)) throw notALiteral
    const quote = this.#text.startsWith(mark.repeat(3), at) ? mark.repeat(3) : mark
    this.#at = at + quote.length
    const raw = this.#body(quote)
    if (prefix.includes('f') && /[{}]/.test(raw)) throw notALiteral
    const value = prefix.includes('r') ? raw : decodeEscapes(raw)
    return prefix.includes('b') ? { other: 'bytes' } : { text: value }
  }

  /** The characters up to the closing quote, escapes untouched. */
  #body(quote: string): string {
    const start = this.#at
    const end = this.#text.indexOf(quote, start)
    const plain = end === -1 ? '' : this.#text.slice(start, end)
    if (end !== -1 && !plain.includes('\\') && (quote.length > 1 || !plain.includes('\n'))) {
      this.#at = end + quote.length
      return plain
    }
    for (let at = start; at < this.#text.length; at++) {
      const character = this.#text[at]
      if (character === '\\') at += 1
      else if (character === '\n' && quote.length === 1) break
      else if (this.#text.startsWith(quote, at)) {
        this.#at = at + quote.length
        return this.#text.slice(start, at)
      }
    }
    throw notALiteral
  }

  #expect(character: string): void {
    if (!this.#take(character)) throw notALiteral
  }

  #take(character: string): boolean {
    this.#skipBlank()
    if (this.#text[this.#at] !== character) return false
    this.#at += 1
    return true
  }

  #skipBlank(): void {
    for (; this.#at < this.#text.length; this.#at++) {
      if (this.#text[this.#at] === '#') this.#skipComment()
      else if (!blanks.has(this.#text[this.#at]!)) return
    }
  }

  #skipComment(): void {
    while (this.#at < this.#text.length && this.#text[this.#at] !== '\n') this.#at += 1
  }
}

function isLetter(unit: number): boolean {
  return (unit | 32) >= 97 && (unit | 32) <= 122
}

const blanks: ReadonlySet<string> = new Set(' \t\f\n')

const simpleEscapes: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\n': '',
}

/** Python's escapes of a text literal. An unknown escape keeps its backslash. */
function decodeEscapes(raw: string): string {
  if (!raw.includes('\\')) return raw
  return raw.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|([\s\S]))/g,
    (whole, x?: string, u?: string, U?: string, octal?: string, other?: string) => {
      const hexadecimal = x ?? u ?? U
      if (hexadecimal !== undefined) return fromCodePoint(Number.parseInt(hexadecimal, 16))
      if (octal !== undefined) return fromCodePoint(Number.parseInt(octal, 8))
      if (other === undefined || 'xuUN'.includes(other)) throw notALiteral
      return Object.hasOwn(simpleEscapes, other) ? simpleEscapes[other]! : whole
    },
  )
}

function fromCodePoint(codePoint: number): string {
  if (codePoint > 0x10ffff) throw notALiteral
  return String.fromCodePoint(codePoint)
}
