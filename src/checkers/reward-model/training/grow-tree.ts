import { type BinnedColumns, mostBins } from './binning.ts'
import type { BoostingOptions } from './boosting.ts'

interface Targets {
  readonly gradients: Float64Array
  readonly curvatures: Float64Array
  readonly inBag: Uint8Array
  readonly allowed: Uint8Array
}

interface GrownTree {
  readonly features: Uint16Array
  readonly thresholds: Float32Array
  readonly leaves: Float32Array
  /** Leaf of every row, in the bag or not. */
  readonly leafOf: Uint16Array
}

interface Split {
  readonly feature: number
  readonly bin: number
  readonly gain: number
}

/** Sums of gradients and curvatures per bin, for every allowed feature: `(feature * mostBins + bin) * 2`. */
type Histogram = Float64Array

/** A node with its rows of the bag, which stand together in the order. */
interface Node {
  readonly start: number
  readonly end: number
  readonly histogram: Histogram
}

/** Grows one tree level by level on the rows in the bag. */
export function growTree(columns: BinnedColumns, targets: Targets, options: BoostingOptions): GrownTree {
  const { cuts } = columns
  const { depth } = options
  const inner = 2 ** depth - 1
  const features = new Uint16Array(inner)
  const thresholds = new Float32Array(inner).fill(Number.POSITIVE_INFINITY)
  const splits: (Split | null)[] = []
  const usable = usableFeatures(columns, targets)
  const order = rowsInBag(targets.inBag)
  let nodes: (Node | null)[] = [
    { start: 0, end: order.length, histogram: histogramOf(columns, targets, usable, order, 0, order.length) },
  ]
  for (let level = 0; level < depth; level += 1) {
    const next: (Node | null)[] = []
    for (const node of nodes) {
      const split = node && bestSplit(node.histogram, usable, columns, options)
      const index = splits.length
      splits.push(split)
      if (!node || !split) {
        // A node that decides nothing sends everything to its left.
        next.push(node, null)
        continue
      }
      features[index] = split.feature
      thresholds[index] = cuts[split.feature]![split.bin]!
      if (level + 1 === depth) continue
      next.push(...children(node, split, columns, targets, usable, order))
    }
    nodes = next
  }
  const leafOf = placeRows(columns, splits, depth)
  return { features, thresholds, leaves: leafValues(targets, leafOf, options), leafOf }
}

function usableFeatures({ width, cuts }: BinnedColumns, { allowed }: Targets): Uint16Array {
  const usable: number[] = []
  for (let feature = 0; feature < width; feature += 1) {
    if (allowed[feature] === 1 && cuts[feature]!.length > 0) usable.push(feature)
  }
  return Uint16Array.from(usable)
}

function rowsInBag(inBag: Uint8Array): Uint32Array {
  const rows: number[] = []
  for (let row = 0; row < inBag.length; row += 1) if (inBag[row] === 1) rows.push(row)
  return Uint32Array.from(rows)
}

/** Parts the rows of a node; the histogram of the smaller side is counted, that of the other is what is left. */
function children(
  { start, end, histogram }: Node,
  { feature, bin }: Split,
  columns: BinnedColumns,
  targets: Targets,
  usable: Uint16Array,
  order: Uint32Array,
): [Node, Node] {
  const offset = feature * columns.count
  const right: number[] = []
  let middle = start
  for (let at = start; at < end; at += 1) {
    const row = order[at]!
    if (columns.bins[offset + row]! > bin) right.push(row)
    else {
      order[middle] = row
      middle += 1
    }
  }
  order.set(right, middle)
  const isLeftSmaller = middle - start <= end - middle
  const counted = isLeftSmaller
    ? histogramOf(columns, targets, usable, order, start, middle)
    : histogramOf(columns, targets, usable, order, middle, end)
  const rest = histogram
  for (let slot = 0; slot < rest.length; slot += 1) rest[slot]! -= counted[slot]!
  const [left, other] = isLeftSmaller ? [counted, rest] : [rest, counted]
  return [
    { start, end: middle, histogram: left },
    { start: middle, end, histogram: other },
  ]
}

