import { caseVariants } from './ignore-case.ts'
import {
  ANY,
  BOUNDARY,
  DIGIT,
  END,
  NOT_BOUNDARY,
  NOT_DIGIT,
  NOT_W,
  NOT_WS,
  W,
  WS,
  whiteSpaceBody,
} from './regex-classes.ts'

/** Why a pattern cannot be used: bad Python syntax, or syntax outside the safe subset. */
export class PatternError extends Error {}

/** A Python pattern as the source of a JavaScript regular expression for flag `u`. */
export interface TranslatedPattern {
  readonly source: string
  /** Capturing groups in it. */
  readonly groups: number
  /**
   * True when it may match without taking a character. Python and JavaScript then count matches differently: after an
   * empty match Python looks for a longer one at the same place.
   */
  readonly canBeEmpty: boolean
}

export interface PatternOptions {
  /** Like `re.IGNORECASE`: written out in the source, to be compiled WITHOUT flag `i`. @default false */
  readonly ignoreCase?: boolean
}

/** Upper limit of the ways in which a pattern may try to match at one position. */
const maximumChoices = 64
const maximumRange = 1024

/** A text that matches itself and nothing else, as source for flag `u`. */
export function literalPattern(text: string, { ignoreCase = false }: PatternOptions = {}): string {
  let source = ''
  for (const character of text) source += literal(character, ignoreCase)
  return source
}

/**
 * Translates a Python regular expression of a subset that cannot backtrack far: literals, `.`, character classes,
 * `\d \w \s \b` and their negations, `^ $ \A \Z`, groups, `|` and `?`. Repetition (`* + {m,n}`), look-around, flags and
 * references are refused.
 * @throws PatternError naming the construct and its place
 */
export function translatePythonPattern(
  pattern: string,
  { ignoreCase = false }: PatternOptions = {},
): TranslatedPattern {
  const translator = new Translator(Array.from(pattern), ignoreCase)
  return translator.translate()
}

const classEscapes: Readonly<Record<string, string>> = { d: DIGIT, D: NOT_DIGIT, w: W, W: NOT_W, s: WS, S: NOT_WS }
const classBodies: Readonly<Record<string, string>> = {
  d: DIGIT,
  D: NOT_DIGIT,
  w: '\\p{L}\\p{N}_',
  s: whiteSpaceBody,
}
const anchors: Readonly<Record<string, string>> = {
  b: BOUNDARY,
  B: NOT_BOUNDARY,
  A: '^',
  Z: '$',
}
const controls: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', f: '\f', v: '\v', a: '\x07' }
const hexLength: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 }

interface Part {
  readonly source: string
  readonly canBeEmpty: boolean
}

class Translator {
  readonly #characters: readonly string[]
  readonly #ignoreCase: boolean
  #position = 0
  #groups = 0
  #choices = 1

  constructor(characters: readonly string[], ignoreCase: boolean) {
    this.#characters = characters
    this.#ignoreCase = ignoreCase
  }

