import { type ConstraintReading, readConstraint } from '../embedded/constraint-reading.ts'
import { featureNames, writeFeatures } from '../embedded/features.ts'
import { ResponseReading } from '../embedded/response-reading.ts'
import type { LabelledPair } from './labelled-pair.ts'

/** Features of all pairs, row-major. Rows of one response follow each other in the data, so one reading is kept. */
export function featureMatrix(pairs: readonly Pick<LabelledPair, 'response' | 'constraint'>[]): Float32Array {
  const width = featureNames.length
  const matrix = new Float32Array(pairs.length * width)
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
    writeFeatures(constraint, response, matrix.subarray(row * width, (row + 1) * width))
  })
  return matrix
}

/** Some rows of a matrix. */
export function takeRows(matrix: Float32Array, width: number, rows: readonly number[]): Float32Array {
  const taken = new Float32Array(rows.length * width)
  rows.forEach((row, index) => {
    taken.set(matrix.subarray(row * width, (row + 1) * width), index * width)
  })
  return taken
}
