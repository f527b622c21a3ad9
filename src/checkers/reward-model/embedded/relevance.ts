import { absent } from './feature-group.ts'
import { featureNames } from './features.ts'

/** A linear model of {@link relevanceInputs}, in log-odds. */
export interface RelevanceModel {
  readonly weights: readonly number[]
  readonly offset: number
}

const column = (name: string) => featureNames.indexOf(name)
const words = column('overlap:words')
const trigrams = column('overlap:trigrams')
const needed = column('overlap:needed')
const opening = column('overlap:opening')
const ending = column('overlap:ending')
const names = column('overlap:names')
const negated = column('negated')

/** Number of inputs. */
export const relevanceWidth = 8

/** What tells a response that was written for a constraint from one that was not: its words, wherever they come up. */
export function relevanceInputs(row: Float32Array): number[] {
  const share = (feature: number, otherwise: number) => (row[feature] === absent ? otherwise : row[feature]!)
  return [
    share(words, 0),
    share(trigrams, 0),
    share(opening, 0),
    share(ending, 0),
    share(names, 0.5),
    row[names] === absent ? 0 : 1,
    Math.log2(row[needed]! + 1),
    row[negated]!,
  ]
}

/** Log-odds that a response was written for the constraint. */
export function relevanceScore({ weights, offset }: RelevanceModel, row: Float32Array): number {
  return relevanceInputs(row).reduce((sum, value, index) => sum + value * weights[index]!, offset)
}
