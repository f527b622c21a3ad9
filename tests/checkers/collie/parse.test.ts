import { describe, expect, it } from 'vitest'
import { parseConstraint } from '../../../src/checkers/collie/parse.ts'
import { DataError } from '../../../src/core/errors.ts'

const plain = {
  type: 'Constraint',
  input_level: 'sentence',
  target_level: 'word',
  transformation: { type: 'ForEach', func: { type: 'Count', count_target: null } },
  relation: '>=',
  reduction: 'all',
  reduction_value: null,
}
const location = { file: 'collie_v1.jsonl', line: 7, id: 'wiki_c10/3' }

describe('reading a COLLIE constraint', () => {
  it('gives the typed form of the JSON form', () => {
    expect(parseConstraint({ type: 'All', constraints: [plain] })).toEqual({
      type: 'All',
      parts: [
        {
          type: 'Constraint',
          input: 'sentence',
          target: 'word',
          transformation: { type: 'ForEach', each: { type: 'Count', equalTo: null } },
          relation: '>=',
          reduction: { name: 'all' },
        },
      ],
    })
  })

  it.each([
    [{ input_level: 'stanza' }, 'constraint.input_level', '`character`, `word`, `sentence`, `paragraph`'],
    [{ target_level: 'phrase' }, 'constraint.target_level', '`character`, `word`, `sentence`, `paragraph`'],
    [{ relation: '=' }, 'constraint.relation', '`==`, `!=`, `<`, `>`, `<=`, `>=`, `in`, `not in`'],
    [{ reduction: 'most' }, 'constraint.reduction', '`all`, `any`, `at least`, `at most`, `exactly`'],
    [{ reduction: 'at least' }, 'constraint.reduction_value', 'an integer'],
    [{ transformation: { type: 'Median' } }, 'constraint.transformation.type', '`Count`, `Position`, `ForEach`'],
    [{ transformation: { type: 'Position', position: 1.5 } }, 'constraint.transformation.position', 'an integer'],
    [{ transformation: { type: 'And', funcs: [] } }, 'constraint.transformation.funcs', 'two transformations'],
    [{ transformation: 'Count' }, 'constraint.transformation', 'an object'],
    [{ type: 'Not' }, 'constraint.type', '`Constraint`, `All`, `And`, `Or`'],
  ])('refuses %j, naming place and known values', (change, path, known) => {
    const read = () => parseConstraint({ ...plain, ...change }, { location })
    expect(read).toThrow(DataError)
    expect(read).toThrow(`collie_v1.jsonl:7, item wiki_c10/3: Expected ${path} to be`)
    expect(read).toThrow(known)
  })

  it('hints at the name that was probably meant', () => {
    try {
      parseConstraint({ ...plain, target_level: 'sentense' })
    } catch (error) {
      expect((error as DataError).hint).toContain('Did you mean `sentence`?')
    }
    expect.assertions(1)
  })

  it('refuses And and Or of anything but two', () => {
    expect(() => parseConstraint({ type: 'Or', constraints: [plain] })).toThrow('to hold two constraints, got 1')
  })

  it('keeps unknown names only when asked to replay the official grammar', () => {
    const unknown = { ...plain, target_level: 'phrase', relation: '~', reduction: 'most' }
    expect(parseConstraint(unknown, { lenient: true })).toMatchObject({
      target: { unknown: 'phrase' },
      relation: { unknown: '~' },
      reduction: { unknown: 'most' },
    })
  })
})
