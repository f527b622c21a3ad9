import { describe, expect, it } from 'vitest'
import {
  decodeTrees,
  encodeTrees,
  treeProbability,
} from '../../../../src/checkers/reward-model/embedded/boosted-trees.ts'
import { boost, defaultBoosting, type TrainingRows } from '../../../../src/checkers/reward-model/training/boosting.ts'
import { mulberry32 } from '../../../../src/core/random.ts'

/** Label: the exclusive or of two features, with a third that means nothing. */
function rows(count: number, seed: number): TrainingRows {
  const random = mulberry32(seed)
  const features = Float32Array.from({ length: count * 3 }, () => random())
  const labels = Uint8Array.from({ length: count }, (_, row) =>
    features[row * 3]! > 0.5 !== features[row * 3 + 1]! > 0.3 ? 1 : 0,
  )
  return { features, width: 3, labels, weights: new Float32Array(count).fill(1) }
}

const options = { ...defaultBoosting, trees: 30, depth: 3, featureShare: 1 }

function accuracy(trees: ReturnType<typeof boost>, { features, width, labels }: TrainingRows): number {
  const right = labels.filter(
    (label, row) =>
      (treeProbability(trees, features.subarray(row * width, (row + 1) * width)) >= 0.5 ? 1 : 0) === label,
  )
  return right.length / labels.length
}

describe('boosted trees', () => {
  it('learn what no single feature tells', () => {
    const trees = boost(rows(2000, 1), options, mulberry32(2))
    expect(accuracy(trees, rows(500, 3))).toBeGreaterThan(0.95)
  })

  it('are the same to the bit for the same rows and seed, and others for another seed', () => {
    const bytes = (seed: number) => encodeTrees(boost(rows(400, 1), options, mulberry32(seed)))
    expect(bytes(2)).toEqual(bytes(2))
    expect(bytes(2)).not.toEqual(bytes(4))
  })

  it('survive being written and read', () => {
    const trees = boost(rows(400, 1), options, mulberry32(2))
    const { depth, bias } = trees
    const again = decodeTrees(encodeTrees(trees), { depth, bias, trees: trees.trees })
    const row = Float32Array.of(0.2, 0.9, 0.5)
    expect(treeProbability(again, row)).toBe(treeProbability(trees, row))
  })

  it('are refused when bytes are missing', () => {
    const trees = boost(rows(100, 1), { ...options, trees: 2 }, mulberry32(2))
    const { depth, bias } = trees
    expect(() => decodeTrees(encodeTrees(trees).subarray(1), { depth, bias, trees: 2 })).toThrow(/bytes of trees/)
  })

  it('give the share of satisfied pairs where features tell nothing', () => {
    const flat: TrainingRows = {
      features: new Float32Array(300),
      width: 3,
      labels: Uint8Array.from({ length: 100 }, (_, row) => (row < 80 ? 1 : 0)),
      weights: new Float32Array(100).fill(1),
    }
    expect(treeProbability(boost(flat, options, mulberry32(1)), new Float32Array(3))).toBeCloseTo(0.8, 1)
  })
})
