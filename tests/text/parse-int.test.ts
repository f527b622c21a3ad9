import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { parseInteger } from '../../src/text/parse-int.ts'
import { cpython, type PythonFunction } from './_cpython.ts'

let original: PythonFunction
beforeAll(async () => {
  const python = await cpython()
  python.run(`def integer(text):
  try:
    return float(int(text))
  except ValueError:
    return None`)
  original = python.define('integer')
})

const piece = fc.constantFrom(...'0123456789_+- \t\n\x1c\u3000\ufeff.exa', '٣', '１', '𝟗', '²', '一', '__')

describe('int() against CPython', () => {
  it('reads what Python reads and refuses what Python refuses', () => {
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 6 }).map((parts) => parts.join('')),
        (text) => {
          expect(parseInteger(text)).toBe(original(text))
        },
      ),
      { numRuns: 5000 },
    )
  })

  it('refuses literals that Python refuses to convert for their length', () => {
    expect(parseInteger('9'.repeat(4301))).toBeNull()
    expect(parseInteger('0'.repeat(4300))).toBe(0)
  })
})
