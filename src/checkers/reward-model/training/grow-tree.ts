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

/** Grows one tree level by level on the rows in the bag. */
export function growTree(columns: BinnedColumns, targets: Targets, options: BoostingOptions): GrownTree {
  const { count, bins, cuts } = columns
  const { depth } = options
  const nodes = 2 ** depth - 1
  const features = new Uint16Array(nodes)
  const thresholds = new Float32Array(nodes).fill(Number.POSITIVE_INFINITY)
  const place = new Uint16Array(count)
  for (let level = 0; level < depth; level += 1) {
    const first = 2 ** level - 1
    const splits = bestSplits(columns, targets, options, place, first)
    splits.forEach((split, index) => {
      if (split === null) return
      features[first + index] = split.feature
      thresholds[first + index] = cuts[split.feature]![split.bin]!
    })
    for (let row = 0; row < count; row += 1) {
      const node = place[row]!
      const split = splits[node - first]
      const isRight = split != null && bins[split.feature * count + row]! > split.bin
      place[row] = 2 * node + (isRight ? 2 : 1)
    }
  }
  for (let row = 0; row < count; row += 1) place[row]! -= nodes
  return { features, thresholds, leaves: leafValues(targets, place, options), leafOf: place }
}

/** Best split of every node of a level, or null where none is worth it. */
function bestSplits(
  { count, width, bins, cuts }: BinnedColumns,
  { gradients, curvatures, inBag, allowed }: Targets,
  { ridge, leastWeight }: BoostingOptions,
  place: Uint16Array,
  first: number,
): (Split | null)[] {
  const size = first + 1
  const best: (Split | null)[] = new Array<Split | null>(size).fill(null)
  const gradientOf = new Float64Array(size * mostBins)
  const curvatureOf = new Float64Array(size * mostBins)
  for (let feature = 0; feature < width; feature += 1) {
    if (allowed[feature] === 0 || cuts[feature]!.length === 0) continue
    gradientOf.fill(0)
    curvatureOf.fill(0)
    const offset = feature * count
    for (let row = 0; row < count; row += 1) {
      if (inBag[row] === 0) continue
      const slot = (place[row]! - first) * mostBins + bins[offset + row]!
      gradientOf[slot]! += gradients[row]!
      curvatureOf[slot]! += curvatures[row]!
    }
    for (let node = 0; node < size; node += 1) {
      const found = bestCut(gradientOf, curvatureOf, node * mostBins, cuts[feature]!.length, ridge, leastWeight)
      if (found && found.gain > (best[node]?.gain ?? 1e-6)) best[node] = { feature, ...found }
    }
  }
  return best
}

function bestCut(
  gradientOf: Float64Array,
  curvatureOf: Float64Array,
  base: number,
  cutCount: number,
  ridge: number,
  leastWeight: number,
): Omit<Split, 'feature'> | null {
  let gradient = 0
  let curvature = 0
  for (let bin = 0; bin <= cutCount; bin += 1) {
    gradient += gradientOf[base + bin]!
    curvature += curvatureOf[base + bin]!
  }
  if (curvature < 2 * leastWeight) return null
  const whole = (gradient * gradient) / (curvature + ridge)
  let best: Omit<Split, 'feature'> | null = null
  let left = 0
  let leftWeight = 0
  for (let bin = 0; bin < cutCount; bin += 1) {
    left += gradientOf[base + bin]!
    leftWeight += curvatureOf[base + bin]!
    const rightWeight = curvature - leftWeight
    if (leftWeight < leastWeight || rightWeight < leastWeight) continue
    const right = gradient - left
    const gain = (left * left) / (leftWeight + ridge) + (right * right) / (rightWeight + ridge) - whole
    if (best === null || gain > best.gain) best = { bin, gain }
  }
  return best
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
