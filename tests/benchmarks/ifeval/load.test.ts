import { describe, expect, it } from 'vitest'
import { generation } from '../../../src/benchmarks/ifeval/prompt.ts'
import { DataError } from '../../../src/core/errors.ts'
import { loadLines, loadRecords, record } from './_support.ts'

async function failure(lines: readonly string[]): Promise<DataError> {
  try {
    await loadLines(lines)
  } catch (error) {
    expect(error).toBeInstanceOf(DataError)
    return error as DataError
  }
  throw new Error('expected the data to be refused')
}

describe('loading IFEval', () => {
  it('makes one constraint of each instruction, in order, with its text and tags', async () => {
    const [item] = await loadRecords(record())
    expect(item).toMatchObject({
      id: '7',
      cluster: '7',
      language: 'en',
      messages: [{ role: 'user', content: 'Describe a lamp without commas in at least 4 words.' }],
      constraints: [
        {
          id: '1-punctuation:no_comma',
          text: 'There is no comma in the response.',
          check: 'rule',
          needsPrompt: false,
          tags: { type: 'punctuation:no_comma', group: 'punctuation' },
        },
        { id: '2-length_constraints:number_words', text: 'The response has at least 4 words.' },
      ],
    })
  })

  it('keeps an instruction that occurs twice apart', async () => {
    const [item] = await loadRecords(
      record({ instruction_id_list: ['startend:quotation', 'startend:quotation'], kwargs: [{}, {}] }),
    )
    expect(item!.constraints.map(({ id }) => id)).toEqual(['1-startend:quotation', '2-startend:quotation'])
  })

  it('drops the nulls of the Hugging Face form and takes keys of text', async () => {
    const wide = { relation: 'at least', num_words: 4, keywords: null, end_phrase: null, language: null }
    const [item] = await loadRecords(record({ key: 'a-1', kwargs: [{ num_words: null }, wide] }))
    expect(item!.id).toBe('a-1')
    expect(item!.data.kwargs).toEqual([{}, { relation: 'at least', num_words: 4 }])
  })

  it('reads U+2028 inside of a line', async () => {
    const items = await loadRecords(record({ prompt: 'a\u2028b' }), record({ key: 8 }))
    expect(items.map(({ messages }) => messages[0]!.content)[0]).toBe('a\u2028b')
    expect(items).toHaveLength(2)
  })

  it('sends the prompt alone, greedily, with 1280 tokens', async () => {
    const [item] = await loadRecords(record())
    expect(generation(item!)).toEqual({ messages: item!.messages, sampling: { temperature: 0, maxTokens: 1280 } })
  })

  it('names the line that is broken', async () => {
    const error = await failure([JSON.stringify(record()), '{"key": 8, '])
    expect([error.code, error.location.line]).toEqual(['broken-line', 2])
  })

  it.each([
    [
      'an unknown instruction',
      { instruction_id_list: ['punctuation:no_commas', 'startend:quotation'] },
      'unknown-instruction',
      'punctuation:no_commas',
    ],
    ['a missing parameter', { kwargs: [{}, { relation: 'at least' }] }, 'bad-parameters', 'num_words'],
    [
      'a null where a parameter is needed',
      { kwargs: [{}, { relation: 'at least', num_words: null }] },
      'bad-parameters',
      'num_words',
    ],
    ['an unknown relation', { kwargs: [{}, { relation: 'exactly', num_words: 4 }] }, 'bad-parameters', 'relation'],
    ['lists of different lengths', { kwargs: [{}] }, 'broken-record', 'kwargs'],
    ['no instruction', { instruction_id_list: [], kwargs: [] }, 'broken-record', 'instruction_id_list'],
    ['no prompt', { prompt: undefined }, 'broken-record', 'prompt'],
  ])('refuses %s with file and line', async (_name, over, code, word) => {
    const error = await failure([JSON.stringify(record({ key: 6 })), '', JSON.stringify(record(over))])
    expect(error.code).toBe(code)
    expect(error.message).toMatch(/input_data\.jsonl:3/)
    expect(error.message).toContain(word)
  })

  it('suggests the instruction that was meant, and names the item', async () => {
    const error = await failure([
      JSON.stringify(record({ instruction_id_list: ['punctuation:no_commas'], kwargs: [{}] })),
    ])
    expect(error.hint).toContain('Did you mean `punctuation:no_comma`?')
    expect(error.location.id).toBe('7')
  })

  it('refuses a key that comes twice and names the first line', async () => {
    const error = await failure([JSON.stringify(record()), JSON.stringify(record())])
    expect(error.message).toContain('on line 1 already')
  })
})
