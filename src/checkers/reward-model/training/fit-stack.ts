import { deriveSeed, mulberry32 } from '../../../core/random.ts'
import { type BoostedTrees, treeScore } from '../embedded/boosted-trees.ts'
import { type CrossTable, crossScore, propertyCount } from '../embedded/crosses.ts'
import { featureNames } from '../embedded/features.ts'
import { inputNames, type LinearModels } from '../embedded/inputs.ts'
import { type RelevanceModel, relevanceInputs, relevanceScore, relevanceWidth } from '../embedded/relevance.ts'
import { type BoostingOptions, boost } from './boosting.ts'
import type { PairMatrix } from './feature-matrix.ts'
import { averageTables, fitCrosses } from './fit-crosses.ts'
import { fitLogistic } from './fit-logistic.ts'
import type { LabelledPair } from './labelled-pair.ts'

/** Two linear models and the trees that stand on them. */
export interface Stack extends LinearModels {
  readonly trees: BoostedTrees
}

/** What a stack is trained on. */
export interface StackData {
  readonly pairs: readonly LabelledPair[]
  readonly matrix: PairMatrix
  readonly weights: Float32Array
  readonly boosting: BoostingOptions
  readonly seed: number
}

/**
 * Trains on some rows. The trees see scores of linear models that knew neither the cluster nor the wording of the row:
 * clusters and wordings are each cut in halves, and the model for a quarter learns from the opposite one. What is kept is
 * the mean of the four.
 */
export function fitStack(data: StackData, rows: readonly number[], name: string): Stack {
  const { pairs, matrix, weights, boosting, seed } = data
  const labels = Uint8Array.from(pairs, ({ label }) => label)
  const quarterOf = rows.map((row) => quarter(pairs[row]!, matrix.grams[row]!))
  const of = (part: number) => rows.filter((_, index) => quarterOf[index] === part)
  const tables = [0, 1, 2, 3].map((part) =>
    fitCrosses(matrix, of(part), labels, weights, mulberry32(deriveSeed('crosses', name, part, seed))),
  )
  const relevances = [0, 1].map((half) =>
    relevanceOf(
      data,
      rows.filter((_, index) => quarterOf[index]! >> 1 === half),
    ),
  )
  const width = inputNames.length
  const inputs = new Float32Array(rows.length * width)
  rows.forEach((row, index) => {
    const opposite = 3 - quarterOf[index]!
    const models = { crosses: { weights: tables[opposite]!, scale: 1 }, relevance: relevances[opposite >> 1]! }
    fillInputs(matrix, row, models, inputs.subarray(index * width, (index + 1) * width))
  })
  const trees = boost(
    {
      features: inputs,
      width,
      labels: Uint8Array.from(rows, (row) => labels[row]!),
      weights: Float32Array.from(rows, (row) => weights[row]!),
    },
    boosting,
    mulberry32(deriveSeed('boosting', name, seed)),
  )
  return { trees, crosses: averageTables(tables), relevance: relevanceOf(data, rows) }
}

/** Log-odds of one row. */
export interface RowScore {
  readonly tree: number
  readonly relevance: number
}

/** Log-odds of some rows. */
export function scoreRows(stack: Stack, matrix: PairMatrix, rows: readonly number[]): RowScore[] {
  const row = new Float32Array(inputNames.length)
  return rows.map((index) => {
    fillInputs(matrix, index, stack, row)
    return { tree: treeScore(stack.trees, row), relevance: row[inputNames.length - 1]! }
  })
}

function fillInputs(
  matrix: PairMatrix,
  row: number,
  models: { crosses: CrossTable; relevance: RelevanceModel },
  out: Float32Array,
) {
  const width = featureNames.length
  out.set(matrix.features.subarray(row * width, (row + 1) * width))
  const properties = matrix.properties.subarray(row * propertyCount, (row + 1) * propertyCount)
  out[width] = crossScore(models.crosses, { grams: matrix.grams[row]! }, properties)
  out[width + 1] = relevanceScore(models.relevance, out)
}

/** 0 to 3: the half of the cluster, then the half of the wording. Texts without numbered wordings go by their n-grams. */
function quarter({ cluster, wording, type }: LabelledPair, grams: Uint32Array): number {
  const words =
    wording === null ? grams.reduce((sum, gram) => (sum + gram) >>> 0, 0) : deriveSeed('wording', type, wording)
  return 2 * (deriveSeed('half', cluster) & 1) + ((words ^ (words >>> 16)) & 1)
}

/** L2 penalty of standardised weights. */
const relevanceRidge = 10

/** Learns from neighbouring levels alone: no judgement enters. */
function relevanceOf({ pairs, matrix }: StackData, rows: readonly number[]): RelevanceModel {
  const used = rows.filter((row) => pairs[row]!.source.endsWith('-pseudo'))
  const width = featureNames.length
  if (used.length === 0) return { weights: new Array<number>(relevanceWidth).fill(0), offset: 0 }
  return fitLogistic(
    used.map((row) => relevanceInputs(matrix.features.subarray(row * width, (row + 1) * width))),
    used.map((row) => pairs[row]!.label),
    relevanceRidge,
  )
}
