import { type ConstraintReading, readConstraint } from '../embedded/constraint-reading.ts'
import { propertyCount, writeProperties } from '../embedded/crosses.ts'
import { featureNames, writeFeatures } from '../embedded/features.ts'
import { ResponseReading } from '../embedded/response-reading.ts'
import type { LabelledPair } from './labelled-pair.ts'

/** Everything that is read of all pairs. */
export interface PairMatrix {
  /** Features, row-major. */
  readonly features: Float32Array
  /** Coarse properties, row-major. */
  readonly properties: Float32Array
  /** Hashed n-grams of the constraint of every row. */
  readonly grams: readonly Uint32Array[]
  /** False where nothing checkable was found in the constraint. */
  readonly isCheckable: readonly boolean[]
}

/** Reads all pairs. Rows of one response follow each other in the data, so one reading is kept. */
export function featureMatrix(pairs: readonly Pick<LabelledPair, 'response' | 'constraint'>[]): PairMatrix {
  const width = featureNames.length
  const features = new Float32Array(pairs.length * width)
  const properties = new Float32Array(pairs.length * propertyCount)
  const grams: Uint32Array[] = []
  const isCheckable: boolean[] = []
  const constraints = new Map<string, ConstraintReading>()
  let response: ResponseReading | null = null
  let text: string | null = null
  pairs.forEach((pair, row) => {
    if (response === null || pair.response !== text) {
      response = new ResponseReading(pair.response)
      text = pair.response
    }
    let constraint = constraints.get(pair.constraint)
    if (!constraint) {
      constraint = readConstraint(pair.constraint)
      constraints.set(pair.constraint, constraint)
    }
    const own = features.subarray(row * width, (row + 1) * width)
    writeFeatures(constraint, response, own)
    writeProperties(own, response, properties.subarray(row * propertyCount, (row + 1) * propertyCount))
    grams.push(constraint.grams)
    isCheckable.push(constraint.isCheckable)
  })
  return { features, properties, grams, isCheckable }
}

/** Some rows of a matrix. */
export function takeRows(matrix: Float32Array, width: number, rows: readonly number[]): Float32Array {
  const taken = new Float32Array(rows.length * width)
  rows.forEach((row, index) => {
    taken.set(matrix.subarray(row * width, (row + 1) * width), index * width)
  })
  return taken
}
