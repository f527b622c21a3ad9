import { DataError } from '../../core/errors.ts'
import { decodePythonEscapes } from './_python-escapes.ts'
import { type PythonQuote, type PythonToken, pythonTokens, type StringToken } from './_python-tokens.ts'

/** Where a literal stands in a Python source. */
export interface LiteralQuery {
  /**
   * Names that come before the literal, in order: the first place of the first one, then the next place of the second
   * one, and so on. Names inside strings and comments do not count.
   */
  readonly after: string | readonly string[]
  /** Take the first literal with this quote; others in between are passed over. Any quote when left out. */
  readonly quote?: PythonQuote
  /** Take the first literal with (`f`) or without (`''`) this prefix. Any prefix when left out. */
  readonly prefix?: string
}

/** A string literal that was read, not run. */
export interface PythonLiteral {
  /** Text between the quotes, escapes untouched; of an implicit concatenation the parts one after the other. */
  readonly raw: string
  /** What Python would make of it, but for f-string fields: they stay as `{...}`. */
  readonly value: string
  /** True when one of the parts is an f-string: its `{{` and `}}` stand for single braces. */
  readonly isFormat: boolean
}

/**
 * Reads one string literal out of Python source without running it: prefixes `r`, `u`, `b`, `f`, single, double and
 * triple quotes, all escapes but `\N{...}`, and literals that Python joins because they follow each other.
 * @throws DataError `literal-not-found`, `python-syntax`, `python-escape`
 */
export function pythonStringLiteral(source: string, query: LiteralQuery): PythonLiteral {
  const tokens = pythonTokens(source)
  const names = typeof query.after === 'string' ? [query.after] : query.after
  let position = 0
  for (const wanted of names) {
    const found = tokens.findIndex(
      (token, index) => index >= position && token.kind === 'name' && token.text === wanted,
    )
    if (found === -1) throw notFound(`the name ${wanted}`)
    position = found + 1
  }
  const start = tokens.findIndex((token, index) => index >= position && matches(token, query))
  if (start === -1) throw notFound(`a string${query.quote ? ` in ${query.quote}` : ''} after ${names.join(', ')}`)
  return joinParts(followingStrings(tokens, start))
}

/**
 * All string literals between a function's `def` line and the next two names (`return prompt`), in order.
 * @throws DataError `literal-not-found`, `python-syntax`, `python-escape`
 */
export function pythonStringLiteralsOf(
  source: string,
  { functionName, quote, until }: { functionName: string; quote: PythonQuote; until: readonly [string, string] },
): PythonLiteral[] {
  const tokens = pythonTokens(source)
  const isNamed = (index: number, text: string) => tokens[index]?.kind === 'name' && text === textOf(tokens[index])
  const start = tokens.findIndex((_token, index) => isNamed(index, 'def') && isNamed(index + 1, functionName))
  if (start === -1) throw notFound(`a function ${functionName}`)
  const end = tokens.findIndex(
    (_token, index) => index > start && isNamed(index, until[0]) && isNamed(index + 1, until[1]),
  )
  if (end === -1) throw notFound(`\`${until.join(' ')}\` in ${functionName}`)
  return tokens
    .slice(start, end)
    .filter((token): token is StringToken => token.kind === 'string' && token.quote === quote)
    .map((token) => joinParts([token]))
}

function matches(token: PythonToken, query: LiteralQuery): token is StringToken {
  return (
    token.kind === 'string' &&
    (query.quote === undefined || token.quote === query.quote) &&
    (query.prefix === undefined || token.prefix === [...query.prefix].sort().join(''))
  )
}

/** The literal at `start` and those that Python joins to it: nothing between them, but line feeds inside brackets. */
function followingStrings(tokens: readonly PythonToken[], start: number): StringToken[] {
  const parts: StringToken[] = []
  const before = tokens.slice(0, start).findLast((token) => textOf(token) !== '\n')
  const isInBrackets = before?.kind === 'mark' && '([{'.includes(before.text)
  for (const token of tokens.slice(start)) {
    if (token.kind === 'string') parts.push(token)
    else if (!(isInBrackets && token.kind === 'mark' && token.text === '\n')) break
  }
  return parts
}

function joinParts(parts: readonly StringToken[]): PythonLiteral {
  return {
    raw: parts.map(({ body }) => body).join(''),
    value: parts.map(({ body, prefix }) => (prefix.includes('r') ? body : decodePythonEscapes(body))).join(''),
    isFormat: parts.some(({ prefix }) => prefix.includes('f')),
  }
}

function textOf(token: PythonToken | undefined): string {
  return token && token.kind !== 'string' ? token.text : ''
}

function notFound(what: string): DataError {
  return new DataError('literal-not-found', `Expected ${what} in the Python source, found none`)
}
