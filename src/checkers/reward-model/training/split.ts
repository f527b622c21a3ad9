import { deriveSeed } from '../../../core/random.ts'
import type { LabelledPair } from './labelled-pair.ts'

/** Number of parts that clusters are spread over. */
export const folds = 5
/** The part that the shipped weights never see. */
export const testFold = 0

/** Part of a cluster: by its name alone, so that more data move nothing. */
export function foldOf({ cluster }: Pick<LabelledPair, 'cluster'>): number {
  return deriveSeed('fold', cluster) % folds
}

/** Rows to learn from when `fold` is held out. The first wording of every kind is never learnt from. */
export function trainingRows(pairs: readonly LabelledPair[], fold: number): number[] {
  return rowsWhere(pairs, (pair) => foldOf(pair) !== fold && pair.wording !== 0)
}

/** Indices of the pairs that fit. */
export function rowsWhere(pairs: readonly LabelledPair[], fits: (pair: LabelledPair) => boolean): number[] {
  const rows: number[] = []
  pairs.forEach((pair, row) => {
    if (fits(pair)) rows.push(row)
  })
  return rows
}
