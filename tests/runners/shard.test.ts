import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Item } from '../../src/core/item.ts'
import { takeItems } from '../../src/runners/take-items.ts'

async function* items(clusters: readonly string[]): AsyncGenerator<Item> {
  for (const [index, cluster] of clusters.entries()) {
    yield { id: String(index), messages: [], constraints: [], cluster, tags: {}, data: null }
  }
}

async function taken(clusters: readonly string[], limit: number | null, index?: number, count = 1): Promise<Item[]> {
  const shard = index === undefined ? undefined : { index, count }
  const found: Item[] = []
  for await (const item of takeItems(items(clusters), { limit, shard })) found.push(item)
  return found
}

describe('shards of a selection', () => {
  it('are disjoint, make up the whole, never tear a cluster, and differ by one cluster at most', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...'abcdefgh'), { maxLength: 40 }),
        fc.option(fc.integer({ min: 1, max: 30 })),
        fc.integer({ min: 1, max: 6 }),
        async (clusters, limit, count) => {
          const whole = await taken(clusters, limit)
          const parts: Item[][] = []
          for (let index = 1; index <= count; index++) parts.push(await taken(clusters, limit, index, count))
          const ids = parts.flat().map(({ id }) => Number(id))
          expect(ids.sort((a, b) => a - b)).toEqual(whole.map(({ id }) => Number(id)))
          const sizes = parts.map((part) => new Set(part.map(({ cluster }) => cluster)).size)
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
          expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(new Set(whole.map(({ cluster }) => cluster)).size)
        },
      ),
    )
  })
})
