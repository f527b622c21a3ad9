import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { DataSource } from '../../../src/benchmarks/benchmark.ts'
import { editionParts } from '../../../src/benchmarks/writingbench/editions.ts'
import { loadWritingBench } from '../../../src/benchmarks/writingbench/load.ts'
import { temporaryFolder } from '../../cli/_bench.ts'
import { criterion, type Query, record } from './_support.ts'

async function load(files: Record<string, readonly unknown[]>, edition = 'v2'): Promise<Query[]> {
  using folder = temporaryFolder()
  for (const [name, rows] of Object.entries(files)) {
    const path = join(folder.path, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n'))
  }
  const path = (file: string) => join(folder.path, file)
  const optionalPath = (file: string) => (file in files ? path(file) : null)
  const source: DataSource = { edition, isSample: false, path, optionalPath }
  const items: Query[] = []
  for await (const item of loadWritingBench(source)) items.push(item)
  return items
}

const all = 'benchmark_all.jsonl'
const style = 'requirement/style/style_subset.jsonl'
const styleC = 'requirement/style/style_subset_C.jsonl'

describe('loading WritingBench', () => {
  it('makes one constraint a criterion, which needs the prompt, and keeps the key order in its text', async () => {
    const turned = Object.fromEntries(Object.entries(criterion("it's")).reverse())
    const [item] = await load({ [all]: [record(5, { checklist: [turned, criterion('b')] })] })
    expect(item).toMatchObject({
      id: '5',
      cluster: '5',
      language: 'en',
      tags: { domain1: 'Education', requirement: [] },
    })
    expect(item!.constraints.map(({ id, text, needsPrompt }) => [id, text, needsPrompt])).toEqual([
      ['0', "it's: Is it it's?", true],
      ['1', 'b: Is it b?', true],
    ])
    expect(item!.data.criteria[0]!.text).toMatch(/^\{'9-10': 'all', .*, 'name': "it's"\}$/)
  })

  it('reads both spellings, each in its own edition', async () => {
    const { checklist, ...rest } = record(1)
    const old = { ...rest, criteria: checklist }
    expect((await load({ [all]: [old] }, 'v1'))[0]!.constraints).toHaveLength(2)
    await expect(load({ [all]: [old] })).rejects.toMatchObject({ code: 'edition-mixed' })
    await expect(load({ [all]: [record(1)] }, 'v1')).rejects.toMatchObject({ code: 'edition-mixed' })
    await expect(load({ [all]: [{ ...old, checklist }] })).rejects.toMatchObject({ code: 'broken-record' })
  })

  it('marks items and criteria of the requirement subsets, as often as they are listed', async () => {
    const c = record(2, { checklist: [criterion('b')] })
    const [one, two] = await load({ [all]: [record(1), record(2)], [style]: [record(2), record(2)], [styleC]: [c] })
    expect(one!.tags.requirement).toEqual([])
    expect(two!.tags.requirement).toEqual(['style', 'style'])
    expect(two!.constraints.map(({ tags }) => tags.requirement)).toEqual([undefined, ['style']])
  })

  it('runs the subset of one requirement alone, whatever else is installed', async () => {
    const c = record(2, { checklist: [criterion('b')] })
    const length = style.replaceAll('style', 'length')
    const files = {
      [style]: [record(2)],
      [styleC]: [c],
      [length]: [record(2)],
      [length.replace('.jsonl', '_C.jsonl')]: [c],
    }
    const [item, ...others] = await load(files, 'v2-style')
    expect(others).toEqual([])
    expect(item!.tags.requirement).toEqual(['style'])
    expect(item!.constraints.map(({ tags }) => tags.requirement)).toEqual([undefined, ['style']])
    await expect(load(files, 'v1-style')).rejects.toMatchObject({ code: 'edition-mixed' })
  })

  it('takes the embedded sample for version 2, and every other edition for what its id says', () => {
    const parts = (edition: string, isSample = false) => Object.values(editionParts({ edition, isSample }))
    expect(parts('v2')).toEqual([2, 'checklist', null])
    expect(parts('v1')).toEqual([1, 'criteria', null])
    expect(parts('v1-length')).toEqual([1, 'criteria', 'length'])
    expect(parts('v1-length', true)).toEqual([2, 'checklist', 'length'])
  })

  it('names the installed subsets where a whole version is not there', async () => {
    const files = { [style]: [record(2)], [styleC]: [record(2)] }
    await expect(load(files)).rejects.toMatchObject({
      code: 'not-installed',
      hint: expect.stringContaining('`--bench writingbench:v2-style`'),
    })
  })

  it('refuses subsets that do not fit', async () => {
    await expect(load({ [all]: [record(1)], [style]: [record(1)], [styleC]: [] })).rejects.toMatchObject({
      code: 'subset-mismatch',
      message: expect.stringContaining('item 1'),
    })
    const other = record(1, { checklist: [criterion('z')] })
    await expect(load({ [all]: [record(1)], [style]: [record(1)], [styleC]: [other] })).rejects.toThrow(/criterion "z"/)
  })

  it.each([
    ['a domain that nobody knows', record(1, { domain1: 'Sports' }), 'broken-record'],
    ['an index in quotes', record(1, { index: '1' }), 'broken-record'],
    ['no criteria', record(1, { checklist: [] }), 'broken-record'],
    ['a line that is no JSON', '{"index": 1', 'broken-line'],
  ])('refuses %s with file and line', async (_name, row, code) => {
    await expect(load({ [all]: [record(0), row] })).rejects.toMatchObject({
      code,
      message: expect.stringMatching(/benchmark_all\.jsonl:2/),
    })
  })

  it('refuses an index that comes twice', async () => {
    await expect(load({ [all]: [record(1), record(1)] })).rejects.toMatchObject({ code: 'duplicate-index' })
  })

  it('goes by the language tag where there is one, otherwise by the characters', async () => {
    const items = await load({
      [all]: [
        record(1, { query: '请写一封信给老师。' }),
        record(2, { query: '请 translate this letter into English.' }),
        record(3, { query: 'Hello', language: 'Chinese' }),
        record(4, { query: 'A \u2028 line\ufeff' }),
        record(5, { query: 'Hello', language: null }),
      ],
    })
    expect(items.map(({ language }) => language)).toEqual(['zh', 'en', 'zh', 'en', 'en'])
    expect(items[3]!.messages[0]!.content).toBe('A \u2028 line\ufeff')
  })
})
