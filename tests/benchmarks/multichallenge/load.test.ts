import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { axes, axisOf } from '../../../src/benchmarks/multichallenge/axes.ts'
import { multichallenge } from '../../../src/benchmarks/multichallenge/index.ts'
import { loadMultichallenge } from '../../../src/benchmarks/multichallenge/load.ts'
import type { Conversation } from './_support.ts'

const folder = mkdtempSync(join(tmpdir(), 'multichallenge-'))
afterAll(() => rmSync(folder, { recursive: true }))
const fixtures = join(import.meta.dirname, 'fixtures')

const record = {
  QUESTION_ID: 'q1',
  AXIS: 'SELF_COHERENCE',
  CONVERSATION: [
    { role: 'user', content: 'Is 7 prime?' },
    { role: 'assistant', content: 'It is.' },
    { role: 'user', content: 'Sure?' },
  ],
  TARGET_QUESTION: 'Does the response keep to its claim?',
  PASS_CRITERIA: 'YES',
}

async function load(edition: string, path: (file: string) => string): Promise<Conversation[]> {
  const items: Conversation[] = []
  for await (const item of loadMultichallenge({ edition, isSample: false, path, optionalPath: path })) items.push(item)
  return items
}

function loadRecords(...records: unknown[]): Promise<Conversation[]> {
  const file = join(folder, 'questions.jsonl')
  writeFileSync(file, records.map((row) => `${JSON.stringify(row)}\n`).join(''))
  return load('github', () => file)
}

describe('loading MultiChallenge', () => {
  it('sends the conversation as it is and makes one constraint of the question', async () => {
    const [item] = await loadRecords(record)
    expect(item).toMatchObject({
      id: 'q1',
      cluster: 'q1',
      messages: record.CONVERSATION,
      tags: { axis: 'SELF_COHERENCE' },
    })
    expect(item!.constraints).toEqual([
      {
        id: 'target',
        text: record.TARGET_QUESTION,
        check: 'judge',
        tags: { axis: 'SELF_COHERENCE' },
        needsPrompt: false,
      },
    ])
    expect(multichallenge.generation(item!)).toEqual({ messages: record.CONVERSATION, sampling: { temperature: 0 } })
  })

  it.each([
    ['an unknown axis', { ...record, AXIS: 'MEMORY' }, /questions\.jsonl:1, item q1: Unknown axis `MEMORY`/],
    ['an unknown pass criterion', { ...record, PASS_CRITERIA: 'MAYBE' }, /questions\.jsonl:1.*PASS_CRITERIA/s],
    ['a system turn', { ...record, CONVERSATION: [{ role: 'system', content: 'x' }] }, /CONVERSATION/],
    [
      'an assistant turn at the end',
      { ...record, CONVERSATION: record.CONVERSATION.slice(0, 2) },
      /ends with a user turn/,
    ],
    ['columns of unequal length', { ...record, CONVERSATION: { role: ['user'], content: [] } }, /CONVERSATION/],
  ])('refuses %s and says where', async (_name, row, message) => {
    await expect(loadRecords(row)).rejects.toThrow(message)
  })

  it('refuses the same id twice, naming the line', async () => {
    await expect(loadRecords(record, record)).rejects.toThrow(/questions\.jsonl:2, item q1/)
  })

  it('knows the axes in every spelling of the editions', () => {
    expect(['inference memory', 'RECOLLECTION', 'Self-Coherence', 'REFINEMENT', 'EXPLICIT'].map(axisOf)).toEqual([
      'INFERENCE_MEMORY',
      'INFERENCE_MEMORY',
      'SELF_COHERENCE',
      'RELIABLE_VERSION_EDITING',
      null,
    ])
  })

  it.each(['columns.parquet', 'turns.parquet'])('reads the refined release with its turns as %s', async (file) => {
    const items = await load('hf', () => join(fixtures, file))
    expect(items.map(({ id, tags }) => [id, tags.axis])).toEqual([
      ['00000000000000000000a001', 'SELF_COHERENCE'],
      ['00000000000000000000a002', 'INFERENCE_MEMORY'],
    ])
    expect(items[1]!.messages).toEqual([
      { role: 'user', content: 'I cannot eat nuts. Hello!' },
      { role: 'assistant', content: 'Hello, noted.' },
      { role: 'user', content: 'Name a café snack – quickly…' },
    ])
    expect(items[0]!.data).toEqual({ targetQuestion: 'Does the response keep to 7 being prime?', passCriteria: 'YES' })
  })

  it('says that a file is not Parquet', async () => {
    const file = join(folder, 'broken.parquet')
    writeFileSync(file, 'no parquet at all')
    await expect(load('hf', () => file)).rejects.toThrow(/broken\.parquet: Expected a Parquet file/)
  })

  const real = join(import.meta.dirname, '../../../../shared/data/multichallenge')
  it.skipIf(!existsSync(real))('reads the 273 conversations of the original release (needs ../shared)', async () => {
    const items = await load('github', (file) => join(real, file))
    expect(items).toHaveLength(multichallenge.editions[0]!.items!)
    const sizes = axes.map(({ id }) => items.filter(({ tags }) => tags.axis === id).length)
    expect(sizes).toEqual([69, 113, 41, 50])
  })
})
