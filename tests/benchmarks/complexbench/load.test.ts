import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadComplexBench } from '../../../src/benchmarks/complexbench/load.ts'
import { DataError } from '../../../src/core/errors.ts'
import { load, question, record } from './_support.ts'

async function refusal(run: Promise<unknown>): Promise<DataError> {
  const error = await run.then(
    () => null,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(DataError)
  return error as DataError
}

describe('loading ComplexBench', () => {
  it('reads instruction and questions in the language of the edition', async () => {
    const records = [record([question({ rule: 'model_length:[1,5]' }), question({ dep: [0] })])]
    const [chinese] = await load(records)
    expect(chinese).toMatchObject({ id: '0', cluster: '0', language: 'zh' })
    expect(chinese!.messages).toEqual([{ role: 'user', content: '写一句话。' }])
    expect(chinese!.constraints.map(({ text, check }) => [text, check])).toEqual([
      ['是否满足？', ['judge', 'rule']],
      ['是否满足？', 'judge'],
    ])
    const [english] = await load(records, 'en')
    expect(english!.messages[0]!.content).toBe('Write a sentence.')
    expect(english!.constraints[1]).toMatchObject({ text: 'Is it so?', tags: { 'depends-on': ['0'] } })
  })

  it('tells a group of null from one that is named', async () => {
    const items = await load([record([question()]), record([question()], { group: 'null' })])
    expect(items.map(({ tags }) => tags.group)).toEqual([undefined, 'null'])
  })

  it.each([
    ['an unknown rule kind', { rule: 'model_lenght:[1,5]' }, 'unknown-rule', 'model_lenght'],
    ['a malformed number', { rule: 'model_length:[1,x]' }, 'bad-rule', 'numbers or strings'],
    ['a missing bound', { rule: 'model_number_each:[3]' }, 'bad-rule', 'two numbers'],
    ['a dangling dependency', { dep: [5] }, 'bad-dependency', 'got 5'],
    ['a negative dependency', { dep: [-1] }, 'bad-dependency', 'got -1'],
    ['a dependency on itself', { dep: [1] }, 'bad-dependency', '1 -> 1'],
    ['a dependency that is no number', { dep: ['0'] as never }, 'broken-record', 'dep'],
    ['a question out of place', { point_id: 7 }, 'broken-record', 'got 7'],
  ])('refuses %s with file, line and id', async (_name, changes, code, message) => {
    const broken = load([record([question()]), record([question(), question(changes)])])
    const error = await refusal(broken)
    expect(error.code).toBe(code)
    expect(error.message).toContain(message)
    expect(error.location).toMatchObject({ file: expect.stringContaining('data_final.json') as string, id: '1' })
    expect(error.location.line).toBeGreaterThan(10)
  })

  it('refuses cyclic dependencies and shows the cycle', async () => {
    const error = await refusal(
      load([record([question({ dep: [2] }), question({ dep: [0] }), question({ dep: [1] })])]),
    )
    expect(error.message).toContain('0 -> 2 -> 1 -> 0')
  })

  it('refuses items that are not at their place, and older files without groups', async () => {
    expect((await refusal(load([record([question()], { main_id: 3 })]))).message).toContain('position 0')
    const { group: _group, ...older } = record([question()])
    expect((await refusal(load([older]))).message).toContain('group')
  })

  it('refuses text that is not JSON with the line, and JSON that is no array', async () => {
    const broken = await refusal(load('[\n {"main_id": 0},\n {"main_id" 1}\n]'))
    expect(broken).toMatchObject({ code: 'broken-file', location: { line: 3 } })
    expect((await refusal(load('{}'))).code).toBe('broken-file')
  })

  it('refuses the English edition of a file without translation', async () => {
    const { question_en: _english, ...chinese } = question()
    expect(await load([record([chinese])])).toHaveLength(1)
    expect((await refusal(load([record([chinese])], 'en'))).message).toContain('question_en')
  })

  const shared = '../shared/data/complexbench/sample/data_sample.json'
  it.skipIf(!existsSync(shared))(`reads every item of ${shared}`, async () => {
    const source = { edition: 'zh', isSample: false, path: () => shared, optionalPath: () => shared }
    const questions: number[] = []
    for await (const { constraints } of loadComplexBench(source)) questions.push(constraints.length)
    expect(questions).toHaveLength(24)
    expect(questions.reduce((sum, count) => sum + count)).toBe(109)
  })
})
