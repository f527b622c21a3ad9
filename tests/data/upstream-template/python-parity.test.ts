import fc from 'fast-check'
import { loadPyodide, type PyodideAPI } from 'pyodide'
import { beforeAll, describe, expect, it } from 'vitest'
import { fillTemplate, pythonStringLiteral } from '../../../src/data/upstream-template/index.ts'

let python: PyodideAPI

beforeAll(async () => {
  python = await loadPyodide()
})

const piece = fc.constantFrom(
  ...['\\n', '\\t', '\\"', "\\'", '\\\\', '\\x41', '\\u4f60', '\\U0001F600', '\\7', '\\18', '\\q', '\\\n', '{', '}'],
  ...['a', '你', ' ', '#', "''", '""', '\n', '\r\n', '{x}', '{{', '}}', '😀'],
)

describe('against CPython', () => {
  it('reads triple-quoted literals as CPython does', () => {
    const evaluate = python.runPython(`
import ast, warnings
warnings.simplefilter('ignore')
def evaluate(source):
    try:
        return ast.literal_eval(source)
    except (SyntaxError, ValueError):
        return None
evaluate`)
    const body = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))
    fc.assert(
      fc.property(body, fc.constantFrom('', 'r', 'u', 'R'), fc.constantFrom('"""', "'''"), (text, prefix, quote) => {
        const source = `${prefix}${quote}${text}${quote}`
        const expected = evaluate(source) as string | null | undefined
        fc.pre(typeof expected === 'string')
        expect(pythonStringLiteral(`X = ${source}`, { after: 'X' }).value).toBe(expected)
      }),
      { numRuns: 600 },
    )
  })

  it('fills format templates as str.format does', () => {
    const format = python.runPython('lambda template, a, b: template.format(a=a, b=b)')
    const part = fc.constantFrom('{a}', '{b}', '{{', '}}', 'text', '\n', '{{a}}', '{{{b}}}')
    const template = fc.array(part, { maxLength: 10 }).map((parts) => `{a}${parts.join('')}{b}`)
    const value = fc.constantFrom('{a}', '$&', '{{', '$1', 'x', '', '{', '你😀')
    fc.assert(
      fc.property(template, value, value, (text, a, b) => {
        expect(fillTemplate(text, { a, b }, 'format')).toBe(format(text, a, b))
      }),
      { numRuns: 400 },
    )
  })
})
