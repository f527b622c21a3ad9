import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { Resources, ScoringContext } from '../../../src/benchmarks/benchmark.ts'
import { collie } from '../../../src/benchmarks/collie/index.ts'
import { readJsonl } from '../../../src/core/jsonl.ts'
import type { Protocol } from '../../../src/core/verdict.ts'
import { samplePath } from '../../../src/data/samples.ts'
import { sampleItems } from './_items.ts'

const data = fileURLToPath(new URL('../../../../shared/data', import.meta.url))
const house: Resources = { asset: () => null, edition: 'v1', isSample: true }
const trained: Resources = { ...house, asset: (dataset, file) => `${data}/${dataset}/${file}` }

async function responses(file: string, field: string): Promise<Map<string, string>> {
  const texts = new Map<string, string>()
  for await (const { value } of readJsonl<Record<string, string>>(samplePath('collie', file)!))
    texts.set(value.id!, value[field]!)
  return texts
}

/** Ids of the items whose response passes. */
async function passing(file: string, field: string, protocol: Protocol, resources = house): Promise<string[]> {
  const [items, texts, scorer] = [await sampleItems(), await responses(file, field), await collie.prepare(resources)]
  expect([...texts.keys()]).toEqual([...items.keys()])
  const passed: string[] = []
  for (const item of items.values()) {
    const response = {
      sample: 0,
      status: 'ok',
      text: texts.get(item.id)!,
      reasoning: null,
      finishReason: null,
    } as const
    const verdicts = await scorer.score(item, response, {} as ScoringContext, [protocol])
    if (verdicts.every(({ value }) => value === 1)) passed.push(item.id)
  }
  return passed
}

describe('the embedded COLLIE sample', () => {
  it('holds an example for each item that satisfies it under both protocols', async () => {
    const all = [...(await sampleItems()).keys()]
    expect(await passing('collie_v1.jsonl', 'example', 'official')).toEqual(all)
    expect(await passing('collie_v1.jsonl', 'example', 'fixed')).toEqual(all)
  })

  it('has a base checkpoint that passes about 30 % and a tuned one that passes about 60 %', async () => {
    const { size } = await sampleItems()
    const [base, tuned] = await Promise.all(
      ['base', 'tuned'].map((name) => passing(`responses.${name}.jsonl`, 'response', 'official')),
    )
    expect(base!.length / size).toBeCloseTo(0.3, 1)
    expect(tuned!.length / size).toBeCloseTo(0.6, 1)
  })

  it('shows what fixed changes: a blank response fails, a final line feed does not', async () => {
    const lost = await difference('responses.base.jsonl', 'official', 'fixed')
    const won = await difference('responses.tuned.jsonl', 'fixed', 'official')
    expect(lost).toEqual(['wiki_c08/0'])
    expect(won).toEqual(['wiki_c04/0', 'ccnews_c04/0'])
  })

  it('gives equal responses to equal prompts', async () => {
    const items = await sampleItems()
    for (const name of ['base', 'tuned']) {
      const byPrompt = new Map<string, string>()
      for (const [id, text] of await responses(`responses.${name}.jsonl`, 'response')) {
        const { cluster } = items.get(id)!
        expect(byPrompt.get(cluster) ?? text).toBe(text)
        byPrompt.set(cluster, text)
      }
      expect(byPrompt.size).toBeLessThan(items.size)
    }
  })

  it.skipIf(!existsSync(`${data}/punkt/english.json`))(
    'scores the same with the trained Punkt tables (needs ../shared)',
    async () => {
      for (const file of ['responses.base.jsonl', 'responses.tuned.jsonl']) {
        expect(await passing(file, 'response', 'official', trained)).toEqual(
          await passing(file, 'response', 'official'),
        )
      }
    },
  )

  it('shares no prompt with the published data (needs ../shared)', async ({ skip }) => {
    const file = `${data}/collie/collie_v1.jsonl`
    if (!existsSync(file)) skip()
    const published = await readFile(file, 'utf8')
    for (const item of (await sampleItems()).values()) {
      expect(published).not.toContain(JSON.stringify(item.messages[0]!.content))
    }
  })
})

async function difference(file: string, one: Protocol, other: Protocol): Promise<string[]> {
  const remaining = new Set(await passing(file, 'response', one))
  for (const id of await passing(file, 'response', other)) remaining.delete(id)
  return [...remaining]
}
