import { RuleError } from './rule-error.ts'

/** An entry of a list literal. `True` and `False` count as 1 and 0, as in Python comparisons. */
export type ListEntry = number | string | null

const space = /[ \t\r\n\f]*/y
const number = /[+-]?(?:(?:\d(?:_?\d)*)?\.\d(?:_?\d)*|\d(?:_?\d)*\.?)(?:[eE][+-]?\d(?:_?\d)*)?/y
const leadingZero = /^[+-]?0[0-9_]*[1-9][0-9_]*$/
const word = /[A-Za-z_]\w*/y
const constants: ReadonlyMap<string, ListEntry> = new Map<string, ListEntry>([
  ['True', 1],
  ['False', 0],
  ['None', null],
])
const escapes: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
])

/**
 * Reads a Python list literal of numbers and strings, as the official evaluator evaluates the bracket part of a rule.
 * Nothing is executed: arithmetic, names and nested lists are errors.
 * @throws RuleError SyntaxError or NameError
 */
export function readPythonList(text: string): ListEntry[] {
  const entries: ListEntry[] = []
  let at = skipSpace(text, 0)
  if (text[at] !== '[') throw unreadable(text, at)
  at = skipSpace(text, at + 1)
  while (text[at] !== ']') {
    const [entry, end] = readEntry(text, at)
    entries.push(entry)
    at = skipSpace(text, end)
    if (text[at] === ',') at = skipSpace(text, at + 1)
    else if (text[at] !== ']') throw unreadable(text, at)
  }
  if (skipSpace(text, at + 1) !== text.length) throw unreadable(text, at + 1)
  return entries
}

function readEntry(text: string, at: number): [entry: ListEntry, end: number] {
  if (text[at] === '"' || text[at] === "'") return readString(text, at)
  const digits = matchAt(number, text, at)
  if (digits !== null && !leadingZero.test(digits)) return [Number(digits.replaceAll('_', '')), at + digits.length]
  const name = matchAt(word, text, at)
  if (name === null) throw unreadable(text, at)
  const constant = constants.get(name)
  if (constant === undefined) throw new RuleError('NameError', `Expected numbers or strings in ${text}, got ${name}`)
  return [constant, at + name.length]
}

function readString(text: string, start: number): [value: string, end: number] {
  const quote = text[start]!
  let value = ''
  for (let at = start + 1; at < text.length && text[at] !== '\n'; at += 1) {
    if (text[at] === quote) return [value, at + 1]
    if (text[at] === '\\') {
      at += 1
      const letter = text[at] ?? ''
      value += escapes.get(letter) ?? `\\${letter}`
    } else value += text[at]
  }
  throw unreadable(text, start)
}

function skipSpace(text: string, at: number): number {
  return at + (matchAt(space, text, at)?.length ?? 0)
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at
  const found = pattern.exec(text)?.[0]
  return found === undefined || found === '' ? null : found
}

function unreadable(text: string, at: number): RuleError {
  return new RuleError('SyntaxError', `Expected a list of numbers or strings, got ${text} (stopped at ${at})`)
}
