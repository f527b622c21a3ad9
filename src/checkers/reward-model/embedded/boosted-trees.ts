import { sigmoid } from '../../../stats/logistic.ts'

/**
 * Boosted trees of one depth. A tree is a full binary tree in heap order: node i asks whether `feature <= threshold`
 * and goes to 2i + 1, else to 2i + 2. Nodes that decide nothing have an infinite threshold.
 */
export interface BoostedTrees {
  readonly depth: number
  readonly trees: number
  /** Log-odds before the first tree. */
  readonly bias: number
  /** `trees * (2^depth - 1)` */
  readonly features: Uint16Array
  readonly thresholds: Float32Array
  /** `trees * 2^depth`, log-odds. */
  readonly leaves: Float32Array
}

/** Log-odds of one feature vector. */
export function treeScore(
  { depth, trees, bias, features, thresholds, leaves }: BoostedTrees,
  row: Float32Array,
): number {
  const nodes = 2 ** depth - 1
  let score = bias
  for (let tree = 0; tree < trees; tree += 1) {
    const base = tree * nodes
    let node = 0
    for (let level = 0; level < depth; level += 1) {
      node = 2 * node + (row[features[base + node]!]! <= thresholds[base + node]! ? 1 : 2)
    }
    score += leaves[tree * (nodes + 1) + node - nodes]!
  }
  return score
}

/** P(1) of one feature vector. */
export function treeProbability(model: BoostedTrees, row: Float32Array): number {
  return sigmoid(treeScore(model, row))
}

/** The arrays as bytes, little endian: features, thresholds, leaves. */
export function encodeTrees({ features, thresholds, leaves }: BoostedTrees): Uint8Array {
  const bytes = new Uint8Array(features.length * 2 + (thresholds.length + leaves.length) * 4)
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const value of thresholds) {
    view.setFloat32(at, value, true)
    at += 4
  }
  for (const value of leaves) {
    view.setFloat32(at, value, true)
    at += 4
  }
  for (const value of features) {
    view.setUint16(at, value, true)
    at += 2
  }
  return bytes
}

/** Number of bytes that {@link encodeTrees} makes. */
export function treeBytes({ trees, depth }: Pick<BoostedTrees, 'trees' | 'depth'>): number {
  return trees * ((2 ** depth - 1) * 6 + 2 ** depth * 4)
}

/**
 * Reads what {@link encodeTrees} wrote.
 * @throws RangeError for bytes of another size
 */
export function decodeTrees(bytes: Uint8Array, head: Pick<BoostedTrees, 'depth' | 'trees' | 'bias'>): BoostedTrees {
  const nodes = head.trees * (2 ** head.depth - 1)
  const leaves = head.trees * 2 ** head.depth
  const size = treeBytes(head)
  if (bytes.byteLength !== size) throw new RangeError(`Expected ${size} bytes of trees, got ${bytes.byteLength}`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return {
    ...head,
    thresholds: Float32Array.from({ length: nodes }, (_, index) => view.getFloat32(index * 4, true)),
    leaves: Float32Array.from({ length: leaves }, (_, index) => view.getFloat32((nodes + index) * 4, true)),
    features: Uint16Array.from({ length: nodes }, (_, index) => view.getUint16((nodes + leaves) * 4 + index * 2, true)),
  }
}
