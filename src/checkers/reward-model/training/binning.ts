/** Features cut into at most 64 bins each, column by column. */
export interface BinnedColumns {
  readonly width: number
  readonly count: number
  /** Column-major bins: `feature * count + row`. */
  readonly bins: Uint8Array
  /** Upper bound of every bin but the last: `value <= cuts[b]` puts a value into bin b or below. */
  readonly cuts: readonly Float32Array[]
}

export const mostBins = 64

/** Cuts every column at its quantiles; a column of few distinct values is cut between each two of them. */
export function binColumns(features: Float32Array, width: number, count: number): BinnedColumns {
  const bins = new Uint8Array(width * count)
  const cuts: Float32Array[] = []
  const column = new Float32Array(count)
  for (let feature = 0; feature < width; feature += 1) {
    for (let row = 0; row < count; row += 1) column[row] = features[row * width + feature]!
    const bounds = cutsOf(Float32Array.from(column).sort())
    cuts.push(bounds)
    for (let row = 0; row < count; row += 1) bins[feature * count + row] = binOf(bounds, column[row]!)
  }
  return { width, count, bins, cuts }
}

function cutsOf(sorted: Float32Array): Float32Array {
  const distinct: number[] = []
  const ends: number[] = []
  for (let index = 0; index < sorted.length; index += 1) {
    if (index + 1 < sorted.length && sorted[index + 1] === sorted[index]) continue
    distinct.push(sorted[index]!)
    ends.push(index + 1)
  }
  const bounds: number[] = []
  let nextEnd = sorted.length / mostBins
  for (let index = 0; index + 1 < distinct.length; index += 1) {
    if (distinct.length > mostBins && ends[index]! < nextEnd) continue
    bounds.push(Math.fround((distinct[index]! + distinct[index + 1]!) / 2))
    nextEnd = ends[index]! + sorted.length / mostBins
    if (bounds.length === mostBins - 1) break
  }
  return Float32Array.from(bounds)
}

function binOf(bounds: Float32Array, value: number): number {
  let low = 0
  let high = bounds.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (value <= bounds[middle]!) high = middle
    else low = middle + 1
  }
  return low
}
