import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { relations } from '../../../src/checkers/collie/grammar.ts'
import { patch } from '../../../src/checkers/collie/patch.ts'
import { PythonError } from '../../../src/checkers/collie/python-error.ts'
import { relate } from '../../../src/checkers/collie/relation.ts'
import { transform } from '../../../src/checkers/collie/transformation.ts'
import { trimUnit } from '../../../src/checkers/collie/trim-unit.ts'
import { isTruthy, type Value } from '../../../src/checkers/collie/value.ts'
import { anyText, sharedUnicode } from '../../text/_arbitrary-text.ts'
import { cpython, type PythonFunction } from '../../text/_cpython.ts'
import { at, count, units } from './_constraints.ts'

let python: Awaited<ReturnType<typeof cpython>>
let isShared: (text: string) => boolean

beforeAll(async () => {
  python = await cpython()
  isShared = await sharedUnicode()
  python.run(`
import string, operator
def outcome(compute):
    try:
        return compute()
    except Exception as error:
        return {'error': type(error).__name__}
def patched(value):
    def one(text):
        if not isinstance(text, str): return text
        return text.lower().strip(string.punctuation + ' ') or text
    return [one(text) for text in value] if isinstance(value, list) else one(value)
tests = {'==': operator.eq, '!=': operator.ne, '<': operator.lt, '>': operator.gt, '<=': operator.le, '>=': operator.ge}
def related(name, left, right):
    left, right = patched(left), patched(right)
    if name in tests:
        return tests[name](left, right[0] if isinstance(right, list) and len(right) == 1 else right)
    found = [wanted in left for wanted in (right if isinstance(right, list) else [right])]
    return all(found) if name == 'in' else not any(found)
`)
})

/** Values as they meet in relations; small alphabets, so that they often coincide. */
const value: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom(null, true, false, 0, 1, 2, 'a', 'A.', 'b', '"b"', '', '.', 'ab', '\uffff', '😀', ' a\n'),
    anyText,
    fc.array(tie('value'), { maxLength: 3 }),
  ),
})).value

function compare(mine: () => unknown, theirs: unknown): void {
  let got: unknown
  try {
    got = mine()
  } catch (error) {
    if (!(error instanceof PythonError)) throw error
    got = { error: error.pythonName }
  }
  expect(got).toEqual(theirs)
}

const isSharedValue = (candidate: Value) => isShared(JSON.stringify(candidate))

function agrees(original: PythonFunction, mine: (candidate: Value) => unknown): void {
  fc.assert(
    fc.property(value, (candidate) => {
      fc.pre(isSharedValue(candidate))
      compare(() => mine(candidate), original(candidate))
    }),
    { numRuns: 1500 },
  )
}

describe('the COLLIE grammar against CPython', () => {
  it('relates any two values as Python does, errors included', () => {
    const original = python.define('lambda name, left, right: outcome(lambda: related(name, left, right))')
    fc.assert(
      fc.property(fc.constantFrom(...relations), value, value, (relation, found, target) => {
        fc.pre(isSharedValue(found) && isSharedValue(target))
        compare(() => relate(relation, found, target), original(relation, found, target))
      }),
      { numRuns: 6000 },
    )
  })

  it('patches text as lower and strip do', () => agrees(python.define('patched'), patch))

  it('trims units as strip and strip of dots do', () => {
    const original = python.define("lambda text: text.strip().strip('.')")
    const dotted = fc.array(fc.oneof(fc.constantFrom('.', ' ', '\u00a0', '\u001f', '\ufeff', 'x'), anyText), {
      maxLength: 6,
    })
    fc.assert(
      fc.property(dotted, (pieces) => {
        const text = pieces.join('')
        fc.pre(isShared(text))
        expect(trimUnit(text)).toBe(original(text))
      }),
      { numRuns: 2000 },
    )
  })

  it('knows what is true', () => agrees(python.define('bool'), isTruthy))
  it('measures length', () => agrees(python.define('lambda x: outcome(lambda: len(x))'), (x) => transform(count, x)))
  it('takes values apart', () =>
    agrees(python.define('lambda x: outcome(lambda: list(x))'), (x) => transform(units, x)))

  it('finds the greatest element', () =>
    agrees(python.define('lambda x: outcome(lambda: max(list(x)))'), (x) => transform({ type: 'Max', of: units }, x)))

  it('takes the unit at a place', () => {
    const source = 'lambda x: outcome(lambda: x[-2] if len(x) >= 2 else None)'
    agrees(python.define(source), (x) => transform(at(-2), x))
  })
})
