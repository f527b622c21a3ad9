import { writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { followbench } from '../../../src/benchmarks/followbench/index.ts'
import type { ConstraintType } from '../../../src/benchmarks/followbench/schema.ts'
import { DataError, type HeedError } from '../../../src/core/errors.ts'
import { type Files, group, load, type RawRecord, source } from './_support.ts'

async function collect<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const value of values) all.push(value)
  return all
}

async function failure(files: Files, edition = 'en', isSample = false): Promise<HeedError> {
  try {
    await load(files, edition, isSample)
  } catch (error) {
    return error as HeedError
  }
  throw new Error('the files were loaded')
}

/** The records of one group with a change to one of them. */
function changed(
  type: ConstraintType,
  index: number,
  change: Partial<RawRecord>,
  records = group(type, 1),
): RawRecord[] {
  return records.map((record, position) => (position === index ? { ...record, ...change } : record))
}

describe('loading FollowBench', () => {
  it('gives five items a group, in upstream order, with level 0 as context only', async () => {
    const items = await load({ style: group('style', 1), content: group('content', 1), example: group('example', 1) })
    expect(items.map(({ id }) => id)).toEqual(
      ['content/1', 'style/1', 'example/1'].flatMap((id) => [1, 2, 3, 4, 5].map((level) => `${id}/L${level}`)),
    )
    const third = items[2]!
    expect(third).toMatchObject({
      cluster: 'content/1',
      language: 'en',
      messages: [{ role: 'user', content: third.data.path[3] }],
      tags: { type: 'content', level: '3', source: 'quora', scorer: 'judge' },
    })
    expect(third.data.path).toHaveLength(4)
    expect(third.constraints.map(({ id }) => id)).toEqual(['c1', 'c2', 'c3'])
    expect(items[14]!.data.path).toHaveLength(1)
  })

  it('keeps the ids of the two languages apart', async () => {
    const [item] = await load({ style: group('style', 1) }, 'zh')
    expect(item).toMatchObject({ id: 'zh:style/1/L1', cluster: 'zh:style/1', language: 'zh' })
  })

  it('gives a rule item one constraint and a judged one a constraint per level with its kind', async () => {
    const items = await load({ mixed: [...group('mixed', 1), ...group('mixed', 2, 'xsum')] })
    const [, judged] = items
    expect(judged!.constraints.map(({ tags, text, needsPrompt }) => [tags.kind, text, needsPrompt])).toEqual([
      ['format', 'Obey demand number 1 please.', false],
      ['content', 'Obey demand number 2 please.', false],
    ])
    expect(items[9]).toMatchObject({
      tags: { scorer: 'rule', rule: 'xsum' },
      constraints: [{ id: 'rule', check: 'rule' }],
    })
  })

  it('gives group 22 of the format file to a rule, group 30 in English only', async () => {
    const files = { format: [group('format', 22), group('format', 30)].flat() }
    const rules = async (edition: string) => (await load(files, edition, true)).map(({ data }) => data.rule)
    expect(new Set((await rules('en')).slice(0, 5))).toEqual(new Set(['format_22']))
    expect(new Set((await rules('en')).slice(5))).toEqual(new Set(['format_30']))
    expect(new Set((await rules('zh')).slice(5))).toEqual(new Set([null]))
  })

  it('reads gzipped files', async () => {
    using data = source({ style: group('style', 1) })
    const zipped = `${data.folder}/style.json.gz`
    writeFileSync(zipped, gzipSync(JSON.stringify(group('style', 1))))
    const path = (file: string) => (file.includes('style') ? zipped : data.path(file))
    const items = await collect(followbench.load({ ...data, path }))
    expect(items).toHaveLength(5)
  })

  const broken: readonly [name: string, code: string, files: Files, message: RegExp, edition?: string][] = [
    ['text that is not JSON', 'broken-json', { style: '[{' }, /style_constraints\.json: Expected one JSON array/],
    ['a JSON value that is no array', 'broken-json', { style: '{}' }, /got object/],
    [
      'a missing field',
      'broken-record',
      { style: changed('style', 2, { target: undefined }) },
      /style\/1\/L2: record 3: .*target/,
    ],
    [
      'an unknown level',
      'unknown-level',
      { style: changed('style', 5, { level: 7 }) },
      /style\/1\/L7: record 6: expected a level from 0 to 5, got 7/,
    ],
    [
      'an unknown type',
      'unknown-type',
      { style: changed('style', 1, { category: 'stile' }) },
      /style\/1\/L1: record 2: .*`stile`/,
    ],
    [
      'an unknown type in the mixed file',
      'unknown-type',
      { mixed: changed('mixed', 2, { category: 'format, tone' }) },
      /mixed\/1\/L2: record 3: .*`tone`/,
    ],
    [
      'too few types in the mixed file',
      'unknown-type',
      { mixed: changed('mixed', 2, { category: 'format' }) },
      /one type per added constraint \(2\)/,
    ],
    [
      'an unknown source',
      'unknown-source',
      { content: changed('content', 0, { source: 'E2F' }) },
      /content\/1\/L0: record 1: .*`E2F`/,
    ],
    [
      'a rule source in the file of another type',
      'unknown-source',
      { style: group('style', 1, 'gsm_8k', '$1') },
      /style\/1\/L0/,
    ],
    [
      'a source that has no rule in the language',
      'unknown-source',
      { content: group('content', 1, 'WIKIEVENTS', 'x') },
      /language zh/,
      'zh',
    ],
    [
      'a group that comes too early',
      'group-order',
      { style: [...group('style', 2)] },
      /style\/2\/L0: record 1: expected group 1, got 2/,
    ],
    [
      'a group that comes twice',
      'group-order',
      { style: [...group('style', 1), ...group('style', 1)] },
      /record 7: expected group 2, got 1/,
    ],
    [
      'a missing level',
      'dangling-level',
      { style: group('style', 1).toSpliced(3, 1) },
      /style\/1\/L4: record 4: expected level 3/,
    ],
    [
      'a group that ends early',
      'dangling-level',
      { style: group('style', 1).slice(0, 4) },
      /style\/1\/L3: record 4: .* ends after level 3/,
    ],
    [
      'a level 0 in the example file',
      'dangling-level',
      { example: [{ ...group('example', 1)[0]!, level: 0 }] },
      /expected level 1/,
    ],
    [
      'two sources in one group',
      'group-source',
      { style: changed('style', 3, { source: 'koala' }) },
      /style\/1\/L3: record 4/,
    ],
    [
      'a rule without its target',
      'broken-target',
      { content: group('content', 1, 'E2E') },
      /content\/1\/L1: record 2: .*E2E/,
    ],
    [
      'a target that is no list',
      'broken-target',
      { content: group('content', 1, 'CONLL2003', '[Oslo]') },
      /content\/1\/L1: record 2: .*list/,
    ],
    [
      'a template without an answer',
      'broken-target',
      { example: changed('example', 0, { target: 'Answer:' }) },
      /example\/1\/L1: record 1/,
    ],
  ]
  it.each(broken)('refuses %s, with file, record and id', async (_name, code, files, message, edition) => {
    const error = await failure(files, edition)
    expect(DataError.is(error)).toBe(true)
    expect(error).toMatchObject({ code })
    expect(error.message).toMatch(message)
    expect(error.message).toContain('_constraints.json')
  })

  it('proposes the source that was meant', async () => {
    const error = await failure({ content: changed('content', 0, { source: 'conll2003' }) })
    expect(error.hint).toContain('Did you mean `CONLL2003`?')
  })

  it('refuses an unknown edition', async () => {
    const data = source({})
    await expect(collect(followbench.load({ ...data, edition: 'fr' }))).rejects.toMatchObject({
      code: 'unknown-edition',
    })
    data[Symbol.dispose]()
  })
})
