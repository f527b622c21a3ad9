import type { Resampler } from './metric-table.types.ts'

/** Two figures over the clusters that both have, in the order of the first. */
export interface CommonClusters {
  readonly clusters: readonly string[]
  readonly a: Resampler['evaluate']
  readonly b: Resampler['evaluate']
  readonly onlyA: readonly string[]
  readonly onlyB: readonly string[]
}

export function commonClusters(a: Resampler, b: Resampler): CommonClusters {
  const positionsB = new Map(b.clusters.map((cluster, position) => [cluster, position]))
  const clusters: string[] = []
  const onlyA: string[] = []
  const fromA: number[] = []
  const fromB: number[] = []
  a.clusters.forEach((cluster, position) => {
    const other = positionsB.get(cluster)
    positionsB.delete(cluster)
    if (other === undefined) {
      onlyA.push(cluster)
      return
    }
    clusters.push(cluster)
    fromA.push(position)
    fromB.push(other)
  })
  return { clusters, a: translated(a, fromA), b: translated(b, fromB), onlyA, onlyB: [...positionsB.keys()] }
}

function translated({ clusters, evaluate }: Resampler, positions: readonly number[]): Resampler['evaluate'] {
  const isSame = positions.length === clusters.length && positions.every((position, index) => position === index)
  if (isSame) return evaluate
  let buffer = new Uint32Array()
  return (indices) => {
    if (buffer.length !== indices.length) buffer = new Uint32Array(indices.length)
    for (let draw = 0; draw < indices.length; draw += 1) buffer[draw] = positions[indices[draw]!]!
    return evaluate(buffer)
  }
}
