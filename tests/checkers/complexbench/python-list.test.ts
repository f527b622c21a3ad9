import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { readPythonList } from '../../../src/checkers/complexbench/python-list.ts'
import { RuleError } from '../../../src/checkers/complexbench/rule-error.ts'
import { cpython, type PythonFunction } from '../../text/_cpython.ts'

let original: PythonFunction
beforeAll(async () => {
  const python = await cpython()
  python.run(`import ast, warnings
warnings.simplefilter('ignore')
def entries(text):
  try:
    value = ast.literal_eval(text)
  except (ValueError, SyntaxError, MemoryError):
    return None
  if not isinstance(value, list):
    return None
  if not all(v is None or isinstance(v, (int, float, str)) for v in value):
    return None
  return [float(v) if isinstance(v, (bool, int, float)) else v for v in value]`)
  original = python.define('entries')
})

const entry = fc.oneof(
  fc.integer({ min: -2000, max: 2000 }).map(String),
  fc.constantFrom(
    '1e2',
    '5.5',
    '.5',
    '5.',
    '1_000',
    '+3',
    '0',
    '00',
    '07',
    '1__0',
    '_1',
    '5,',
    "'a'",
    '"姓名"',
    "'it\\'s'",
  ),
  fc.constantFrom('True', 'None', 'x', '"open', '1 2', '"a\\n"', '--1', '1-', '', '“甲”', '[1]', '1.5e', '1e+3'),
)
const list = fc
  .tuple(fc.array(entry, { maxLength: 4 }), fc.constantFrom(',', ', ', ' ,\n', ',,'), fc.constantFrom('', ' ', ','))
  .map(([entries, separator, end]) => `[${entries.join(separator)}${end}]`)

describe('lists in rules against CPython', () => {
  it('reads the lists of numbers and strings that Python reads, and nothing else', () => {
    fc.assert(
      fc.property(list, (text) => {
        let found: unknown = null
        try {
          found = readPythonList(text)
        } catch (error) {
          expect(error).toBeInstanceOf(RuleError)
        }
        const expected = original(text)
        // Signs before signs and joined strings are legal Python that no rule uses: refused here.
        if (/--|["'] *["']/.test(text)) return
        expect(found).toEqual(expected)
      }),
      { numRuns: 4000 },
    )
  })

  it('runs nothing', () => {
    for (const text of ['[__import__("os")]', '[len("a")]', '[1+1]', '[[1,2]]', '[1] + [2]', '(1, 2)']) {
      expect(() => readPythonList(text)).toThrow(RuleError)
    }
  })
})
