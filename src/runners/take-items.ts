import type { Item } from '../core/item.ts'

/**
 * The first `limit` items, and whatever else belongs to the cluster of the last of them as long as it follows directly:
 * a group of levels is never torn. All items when the limit is null.
 */
export async function* takeItems<Data>(
  items: AsyncIterable<Item<Data>>,
  limit: number | null,
): AsyncGenerator<Item<Data>> {
  let taken = 0
  let cluster: string | null = null
  for await (const item of items) {
    if (limit !== null && taken >= limit && item.cluster !== cluster) return
    yield item
    taken += 1
    cluster = item.cluster
  }
}
