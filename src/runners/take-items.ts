import type { Item } from '../core/item.ts'
import { dealClusters, type Shard } from './shard.ts'

/** Which items a run covers. */
export interface ItemSelection<Data = unknown> {
  /** First so many of those that pass the filter; null for all. */
  readonly limit: number | null
  readonly filter?: ((item: Item<Data>) => boolean) | undefined
  /** Only the part of this shard of what the limit leaves. */
  readonly shard?: Shard | undefined
}

/**
 * The first `limit` items of those that pass the filter, and whatever else belongs to the cluster of the last of them
 * as long as it follows directly: a group of levels is never torn. All that pass when the limit is null. The shards of
 * one selection are disjoint and make up the whole.
 */
export async function* takeItems<Data>(
  items: AsyncIterable<Item<Data>>,
  { limit, filter, shard }: ItemSelection<Data>,
): AsyncGenerator<Item<Data>> {
  const isMine = shard ? dealClusters(shard) : () => true
  let taken = 0
  let cluster: string | null = null
  for await (const item of items) {
    if (filter && !filter(item)) continue
    if (limit !== null && taken >= limit && item.cluster !== cluster) return
    taken += 1
    cluster = item.cluster
    if (isMine(item.cluster)) yield item
  }
}
