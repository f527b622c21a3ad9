import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import { DataError } from '../../../core/errors.ts'
import { sha256 } from '../../../core/hash.ts'
import { type BoostedTrees, decodeTrees, treeBytes } from './boosted-trees.ts'
import { crossBits } from './crosses.ts'
import { featureVersion } from './features.ts'
import { inputNames, type LinearModels } from './inputs.ts'
import { relevanceWidth } from './relevance.ts'
import type { SoftScaling } from './soft-scaling.ts'

/** Folder of the weights that ship with the package. */
export const shippedModel = fileURLToPath(new URL('../../../data/reward-model/', import.meta.url))

/** Changes whenever the files are laid out otherwise. */
export const modelFormat = 2

/** Names of the two files of a model. */
export const modelFiles = { head: 'model.json', weights: 'model.bin' } as const

const headSchema = z.object({
  format: z.literal(modelFormat),
  featureVersion: z.int(),
  features: z.array(z.string()),
  trees: z.int().min(1).max(10_000),
  depth: z.int().min(1).max(12),
  bias: z.number(),
  weights: z.object({ sha256: z.string(), bytes: z.int() }),
  threshold: z.number().min(0).max(1),
  /** Step of the weights of the crosses, which stand behind the trees as one signed byte each. */
  crosses: z.object({ bits: z.literal(crossBits), scale: z.number() }),
  relevance: z.object({ weights: z.array(z.number()).length(relevanceWidth), offset: z.number() }),
  soft: z.object({ trees: z.number(), relevance: z.number(), offset: z.number() }),
  curve: z.object({ p: z.array(z.number()), labels: z.string() }),
})

/** What is read of `model.json`; training data and quality stand there for people. */
export type ModelHead = z.infer<typeof headSchema>

/** A model ready to score. */
export interface LoadedModel extends LinearModels {
  readonly trees: BoostedTrees
  /** First 8 hex digits of the weights' sha256. */
  readonly version: string
  readonly threshold: number
  /** Reads constraints in which nothing checkable was found: fitted on judged pairs. */
  readonly soft: SoftScaling
  /** Scores of judged pairs by models that had not seen them, with the judgement: what a cascade is calibrated on. */
  readonly curve: { readonly p: readonly number[]; readonly labels: readonly (0 | 1)[] }
}

/**
 * Loads a model from its folder.
 * @throws DataError `bad-model` for files that are not a model, do not belong together or fit other features
 */
export function loadModel(folder: string = shippedModel): LoadedModel {
  const location = { file: join(folder, modelFiles.head) }
  const fail = (message: string, cause?: unknown) => new DataError('bad-model', message, { location, cause })
  let raw: unknown
  let bytes: Uint8Array
  try {
    raw = JSON.parse(readFileSync(location.file, 'utf8'))
    bytes = readFileSync(join(folder, modelFiles.weights))
  } catch (cause) {
    throw fail(`Expected ${modelFiles.head} and ${modelFiles.weights} of a reward model`, cause)
  }
  const found = z.looseObject({ format: z.int() }).safeParse(raw)
  if (found.success && found.data.format !== modelFormat) {
    throw fail(`Expected weights of format ${modelFormat}, got ${found.data.format}: train again`)
  }
  const parsed = headSchema.safeParse(raw)
  if (!parsed.success) throw fail(`Expected the head of a reward model: ${z.prettifyError(parsed.error)}`)
  const head = parsed.data
  const hash = sha256(bytes)
  if (hash !== head.weights.sha256) throw fail(`Expected weights with sha256 ${head.weights.sha256}, got ${hash}`)
  if (head.featureVersion !== featureVersion || head.features.join() !== inputNames.join()) {
    throw fail(`Expected weights for feature version ${featureVersion}, got ${head.featureVersion}: train again`)
  }
  const { trees, depth, bias, threshold, crosses, relevance, soft, curve } = head
  const end = treeBytes({ trees, depth })
  if (bytes.byteLength !== end + 2 ** crossBits) {
    throw fail(`Expected ${end + 2 ** crossBits} bytes of weights, got ${bytes.byteLength}`)
  }
  return {
    trees: decodeTrees(bytes.subarray(0, end), { trees, depth, bias }),
    crosses: { weights: Int8Array.from(bytes.subarray(end), (byte) => (byte << 24) >> 24), scale: crosses.scale },
    relevance,
    version: hash.slice(0, 8),
    threshold,
    soft,
    curve: { p: curve.p, labels: Array.from(curve.labels, (label) => (label === '1' ? 1 : 0)) },
  }
}
