import type { Random } from '../../../core/random.ts'
import { sigmoid } from '../../../stats/logistic.ts'
import type { BoostedTrees } from '../embedded/boosted-trees.ts'
import { type BinnedColumns, binColumns } from './binning.ts'
import { growTree } from './grow-tree.ts'

/** How trees are grown. */
export interface BoostingOptions {
  readonly trees: number
  readonly depth: number
  /** Share of each tree's answer that is kept. */
  readonly rate: number
  /** Share of the rows that a tree sees. */
  readonly rowShare: number
  /** Share of the features that a tree may ask. */
  readonly featureShare: number
  /** L2 penalty of leaves. */
  readonly ridge: number
  /** Least sum of second derivatives in a leaf. */
  readonly leastWeight: number
}

export const defaultBoosting: BoostingOptions = {
  trees: 300,
  depth: 6,
  rate: 0.1,
  rowShare: 0.7,
  featureShare: 0.5,
  ridge: 3,
  leastWeight: 4,
}

/** Rows with labels. `features` is row-major. */
export interface TrainingRows {
  readonly features: Float32Array
  readonly width: number
  readonly labels: Uint8Array
  readonly weights: Float32Array
}

/**
 * Gradient boosting of the logistic loss with second-order leaves over histograms of binned features (Friedman 2001,
 * "Greedy function approximation"; Chen and Guestrin 2016, "XGBoost", for the gain). The same rows, options and random
 * numbers give the same trees to the bit.
 */
export function boost(rows: TrainingRows, options: BoostingOptions, random: Random): BoostedTrees {
  const { width, labels, weights } = rows
  const count = labels.length
  const binned: BinnedColumns = binColumns(rows.features, width, count)
  const bias = priorLogOdds(labels, weights)
  const scores = new Float64Array(count).fill(bias)
  const gradients = new Float64Array(count)
  const curvatures = new Float64Array(count)
  const nodes = 2 ** options.depth - 1
  const features = new Uint16Array(options.trees * nodes)
  const thresholds = new Float32Array(options.trees * nodes)
  const leaves = new Float32Array(options.trees * (nodes + 1))
  for (let tree = 0; tree < options.trees; tree += 1) {
    for (let row = 0; row < count; row += 1) {
      const p = sigmoid(scores[row]!)
      gradients[row] = (p - labels[row]!) * weights[row]!
      curvatures[row] = p * (1 - p) * weights[row]!
    }
    const inBag = draw(count, options.rowShare, random)
    const allowed = draw(width, options.featureShare, random)
    const grown = growTree(binned, { gradients, curvatures, inBag, allowed }, options)
    features.set(grown.features, tree * nodes)
    thresholds.set(grown.thresholds, tree * nodes)
    leaves.set(grown.leaves, tree * (nodes + 1))
    for (let row = 0; row < count; row += 1) scores[row]! += grown.leaves[grown.leafOf[row]!]!
  }
  return { depth: options.depth, trees: options.trees, bias, features, thresholds, leaves }
}

function priorLogOdds(labels: Uint8Array, weights: Float32Array): number {
  let positive = 1
  let negative = 1
  for (let row = 0; row < labels.length; row += 1) {
    if (labels[row] === 1) positive += weights[row]!
    else negative += weights[row]!
  }
  return Math.fround(Math.log(positive / negative))
}

function draw(count: number, share: number, random: Random): Uint8Array {
  return Uint8Array.from({ length: count }, () => (random() < share ? 1 : 0))
}
