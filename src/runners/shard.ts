/** One part of a run that is split over machines. */
export interface Shard {
  /** 1-based. */
  readonly index: number
  readonly count: number
}

/** `2/8`, as options and manifests name a shard. */
export function shardName({ index, count }: Shard): string {
  return `${index}/${count}`
}

/**
 * Deals clusters out to shards by turns, in the order in which they first occur. Levels and turns of one source stay
 * together, shards differ by one cluster at most, and all of them follow from the data alone.
 */
export function dealClusters({ index, count }: Shard): (cluster: string) => boolean {
  const turns = new Map<string, number>()
  return (cluster) => {
    let turn = turns.get(cluster)
    if (turn === undefined) {
      turn = turns.size
      turns.set(cluster, turn)
    }
    return turn % count === index - 1
  }
}
