import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sha256 } from '../../../core/hash.ts'
import { encodeTrees } from '../embedded/boosted-trees.ts'
import { crossBits } from '../embedded/crosses.ts'
import { featureVersion } from '../embedded/features.ts'
import { inputNames } from '../embedded/inputs.ts'
import { type ModelHead, modelFiles, modelFormat } from '../embedded/model-file.ts'
import type { TrainedModel } from './train-model.ts'

/** Name of the file that holds what was measured. */
export const qualityFile = 'quality.json'

/**
 * Writes weights, head and measured quality into a folder. Nothing depends on the clock: the same inputs give the same
 * bytes.
 * @param trainingData sha256 of every file learnt from, by name
 */
export function writeModel(
  folder: string,
  { trees, crosses, relevance, soft, quality, curve }: TrainedModel,
  provenance: { readonly seed: number; readonly trainingData: Readonly<Record<string, string>> },
): void {
  mkdirSync(folder, { recursive: true })
  const weights = Buffer.concat([encodeTrees(trees), Uint8Array.from(crosses.weights)])
  const head: ModelHead & typeof provenance = {
    format: modelFormat,
    featureVersion,
    features: [...inputNames],
    trees: trees.trees,
    depth: trees.depth,
    bias: trees.bias,
    weights: { sha256: sha256(weights), bytes: weights.byteLength },
    threshold: 0.5,
    crosses: { bits: crossBits, scale: crosses.scale },
    relevance: { weights: [...relevance.weights], offset: relevance.offset },
    soft,
    curve: { p: curve.map(({ p }) => p), labels: curve.map(({ label }) => label).join('') },
    ...provenance,
  }
  writeFileSync(join(folder, modelFiles.weights), weights)
  writeFileSync(join(folder, modelFiles.head), `${JSON.stringify(head, null, 1)}\n`)
  writeFileSync(join(folder, qualityFile), `${JSON.stringify(quality, null, 1)}\n`)
}
