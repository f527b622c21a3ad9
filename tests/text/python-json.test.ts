import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { acceptsPythonJson, loadPythonJson, maximumJsonDepth } from '../../src/text/python-json.ts'
import { cpython } from './_cpython.ts'

let python: Awaited<ReturnType<typeof cpython>>
beforeAll(async () => {
  python = await cpython()
  python.run(`def accepts(text):
  try:
    json.loads(text)
    return True
  except ValueError:
    return False
def same(text, other):
  return repr(json.loads(text)) == repr(json.loads(other))`)
})

const tokens = fc.constantFrom(
  ...'[]{},:" \t\n\r\v\u00a0\ufeff\u2028\0\x1f\x7f',
  '"a"',
  '"\\u12"',
  '"\\ud800"',
  '"\\x"',
  '"\\/\\b\\f\\n\\r\\t\\\\\\""',
  '"a\tb"',
  "'a'",
  '0',
  '01',
  '-1',
  '+1',
  '1.',
  '.5',
  '1.5',
  '1e5',
  '1E+',
  '-0',
  '-',
  'NaN',
  'Infinity',
  '-Infinity',
  '+Infinity',
  'nan',
  'true',
  'True',
  'null',
  'nul',
  '１',
  '"k":1',
)

describe('json.loads against CPython', () => {
  it('accepts exactly what Python accepts', () => {
    const original = python.define('accepts')
    fc.assert(
      fc.property(
        fc.array(tokens, { maxLength: 7 }).map((parts) => parts.join('')),
        (text) => {
          expect(acceptsPythonJson(text)).toBe(original(text))
        },
      ),
      { numRuns: 20_000 },
    )
  })

  it('accepts structured documents with foreign constants in them', () => {
    const original = python.define('accepts')
    const { document } = fc.letrec<{ document: string }>((tie) => ({
      document: fc.oneof(
        { maxDepth: 3 },
        tokens,
        fc.array(tie('document'), { maxLength: 3 }).map((parts) => `[${parts.join(', ')}]`),
        fc
          .array(tie('document'), { maxLength: 3 })
          .map((parts) => `{${parts.map((part) => `"k": ${part}`).join(',')}}`),
      ),
    }))
    fc.assert(
      fc.property(document, (text) => {
        expect(acceptsPythonJson(text)).toBe(original(text))
      }),
      { numRuns: 5000 },
    )
  })

  it('refuses integers of more than 4300 digits, and only those', () => {
    const original = python.define('accepts')
    for (const text of [
      '9'.repeat(4300),
      '9'.repeat(4301),
      `-${'9'.repeat(4300)}`,
      `-${'9'.repeat(4301)}`,
      `${'9'.repeat(4301)}.0`,
    ]) {
      expect(acceptsPythonJson(text), `${text.length} characters`).toBe(original(text))
    }
  })

  it('keeps the last of equal keys at the first place and does not confuse inherited names', () => {
    const loaded = loadPythonJson('{"b": 1, "__proto__": {"a": 2.0}, "b": NaN}')
    expect(loaded).toEqual({
      ok: true,
      value: new Map<string, unknown>([
        ['b', Number.NaN],
        ['__proto__', new Map([['a', 2]])],
      ]),
    })
  })

  it('ends at the nesting where Python gives up, without using the stack', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)
    expect(acceptsPythonJson(nested(maximumJsonDepth))).toBe(true)
    expect(acceptsPythonJson(nested(maximumJsonDepth + 1))).toBe(false)
    expect(loadPythonJson('{"a":'.repeat(500_000))).toMatchObject({
      ok: false,
      reason: expect.stringContaining('deep'),
    })
  })

  it('says where it stopped', () => {
    expect(loadPythonJson('[1, ]')).toEqual({ ok: false, reason: 'Expecting value at position 4' })
  })
})
