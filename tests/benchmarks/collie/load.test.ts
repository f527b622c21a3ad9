import { describe, expect, it } from 'vitest'
import { collie } from '../../../src/benchmarks/collie/index.ts'
import { DataError } from '../../../src/core/errors.ts'
import { load, record, sampleItems } from './_items.ts'

const { constraint } = record() as { constraint: { constraints: Record<string, unknown>[] } }
const changed = (changes: object) => {
  const [first, ...rest] = constraint.constraints
  return { type: 'All', constraints: [{ ...first, ...changes }, ...rest] }
}

describe('loading COLLIE', () => {
  it('makes one constraint of each sub-constraint, with its text and tags', async () => {
    const [item] = await load([record({ targets: [5, ['blue']] }), record({ id: 'wiki_c05/1', index: 1 })])
    expect(item).toMatchObject({
      id: 'wiki_c05/0',
      cluster: 'prompt-4',
      language: 'en',
      messages: [{ role: 'user', content: 'Write five words, the second of them blue.' }],
      tags: { structure: 'sent02', level: 'sentence', source: 'wiki', subset: 'wiki_c05' },
      constraints: [
        { id: 'part-1', text: 'The text has exactly 5 words.', check: 'rule', needsPrompt: false },
        { id: 'part-2', text: 'The 2nd word is “blue”.', check: 'rule', needsPrompt: false },
      ],
    })
    expect(item!.constraints[0]!.tags).toEqual({ ...item!.tags, type: 'word Count ==' })
  })

  it('sends the prompt alone, with the settings of the official runs', async () => {
    const [item] = await load([record()])
    expect(collie.generation(item!)).toEqual({
      messages: [{ role: 'user', content: 'Write five words, the second of them blue.' }],
      sampling: { temperature: 0.7, topP: 1, maxTokens: 1000 },
    })
  })

  it('gives items of one prompt the same cluster and the same request', async () => {
    const [one, two] = await load([record(), record({ id: 'ccnews_c05/0', key: 'ccnews_c05', source: 'ccnews' })])
    expect(one!.cluster).toBe(two!.cluster)
    expect(collie.generation(one!)).toEqual(collie.generation(two!))
  })

  it('splits lines at line feeds only', async () => {
    const items = await load([record({ prompt: 'one\u2028two' })])
    expect(items[0]!.messages[0]!.content).toBe('one\u2028two')
  })

  it.each<[string, Record<string, unknown>, string, string]>([
    ['an unknown level', { constraint: changed({ target_level: 'stanza' }) }, 'bad-constraint', '`character`, `word`'],
    ['an unknown relation', { constraint: changed({ relation: '~' }) }, 'bad-constraint', '`==`, `!=`'],
    ['an unknown reduction', { constraint: changed({ reduction: 'most' }) }, 'bad-constraint', '`all`, `any`'],
    [
      'an unknown transformation',
      { constraint: changed({ transformation: { type: 'Sum' } }) },
      'bad-constraint',
      '`Count`',
    ],
    ['logic that the data set has not', { constraint: { ...constraint, type: 'And' } }, 'bad-constraint', 'got `And`'],
    [
      'an All of nothing',
      { constraint: { type: 'All', constraints: [] }, targets: [] },
      'bad-constraint',
      'at least one',
    ],
    ['targets for fewer constraints', { targets: [5] }, 'bad-target', 'a list of 2 targets'],
    ['a target of another kind', { targets: ['five', 'blue'] }, 'bad-target', 'targets[0] to be a number'],
    ['no targets', { targets: null }, 'bad-target', 'a list of 2 targets'],
    ['an unknown structure', { structure: 'c13' }, 'unknown-structure', 'Known: c01, c02'],
    ['a name that belongs to another structure', { name: 'sent01' }, 'broken-record', 'name to be `sent02`'],
    ['an id that does not fit its subset', { index: 3 }, 'broken-record', 'id to be `wiki_c05/3`'],
    ['a missing prompt', { prompt: undefined }, 'broken-record', 'prompt'],
  ])('refuses %s with file, line and id', async (_name, changes, code, message) => {
    const error = await load([record(), { ...record({ id: 'wiki_c05/1', index: 1 }), ...changes }]).catch(
      (caught: unknown) => caught,
    )
    expect(error).toBeInstanceOf(DataError)
    expect(error).toMatchObject({ code, location: { line: 2 }, message: expect.stringContaining(message) })
    expect((error as DataError).message).toContain('collie_v1.jsonl:2')
    expect((error as DataError).message).toContain('item wiki_c05/1')
  })

  it('names the line that is broken', async () => {
    const error = await load([record(), '{"id": "wiki_c05/1", ']).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'broken-line', location: { line: 2 } })
  })

  it('reads the embedded sample: 13 structures, at least two items each, in four sources', async () => {
    const items = [...(await sampleItems()).values()]
    const structures = new Map<string, number>()
    for (const { tags } of items)
      structures.set(String(tags.structure), (structures.get(String(tags.structure)) ?? 0) + 1)
    expect(items.length).toBeGreaterThanOrEqual(26)
    expect(structures.size).toBe(13)
    expect(Math.min(...structures.values())).toBeGreaterThanOrEqual(2)
    expect(new Set(items.map(({ tags }) => tags.source))).toEqual(new Set(['english', 'wiki', 'guten', 'ccnews']))
  })
})