function histogramOf(
  { count, bins }: BinnedColumns,
  { gradients, curvatures }: Targets,
  usable: Uint16Array,
  order: Uint32Array,
  start: number,
  end: number,
): Histogram {
  const rows = order.subarray(start, end)
  const size = rows.length
  const gradient = new Float64Array(size)
  const curvature = new Float64Array(size)
  for (let index = 0; index < size; index += 1) {
    gradient[index] = gradients[rows[index]!]!
    curvature[index] = curvatures[rows[index]!]!
  }
  const histogram = new Float64Array(usable.length * mostBins * 2)
  for (let column = 0; column < usable.length; column += 1) {
    const offset = usable[column]! * count
    const base = column * mostBins
    for (let index = 0; index < size; index += 1) {
      const slot = (base + bins[offset + rows[index]!]!) * 2
      histogram[slot]! += gradient[index]!
      histogram[slot + 1]! += curvature[index]!
    }
  }
  return histogram
}

/** Best split of a node, or null where none is worth it. */
function bestSplit(
  histogram: Histogram,
  usable: Uint16Array,
  { cuts }: BinnedColumns,
  options: BoostingOptions,
): Split | null {
  let best: Split | null = null
  for (let column = 0; column < usable.length; column += 1) {
    const feature = usable[column]!
    const found = bestCut(histogram, column * mostBins, cuts[feature]!.length, options)
    if (found && found.gain > (best?.gain ?? 1e-6)) best = { feature, ...found }
  }
  return best
}

function bestCut(
  histogram: Histogram,
  base: number,
  cutCount: number,
  { ridge, leastWeight }: BoostingOptions,
): Omit<Split, 'feature'> | null {
  let gradient = 0
  let curvature = 0
  for (let bin = 0; bin <= cutCount; bin += 1) {
    gradient += histogram[(base + bin) * 2]!
    curvature += histogram[(base + bin) * 2 + 1]!
  }
  if (curvature < 2 * leastWeight) return null
  const whole = (gradient * gradient) / (curvature + ridge)
  let best: Omit<Split, 'feature'> | null = null
  let left = 0
  let leftWeight = 0
  for (let bin = 0; bin < cutCount; bin += 1) {
    left += histogram[(base + bin) * 2]!
    leftWeight += histogram[(base + bin) * 2 + 1]!
    const rightWeight = curvature - leftWeight
    if (leftWeight < leastWeight || rightWeight < leastWeight) continue
    const right = gradient - left
    const gain = (left * left) / (leftWeight + ridge) + (right * right) / (rightWeight + ridge) - whole
    if (best === null || gain > best.gain) best = { bin, gain }
  }
  return best
}

/** Leaf of every row. `splits` stand level by level. */
function placeRows({ count, bins }: BinnedColumns, splits: readonly (Split | null)[], depth: number): Uint16Array {
  const place = new Uint16Array(count)
  for (let level = 0; level < depth; level += 1) {
    for (let row = 0; row < count; row += 1) {
      const split = splits[place[row]!]
      const isRight = split != null && bins[split.feature * count + row]! > split.bin
      place[row] = 2 * place[row]! + (isRight ? 2 : 1)
    }
  }
  const inner = 2 ** depth - 1
  for (let row = 0; row < count; row += 1) place[row]! -= inner
  return place
}

function leafValues(
  { gradients, curvatures, inBag }: Targets,
  leafOf: Uint16Array,
  { depth, ridge, rate }: BoostingOptions,
): Float32Array {
  const gradient = new Float64Array(2 ** depth)
  const curvature = new Float64Array(2 ** depth)
  for (let row = 0; row < leafOf.length; row += 1) {
    if (inBag[row] === 0) continue
    gradient[leafOf[row]!]! += gradients[row]!
    curvature[leafOf[row]!]! += curvatures[row]!
  }
  return Float32Array.from(gradient, (sum, leaf) => (-rate * sum) / (curvature[leaf]! + ridge))
}
