import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { cfbench } from '../../../src/benchmarks/cfbench/index.ts'
import { loadCfbench } from '../../../src/benchmarks/cfbench/load.ts'
import type { CfbenchData } from '../../../src/benchmarks/cfbench/schema.ts'
import type { Item } from '../../../src/core/item.ts'

const folder = mkdtempSync(join(tmpdir(), 'cfbench-'))
afterAll(() => rmSync(folder, { recursive: true }))

const record = {
  idx: 0,
  prompt: '写一句问候',
  isanswer: '否',
  gold: '',
  doamin: '通用生活',
  scenario: '其他',
  source: 'tob',
  split: 'easy',
  criteria: [
    ['是问候', '主需', '内容约束', '语义内容约束'],
    [' 符合用户身份', '次需', '', ''],
  ],
}

async function load(content: unknown, root = folder) {
  if (root === folder)
    writeFileSync(join(folder, 'cfbench_data.json'), typeof content === 'string' ? content : JSON.stringify(content))
  const path = (file: string) => join(root, file)
  const items: Item<CfbenchData>[] = []
  for await (const item of loadCfbench({ edition: 'v1', isSample: false, path, optionalPath: path })) items.push(item)
  return items
}

describe('loading CFBench', () => {
  it('makes one constraint per criterion, with the text as it is', async () => {
    const [item] = await load([record])
    expect(item).toMatchObject({
      id: '0',
      cluster: '0',
      messages: [{ role: 'user', content: '写一句问候' }],
      tags: { split: 'easy', source: 'tob', domain: '通用生活' },
    })
    expect(item!.constraints).toEqual([
      {
        id: '0',
        text: '是问候',
        check: 'judge',
        tags: { category: '内容约束', subcategory: '内容约束/语义内容约束', priority: 'primary' },
        needsPrompt: false,
      },
      {
        id: '1',
        text: ' 符合用户身份',
        check: 'judge',
        tags: { category: 'untyped', subcategory: 'untyped', priority: 'secondary' },
        needsPrompt: true,
      },
    ])
  })

  it('puts items with one prompt in one cluster', async () => {
    const items = await load([record, { ...record, idx: 1, prompt: '另一个' }, { ...record, idx: 2 }])
    expect(items.map(({ cluster }) => cluster)).toEqual(['0', '1', '0'])
  })

  it.each([
    ['an unknown priority', [{ ...record, criteria: [['甲', '必需', '', '']] }], /position 0.*priority|主需/s],
    ['an item without criteria', [{ ...record, criteria: [] }], /position 0/],
    ['the same idx twice', [record, record], /every idx once, got 0 again at position 1/],
    ['JSON that is no array', { a: 1 }, /one JSON array, got object/],
    ['no JSON', '[{', /cfbench_data\.json: Expected one JSON array/],
  ])('refuses %s and says where', async (_name, content, message) => {
    await expect(load(content)).rejects.toThrow(message)
  })

  const real = join(import.meta.dirname, '../../../../shared/data/cfbench')
  it.skipIf(!existsSync(real))(
    'reads the 1,000 items with 4,237 criteria, 610 of which point at the prompt (needs ../shared)',
    async () => {
      const items = await load(null, real)
      const criteria = items.flatMap(({ constraints }) => constraints)
      expect(items).toHaveLength(cfbench.editions[0]!.items!)
      expect(criteria).toHaveLength(4237)
      expect(criteria.filter(({ needsPrompt }) => needsPrompt)).toHaveLength(610)
      expect(criteria.filter(({ tags }) => tags.priority === 'primary')).toHaveLength(1835)
      expect(new Set(items.map(({ cluster }) => cluster)).size).toBe(999)
      expect(items[810]!.messages).toEqual([{ role: 'user', content: '' }])
      expect(new Set(items.map(({ tags }) => tags.domain)).size).toBe(22)
    },
  )
})
