import { DataError } from '../../core/errors.ts'

/** A name of a Python source, outside strings and comments. */
export interface NameToken {
  readonly kind: 'name'
  readonly text: string
  readonly start: number
  readonly end: number
}

/** A string literal as it stands in the source. */
export interface StringToken {
  readonly kind: 'string'
  /** Letters before the quote in lower case, sorted: `''`, `'f'`, `'fr'`, `'b'`. */
  readonly prefix: string
  readonly quote: PythonQuote
  /** Text between the quotes, escapes untouched. */
  readonly body: string
  readonly start: number
  readonly end: number
}

/** Anything else that is one character long: operators, brackets, line feeds. */
export interface MarkToken {
  readonly kind: 'mark'
  readonly text: string
  readonly start: number
  readonly end: number
}

export type PythonToken = NameToken | StringToken | MarkToken
export type PythonQuote = "'" | '"' | "'''" | '"""'

const blank = /[ \t\f\r]+|\\\r?\n|#[^\n]*/y
const stringStart = /([A-Za-z]{0,2})('''|"""|'|")/y
const stringPrefix = /^(?:|[rubf]|br|rb|fr|rf)$/i
const name = /[\p{L}_][\p{L}\p{N}_]*/uy

/**
 * Cuts Python source into names, string literals and single marks; comments, blanks and joined lines are left out.
 * Enough to find a literal without running anything, not a Python parser (numbers come out as marks). Offsets count
 * line ends as one character.
 * @throws DataError `python-syntax` for a string that does not end, with the line
 */
export function pythonTokens(text: string): PythonToken[] {
  // parity: Python reads source with universal newlines, so that CRLF inside a literal, raw or not, is one line feed.
  const source = text.replace(/\r\n?/g, '\n')
  const tokens: PythonToken[] = []
  for (let at = 0; at < source.length; ) {
    const skipped = matchAt(blank, source, at)
    if (skipped) {
      at += skipped[0].length
      continue
    }
    const opening = matchAt(stringStart, source, at)
    if (opening && stringPrefix.test(opening[1]!)) {
      const token = readString(source, at, opening[1]!, opening[2] as PythonQuote)
      tokens.push(token)
      at = token.end
      continue
    }
    const word = matchAt(name, source, at)
    const text = word ? word[0] : String.fromCodePoint(source.codePointAt(at)!)
    tokens.push({ kind: word ? 'name' : 'mark', text, start: at, end: at + text.length })
    at += text.length
  }
  return tokens
}

/** 1-based line of an offset. */
export function lineOf(source: string, offset: number): number {
  let line = 1
  for (let at = source.indexOf('\n'); at !== -1 && at < offset; at = source.indexOf('\n', at + 1)) line += 1
  return line
}

function readString(source: string, start: number, prefix: string, quote: PythonQuote): StringToken {
  const from = start + prefix.length + quote.length
  for (let at = from; at < source.length; at += 1) {
    const character = source[at]
    if (character === '\\') at += 1
    else if (character === '\n' && quote.length === 1) break
    else if (source.startsWith(quote, at)) {
      const letters = [...prefix.toLowerCase()].sort().join('')
      return { kind: 'string', prefix: letters, quote, body: source.slice(from, at), start, end: at + quote.length }
    }
  }
  throw new DataError('python-syntax', `Expected the string that opens with ${quote} to end, it does not`, {
    location: { line: lineOf(source, start) },
  })
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}
