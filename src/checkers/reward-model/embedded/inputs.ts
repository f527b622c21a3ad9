import type { ConstraintReading } from './constraint-reading.ts'
import { type CrossTable, crossScore, propertyCount, writeProperties } from './crosses.ts'
import { featureNames, writeFeatures } from './features.ts'
import { type RelevanceModel, relevanceScore } from './relevance.ts'
import type { ResponseReading } from './response-reading.ts'

/** The two linear models whose log-odds the trees are given beside the features. */
export interface LinearModels {
  readonly crosses: CrossTable
  readonly relevance: RelevanceModel
}

/** Columns behind the features. */
export const stackedNames = ['stacked:crosses', 'stacked:relevance'] as const
/** Names of everything that the trees are given. */
export const inputNames: readonly string[] = [...featureNames, ...stackedNames]
/** Column of the relevance. */
export const relevanceColumn = featureNames.length + 1

const properties = new Float32Array(propertyCount)

/** Writes what the trees are given for one pair. `out` holds {@link inputNames}.length values. */
export function writeInputs(
  { crosses, relevance }: LinearModels,
  constraint: ConstraintReading,
  response: ResponseReading,
  out: Float32Array,
): void {
  writeFeatures(constraint, response, out)
  writeProperties(out, response, properties)
  out[featureNames.length] = crossScore(crosses, constraint, properties)
  out[relevanceColumn] = relevanceScore(relevance, out)
}
