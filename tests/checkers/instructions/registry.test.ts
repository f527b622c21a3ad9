import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { compileInstruction, instructionDefinitions } from '../../../src/checkers/instructions/registry.ts'
import { DataError } from '../../../src/core/errors.ts'
import { exampleParameters } from './_examples.ts'
import { judge } from './_tools.ts'

const ids = [...instructionDefinitions.keys()]

describe('the instruction registry', () => {
  it('knows the 25 kinds of IFEval and an example of each', () => {
    expect(ids).toHaveLength(25)
    expect([...ids].sort()).toEqual(Object.keys(exampleParameters).sort())
  })

  it.each(ids)('%s compiles, has a description and gives evidence', (id) => {
    const instruction = compileInstruction(id, exampleParameters[id])
    expect(instruction.description.length).toBeGreaterThan(20)
    const { strict } = judge(id, exampleParameters[id]!, 'One plain line. Nothing else, really.')
    expect(strict.expected).not.toBe('')
    expect(strict.found).not.toBe('')
  })

  it('names every repair once and says what changes', () => {
    const repairs = [...instructionDefinitions.values()].flatMap((definition) => definition.repairs)
    for (const { name, description } of repairs) {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)+$/)
      expect(description).toMatch(/^Official: .* Fixed: /)
    }
    const byName = new Map(repairs.map((repair) => [repair.name, repair]))
    for (const repair of repairs) expect(byName.get(repair.name)).toBe(repair)
  })

  it('has every repair in the docs page', () => {
    const page = readFileSync(new URL('../../../docs/benchmarks/ifeval.md', import.meta.url), 'utf8')
    for (const { repairs } of instructionDefinitions.values()) {
      for (const { name } of repairs) expect(page).toContain(`| \`${name}\` |`)
    }
  })

  it('refuses an unknown id with the near one and the place', () => {
    const attempt = (): unknown => compileInstruction('keywords:existance', {}, { file: 'x.jsonl', line: 7, id: '12' })
    expect(attempt).toThrow(DataError)
    expect(attempt).toThrow('x.jsonl:7, item 12: Unknown instruction `keywords:existance`')
    try {
      attempt()
    } catch (error) {
      expect((error as DataError).hint).toContain('keywords:existence')
    }
  })

  it.each(
    Object.entries(exampleParameters).flatMap(([id, parameters]) =>
      Object.keys(parameters).map((name) => [id, name] as const),
    ),
  )('%s refuses to guess a missing %s', (id, name) => {
    const { [name]: _, ...rest } = exampleParameters[id]!
    expect(() => compileInstruction(id, rest, { line: 3 })).toThrow(new RegExp(`Parameters of ${id}: ${name}`))
  })

  it.each([
    ['keywords:frequency', { keyword: 'a', frequency: 1, relation: 'more than' }, 'relation'],
    ['keywords:frequency', { keyword: 'a', frequency: -1, relation: 'at least' }, 'frequency'],
    ['length_constraints:number_words', { num_words: 1.5, relation: 'at least' }, 'num_words'],
    ['keywords:existence', { keywords: [] }, 'keywords'],
    ['keywords:letter_frequency', { letter: 'ab', let_frequency: 1, let_relation: 'at least' }, 'letter'],
    ['keywords:letter_frequency', { letter: 'İ', let_frequency: 1, let_relation: 'at least' }, 'letter'],
    ['language:response_language', { language: 'zh-cn' }, 'language'],
    [
      'length_constraints:nth_paragraph_first_word',
      { num_paragraphs: 2, nth_paragraph: 0, first_word: 'a' },
      'nth_paragraph',
    ],
  ])('%s refuses %j', (id, parameters, name) => {
    expect(() => compileInstruction(id, parameters)).toThrow(name)
  })

  it.each([
    ['keywords:existence', { keywords: ['(?=x)'] }],
    ['keywords:frequency', { keyword: 'a**', frequency: 1, relation: 'at least' }],
    ['keywords:forbidden_words', { forbidden_words: ['C++'] }],
    ['detectable_format:multiple_sections', { section_spliter: 'Part (', num_sections: 1 }],
    ['detectable_content:postscript', { postscript_marker: '*P.S.*' }],
  ])('%s refuses the pattern %j when it is loaded', (id, parameters) => {
    const attempt = (): unknown => compileInstruction(id, parameters, { file: 'x.jsonl', line: 2 })
    expect(attempt).toThrow(/x\.jsonl:2: Parameters of .* at position \d+/)
  })
})