  translate(): TranslatedPattern {
    const { source, canBeEmpty } = this.#alternatives()
    if (this.#position < this.#characters.length) throw this.#error('unbalanced parenthesis')
    return { source, groups: this.#groups, canBeEmpty }
  }

  #alternatives(): Part {
    let source = ''
    let branches = 1
    let canBeEmpty = false
    let branchCanBeEmpty = true
    for (;;) {
      const character = this.#characters[this.#position]
      if (character === undefined || character === ')') break
      if (character === '|') {
        branches += 1
        source += '|'
        canBeEmpty ||= branchCanBeEmpty
        branchCanBeEmpty = true
        this.#position += 1
      } else {
        const item = this.#item(character)
        source += item.source
        branchCanBeEmpty &&= item.canBeEmpty
      }
    }
    this.#choose(branches)
    return { source, canBeEmpty: canBeEmpty || branchCanBeEmpty }
  }

  #item(character: string): Part {
    if ('*+?'.includes(character) || (character === '{' && this.#isCount())) throw this.#error('nothing to repeat')
    const isAnchor = character === '^' || character === '$' || this.#isAnchorEscape()
    const atom = this.#atom(character)
    const next = this.#characters[this.#position]
    if (next === '*' || next === '+') throw this.#error(`repetition \`${next}\` is not supported`)
    if (next === '{' && this.#isCount()) throw this.#error('repetition `{}` is not supported')
    if (next !== '?') return atom
    if (isAnchor) throw this.#error('repetition of an anchor is not supported')
    this.#position += 1
    this.#choose(2)
    const isLazy = this.#characters[this.#position] === '?'
    if (isLazy) this.#position += 1
    if ('?*+'.includes(this.#characters[this.#position] ?? ' ')) throw this.#error('multiple repeat')
    return { source: `(?:${atom.source})?${isLazy ? '?' : ''}`, canBeEmpty: true }
  }

  #atom(character: string): Part {
    const isAnchorEscape = this.#isAnchorEscape()
    this.#position += 1
    if (character === '^') return { source: '^', canBeEmpty: true }
    if (character === '$') return { source: END, canBeEmpty: true }
    if (character === '(') return this.#group()
    if (character === '.') return { source: ANY, canBeEmpty: false }
    if (character === '[') return { source: this.#characterClass(), canBeEmpty: false }
    if (character === '\\') return { source: this.#escape(), canBeEmpty: isAnchorEscape }
    return { source: literal(character, this.#ignoreCase), canBeEmpty: false }
  }

  #group(): Part {
    const isPlain = this.#characters[this.#position] === '?'
    if (isPlain) {
      if (this.#characters[this.#position + 1] !== ':') throw this.#error('only `(` and `(?:` groups are supported')
      this.#position += 2
    } else this.#groups += 1
    const body = this.#alternatives()
    if (this.#characters[this.#position] !== ')') throw this.#error('missing )')
    this.#position += 1
    return { source: `${isPlain ? '(?:' : '('}${body.source})`, canBeEmpty: body.canBeEmpty }
  }

  #escape(): string {
    const kind = this.#characters[this.#position]
    if (kind !== undefined && Object.hasOwn(classEscapes, kind)) {
      this.#position += 1
      return classEscapes[kind]!
    }
    if (kind !== undefined && Object.hasOwn(anchors, kind)) {
      this.#position += 1
      return anchors[kind]!
    }
    return literal(this.#escapedCharacter(), this.#ignoreCase)
  }

  #escapedCharacter(): string {
    const kind = this.#characters[this.#position]
    if (kind === undefined) throw this.#error('bad escape at the end')
    this.#position += 1
    if (Object.hasOwn(controls, kind)) return controls[kind]!
    const length = Object.hasOwn(hexLength, kind) ? hexLength[kind]! : 0
    if (length > 0) {
      const hex = this.#characters.slice(this.#position, this.#position + length).join('')
      const code = /^[0-9a-fA-F]+$/.test(hex) && hex.length === length ? Number.parseInt(hex, 16) : Number.NaN
      if (!(code <= 0x10ffff)) throw this.#error(`incomplete escape \\${kind}`)
      this.#position += length
      return String.fromCodePoint(code)
    }
    if (/[0-9A-Za-z]/.test(kind)) throw this.#error(`escape \\${kind} is not supported`)
    return kind
  }

  #characterClass(): string {
    const isNegated = this.#characters[this.#position] === '^'
    if (isNegated) this.#position += 1
    let body = ''
    for (let isFirst = true; ; isFirst = false) {
      const character = this.#characters[this.#position]
      if (character === undefined) throw this.#error('unterminated character set')
      if (character === ']' && !isFirst) break
      body += this.#classMember()
    }
    this.#position += 1
    return `[${isNegated ? '^' : ''}${body}]`
  }

  #classMember(): string {
    const kind = this.#characters[this.#position] === '\\' ? this.#characters[this.#position + 1] : undefined
    if (kind !== undefined && Object.hasOwn(classBodies, kind)) {
      this.#position += 2
      return classBodies[kind]!
    }
    const first = this.#classCharacter()
    const hyphen = this.#characters[this.#position]
    const after = this.#characters[this.#position + 1]
    if (hyphen !== '-' || after === ']' || after === undefined) return this.#members(first, first)
    this.#position += 1
    return this.#members(first, this.#classCharacter())
  }

  #classCharacter(): string {
    const character = this.#characters[this.#position]!
    this.#position += 1
    if (character !== '\\') return character
    if (this.#characters[this.#position] === 'b') {
      this.#position += 1
      return '\b'
    }
    return this.#escapedCharacter()
  }

  #members(from: string, to: string): string {
    const start = from.codePointAt(0)!
    const end = to.codePointAt(0)!
    if (end < start) throw this.#error(`bad character range ${from}-${to}`)
    if (!this.#ignoreCase) return `${escapeInClass(from)}-${escapeInClass(to)}`
    if (end - start > maximumRange) throw this.#error('such a long character range is not supported')
    let body = ''
    for (let code = start; code <= end; code += 1) {
      for (const variant of caseVariants(String.fromCodePoint(code))) body += escapeInClass(variant)
    }
    return body
  }

  #isAnchorEscape(): boolean {
    const kind = this.#characters[this.#position + 1]
    return this.#characters[this.#position] === '\\' && kind !== undefined && Object.hasOwn(anchors, kind)
  }

  /** Python reads `{` as itself unless a count follows. */
  #isCount(): boolean {
    const rest = this.#characters.slice(this.#position, this.#position + 24).join('')
    return /^\{\d*(?:,\d*)?\}/.test(rest) && !rest.startsWith('{}')
  }

  #choose(ways: number): void {
    this.#choices *= ways
    if (this.#choices > maximumChoices) throw this.#error('too many alternatives and optional parts')
  }

  #error(what: string): PatternError {
    const pattern = JSON.stringify(this.#characters.join(''))
    return new PatternError(`${what} at position ${this.#position} of the pattern ${pattern}`)
  }
}

function literal(character: string, ignoreCase: boolean): string {
  const variants = ignoreCase ? caseVariants(character) : character
  if (variants === character) return escapeInClass(character)
  return `[${Array.from(variants, escapeInClass).join('')}]`
}

/** Escaped so that it stands for itself inside and outside of a class. */
function escapeInClass(character: string): string {
  return /[\w\p{L}]/u.test(character) ? character : `\\u{${character.codePointAt(0)!.toString(16)}}`
}
