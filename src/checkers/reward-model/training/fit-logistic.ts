import { sigmoid } from '../../../stats/logistic.ts'

/** Weights of the inputs as they come, and the log-odds without any. */
export interface LinearFit {
  readonly weights: readonly number[]
  readonly offset: number
}

const steps = 25

/**
 * Logistic regression by Newton's method on standardised inputs.
 * @param inputs at least one row
 * @param ridge L2 penalty of standardised weights
 */
export function fitLogistic(
  inputs: readonly (readonly number[])[],
  labels: readonly number[],
  ridge: number,
): LinearFit {
  const width = inputs[0]!.length
  const means = Array.from({ length: width }, (_, column) => mean(inputs.map((row) => row[column]!)))
  const spreads = means.map((center, column) => {
    const variance = mean(inputs.map((row) => (row[column]! - center) ** 2))
    return variance > 1e-12 ? Math.sqrt(variance) : 1
  })
  const rows = inputs.map((row) => [...row.map((value, column) => (value - means[column]!) / spreads[column]!), 1])
  const solution = new Array<number>(width + 1).fill(0)
  for (let step = 0; step < steps; step += 1) {
    const gradient = solution.map((weight, index) => (index < width ? ridge * weight : 1e-6 * weight))
    const curvature = solution.map((_, index) =>
      solution.map((__, other) => (index === other ? (index < width ? ridge : 1e-6) : 0)),
    )
    rows.forEach((row, index) => {
      const p = sigmoid(row.reduce((sum, value, column) => sum + value * solution[column]!, 0))
      row.forEach((value, column) => {
        gradient[column]! += (p - labels[index]!) * value
        row.forEach((other, second) => {
          curvature[column]![second]! += p * (1 - p) * value * other
        })
      })
    })
    const change = solve(curvature, gradient)
    change.forEach((value, index) => {
      solution[index]! -= value
    })
    if (Math.max(...change.map(Math.abs)) < 1e-10) break
  }
  const weights = spreads.map((spread, column) => solution[column]! / spread)
  const offset = solution[width]! - weights.reduce((sum, weight, column) => sum + weight * means[column]!, 0)
  return { weights, offset }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Gaussian elimination with pivoting. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, index) => [...row, right[index]!])
  const size = rows.length
  for (let column = 0; column < size; column += 1) {
    let pivot = column
    for (let row = column + 1; row < size; row += 1) {
      if (Math.abs(rows[row]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = row
    }
    const swapped = rows[column]!
    rows[column] = rows[pivot]!
    rows[pivot] = swapped
    for (let row = column + 1; row < size; row += 1) {
      const factor = rows[row]![column]! / rows[column]![column]!
      for (let at = column; at <= size; at += 1) rows[row]![at]! -= factor * rows[column]![at]!
    }
  }
  const found = new Array<number>(size).fill(0)
  for (let row = size - 1; row >= 0; row -= 1) {
    let rest = rows[row]![size]!
    for (let column = row + 1; column < size; column += 1) rest -= rows[row]![column]! * found[column]!
    found[row] = rest / rows[row]![row]!
  }
  return found
}
