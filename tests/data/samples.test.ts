import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { sampleBenchmarks, sampleItems, samplePath } from '../../src/data/samples.ts'
import { tempFolder, writeFiles } from './_fixtures.ts'

function samples(): string {
  const folder = tempFolder()
  writeFiles(folder, {
    'ifeval/input_data.jsonl': '{"key": 1}\n{"key": 2}\n',
    'ifeval/demo-base.jsonl': '{"response": ""}\n',
    'complexbench/data_final.json': '[{"main_id": 0}, {"main_id": 1}]',
    'own/items.jsonl': '{"id": "a"}\n',
    'empty/readme.md': 'nothing',
  })
  return folder
}

describe('embedded samples', () => {
  it('are found under the file names of the lock', async () => {
    const folder = samples()
    expect(sampleBenchmarks(folder)).toEqual(['complexbench', 'empty', 'ifeval', 'own'])
    expect(samplePath('ifeval', 'input_data.jsonl', folder)).toBe(join(folder, 'ifeval/input_data.jsonl'))
    expect(samplePath('ifeval', 'other.jsonl', folder)).toBeNull()
    expect(await sampleItems('ifeval', folder)).toMatchObject({ first: { key: 1 } })
    expect(await sampleItems('complexbench', folder)).toMatchObject({ first: { main_id: 0 } })
    expect(await sampleItems('own', folder)).toEqual({
      benchmark: 'own',
      path: join(folder, 'own/items.jsonl'),
      first: { id: 'a' },
    })
  })

  it('that do not exist are refused with a near name', async () => {
    const folder = samples()
    await expect(sampleItems('ifevla', folder)).rejects.toThrow(
      expect.objectContaining({ code: 'no-sample', hint: expect.stringContaining('`ifeval`') }),
    )
    await expect(sampleItems('empty', folder)).rejects.toThrow(/a file of items/)
    expect(sampleBenchmarks(join(folder, 'none'))).toEqual([])
  })
})
