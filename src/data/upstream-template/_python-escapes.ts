import { DataError } from '../../core/errors.ts'

const simple: ReadonlyMap<string, string> = new Map([
  ['\n', ''],
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
])
const hexDigits: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
])

/**
 * Undoes the escapes of a Python string literal. An unknown escape keeps its backslash, as in Python; `\N{...}` and
 * malformed `\x`, `\u`, `\U` are errors.
 * @param text text between the quotes
 * @throws DataError `python-escape`
 */
export function decodePythonEscapes(text: string): string {
  let decoded = ''
  let from = 0
  for (let at = text.indexOf('\\'); at !== -1; at = text.indexOf('\\', from)) {
    decoded += text.slice(from, at)
    const [value, length] = decodeOne(text, at)
    decoded += value
    from = at + length
  }
  return decoded + text.slice(from)
}

function decodeOne(text: string, at: number): [value: string, length: number] {
  const letter = text[at + 1] ?? ''
  const value = simple.get(letter)
  if (value !== undefined) return [value, 2]
  const octal = /^[0-7]{1,3}/.exec(text.slice(at + 1, at + 4))
  if (octal) return [String.fromCharCode(Number.parseInt(octal[0], 8)), 1 + octal[0].length]
  const width = hexDigits.get(letter)
  if (width !== undefined) {
    const digits = text.slice(at + 2, at + 2 + width)
    const code = /^[0-9a-fA-F]+$/.test(digits) && digits.length === width ? Number.parseInt(digits, 16) : Number.NaN
    if (!(code <= 0x10ffff)) throw escapeError(text.slice(at, at + 2 + width), `${width} hexadecimal digits`)
    return [String.fromCodePoint(code), 2 + width]
  }
  if (letter === 'N') throw escapeError(text.slice(at, at + 20), 'an escape without a character name')
  return [`\\${letter}`, 1 + letter.length]
}

function escapeError(found: string, expected: string): DataError {
  return new DataError('python-escape', `Expected ${expected} in a Python string, got ${JSON.stringify(found)}`)
}
