import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { callError, endpointFor, never, request } from '../_call.ts'
import { jsonl, temporaryFolder } from '../_folder.ts'

function samples(files: Readonly<Record<string, readonly object[]>>): string {
  const root = temporaryFolder()
  mkdirSync(join(root, 'bench'))
  for (const [name, rows] of Object.entries(files)) writeFileSync(join(root, 'bench', name), jsonl(rows))
  return root
}

describe('demo endpoints', () => {
  it('answer the items of the sample, sample by sample', async () => {
    const samplesRoot = samples({
      'responses.base.jsonl': [
        { id: 'item-1', response: 'base' },
        { id: 'item-1', sample: 1, response: '<think>why</think>second' },
      ],
      'responses.tuned.jsonl': [{ id: 'item-1', sample: 0, response: '' }],
    })
    const base = await endpointFor('demo/base', { samplesRoot })
    const tuned = await endpointFor('demo/tuned', { samplesRoot })
    expect(await base.complete(request(), never)).toMatchObject({ status: 'ok', text: 'base', usage: null })
    expect(await base.complete(request({}, { sample: 1 }), never)).toMatchObject({ text: 'second', reasoning: 'why' })
    expect(await tuned.complete(request(), never)).toMatchObject({ status: 'empty', text: '' })
    expect(base).toMatchObject({ id: 'demo base', model: 'demo/base', dependsOnMeta: true })
  })

  it('judge the recorded answers of each checkpoint, in every round', async () => {
    const line = { item: 'item-1', purpose: 'judge' }
    const samplesRoot = samples({
      'judge.jsonl': [
        { ...line, checkpoint: 'base', constraint: null, reply: 'whole' },
        { ...line, checkpoint: 'base', constraint: 'c1', reply: 'unclear' },
        { ...line, checkpoint: 'base', constraint: 'c1', attempt: 1, reply: 'YES' },
        { ...line, checkpoint: 'tuned', constraint: 'c1', reply: 'NO' },
      ],
    })
    const judge = await endpointFor('demo/judge', { samplesRoot })
    const ask = async (meta: object) => (await judge.complete(request({}, { purpose: 'judge', ...meta }), never)).text
    expect(await ask({})).toBe('whole')
    expect(await ask({ constraint: 'c1' })).toBe('unclear')
    expect(await ask({ constraint: 'c1', attempt: 1 })).toBe('YES')
    expect(await ask({ constraint: 'c1', subject: 'tuned' })).toBe('NO')
    expect(await ask({ constraint: 'c1', subject: 'demo/tuned' })).toBe('NO')
  })

  it('say that they only answer the embedded sample', async () => {
    const samplesRoot = samples({ 'responses.base.jsonl': [{ id: 'item-1', response: 'x' }] })
    const endpoint = await endpointFor('demo/base', { samplesRoot })
    const unknown = await callError(endpoint.complete(request({}, { item: 'other' }), never))
    expect(unknown).toMatchObject({ retryable: false })
    expect(unknown.message).toContain('demo/base only answers the embedded sample; asked about item other')
    const elsewhere = await callError(endpoint.complete(request({}, { benchmark: 'else' }), never))
    expect(elsewhere.message).toContain('nothing is recorded for else')
  })

  it('name file and line of a broken recording', async () => {
    const samplesRoot = samples({ 'responses.base.jsonl': [{ id: 'item-1', response: 'x' }, { id: 7 }] })
    const endpoint = await endpointFor('demo/base', { samplesRoot })
    await expect(endpoint.complete(request(), never)).rejects.toThrow('responses.base.jsonl:2: Expected {id')
  })
})
