import { type Anchor, type CharacterSet, canBeEmpty, type NamedClass, type PatternNode } from './_pattern-syntax.ts'
import { PatternError } from './pattern-error.ts'

const anchors: ReadonlyMap<string, Anchor> = new Map([
  ['b', 'boundary'],
  ['B', 'not-boundary'],
  ['A', 'start'],
  ['Z', 'absolute-end'],
])
const namedClasses: ReadonlySet<string> = new Set('dDwWsS')
const controls: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['f', '\f'],
  ['v', '\v'],
  ['a', '\x07'],
])
const hexLengths: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
])

/** Parses a Python pattern; `groups` counts its capturing groups. Throws PatternError. */
export function parsePattern(pattern: string): { readonly node: PatternNode; readonly groups: number } {
  return new PatternParser(Array.from(pattern)).parse()
}

class PatternParser {
  readonly #characters: readonly string[]
  #position = 0
  #groups = 0

  constructor(characters: readonly string[]) {
    this.#characters = characters
  }

  parse(): { node: PatternNode; groups: number } {
    const node = this.#choice()
    if (this.#position < this.#characters.length) throw this.#error('unbalanced parenthesis')
    return { node, groups: this.#groups }
  }

  #choice(): PatternNode {
    const branches: PatternNode[] = []
    let parts: PatternNode[] = []
    for (let next = this.#peek(); next !== undefined && next !== ')'; next = this.#peek()) {
      if (next === '|') {
        this.#position += 1
        branches.push({ kind: 'sequence', parts })
        parts = []
      } else parts.push(this.#repeated())
    }
    const last: PatternNode = { kind: 'sequence', parts }
    return branches.length === 0 ? last : { kind: 'choice', branches: [...branches, last] }
  }

  #repeated(): PatternNode {
    if (this.#count()) throw this.#error('nothing to repeat')
    const body = this.#atom()
    const count = this.#count()
    if (!count) return body
    if (canBeEmpty(body)) throw this.#error('repetition of something that may be empty is not supported')
    this.#position += count.length
    const isLazy = this.#peek() === '?'
    if (isLazy) this.#position += 1
    else if (this.#peek() === '+') throw this.#error('possessive repetition is not supported')
    if (this.#count()) throw this.#error('multiple repeat')
    return { kind: 'repeat', body, minimum: count.minimum, maximum: count.maximum, isLazy }
  }

  /** The repetition at this place, if there is one. Python reads `{` as itself unless a count follows. */
  #count(): { readonly minimum: number; readonly maximum: number; readonly length: number } | null {
    const sign = this.#peek()
    if (sign === '*') return { minimum: 0, maximum: Number.POSITIVE_INFINITY, length: 1 }
    if (sign === '+') return { minimum: 1, maximum: Number.POSITIVE_INFINITY, length: 1 }
    if (sign === '?') return { minimum: 0, maximum: 1, length: 1 }
    if (sign !== '{') return null
    const rest = this.#characters.slice(this.#position, this.#position + 24).join('')
    const match = /^\{([0-9]*)(?:(,)([0-9]*))?\}/.exec(rest)
    if (!match || match[0] === '{}') return null
    const minimum = Number(match[1])
    const maximum = match[2] === undefined ? minimum : match[3] === '' ? Number.POSITIVE_INFINITY : Number(match[3])
    if (maximum < minimum) throw this.#error('min repeat greater than max repeat')
    return { minimum, maximum, length: match[0].length }
  }

  #atom(): PatternNode {
    const character = this.#take()
    switch (character) {
      case '^':
        return { kind: 'anchor', anchor: 'start' }
      case '$':
        return { kind: 'anchor', anchor: 'end' }
      case '.':
        return { kind: 'character', set: { isNegated: false, ranges: [], classes: ['.'] } }
      case '(':
        return this.#group()
      case '[':
        return { kind: 'character', set: this.#set() }
      case '\\':
        return this.#escape()
      default:
        return { kind: 'character', set: single(character) }
    }
  }

  #group(): PatternNode {
    if (this.#peek() !== '?') this.#groups += 1
    else if (this.#characters[this.#position + 1] === ':') this.#position += 2
    else throw this.#error('only `(` and `(?:` groups are supported')
    const body = this.#choice()
    if (this.#peek() !== ')') throw this.#error('missing ), unterminated subpattern')
    this.#position += 1
    return body
  }

  #escape(): PatternNode {
    const kind = this.#peek() ?? ''
    const anchor = anchors.get(kind)
    if (anchor !== undefined || namedClasses.has(kind)) this.#position += 1
    if (anchor !== undefined) return { kind: 'anchor', anchor }
    if (namedClasses.has(kind)) {
      return { kind: 'character', set: { isNegated: false, ranges: [], classes: [kind as NamedClass] } }
    }
    return { kind: 'character', set: single(this.#escapedCharacter()) }
  }

  #escapedCharacter(): string {
    if (this.#peek() === undefined) throw this.#error('bad escape (end of pattern)')
    const kind = this.#take()
    const control = controls.get(kind)
    if (control !== undefined) return control
    const length = hexLengths.get(kind)
    if (length !== undefined) {
      const hex = this.#characters.slice(this.#position, this.#position + length).join('')
      const code = hex.length === length && /^[0-9a-fA-F]+$/.test(hex) ? Number.parseInt(hex, 16) : Number.NaN
      if (!(code <= 0x10ffff)) throw this.#error(`incomplete escape \\${kind}`)
      this.#position += length
      return String.fromCodePoint(code)
    }
    if (/^[0-9A-Za-z]$/.test(kind)) throw this.#error(`escape \\${kind} is not supported`)
    return kind
  }

  #set(): CharacterSet {
    const isNegated = this.#peek() === '^'
    if (isNegated) this.#position += 1
    const ranges: (readonly [number, number])[] = []
    const classes: NamedClass[] = []
    for (let isFirst = true; isFirst || this.#peek() !== ']'; isFirst = false) {
      const first = this.#member()
      const isRange = this.#peek() === '-' && this.#characters[this.#position + 1] !== ']'
      if (isRange) this.#position += 1
      const last = isRange ? this.#member() : first
      if (typeof first === 'number' && typeof last === 'number' && first <= last) ranges.push([first, last])
      else if (!isRange) classes.push(first as NamedClass)
      else throw this.#error('bad character range')
    }
    this.#position += 1
    return { isNegated, ranges, classes }
  }

  /** One member of a set: a code point or a named class. */
  #member(): number | NamedClass {
    if (this.#peek() === undefined) throw this.#error('unterminated character set')
    const character = this.#take()
    if (character !== '\\') return character.codePointAt(0)!
    const kind = this.#peek() ?? ''
    if (namedClasses.has(kind) || kind === 'b') this.#position += 1
    if (kind === 'b') return 0x08
    return namedClasses.has(kind) ? (kind as NamedClass) : this.#escapedCharacter().codePointAt(0)!
  }

  #peek(): string | undefined {
    return this.#characters[this.#position]
  }

  #take(): string {
    this.#position += 1
    return this.#characters[this.#position - 1]!
  }

  #error(what: string): PatternError {
    return new PatternError(`${what} at position ${this.#position} of ${JSON.stringify(this.#characters.join(''))}`)
  }
}

function single(character: string): CharacterSet {
  const code = character.codePointAt(0)!
  return { isNegated: false, ranges: [[code, code]], classes: [] }
}
