import { DataError } from '../../core/errors.ts'
import { round2 } from '../../text/numpy-round.ts'
import { pairwiseMean } from '../../text/pairwise-sum.ts'
import { parseFloatPython } from '../../text/parse-float.ts'

/** Where a judgement came from: strict reading, fallback, nothing. */
export type JudgeParsing = '1' | '0' | '-1'

/** Constraint, instruction and priority satisfaction of one response: fractions, the latter two 0 or 1. */
export interface ItemMetrics {
  readonly csr: number
  readonly isr: number
  readonly psr: number
}

/** Above this, secondary criteria (or the response without primary ones) count as satisfied. */
const limit = 0.8

/**
 * Metrics of one response as upstream computes them, rounded to two decimals on the way (`code/evalaute.py` at 0bcbf9b0).
 * @param isPrimary one entry per criterion
 * @param scores score tokens as the judge wrote them; under parsing `0` only ones, any number
 * @throws DataError `cfbench-scores` where upstream's assertion fails: another number of scores than criteria;
 * `cfbench-value` where it raises ValueError: a score that is no number, an unknown parsing
 */
export function officialItemMetrics(
  isPrimary: readonly boolean[],
  scores: readonly string[],
  parsing: JudgeParsing,
): ItemMetrics {
  const values = scores.map(toNumber)
  const csr = round2(pairwiseMean(values))
  return { csr, isr: csr < 1 ? 0 : 1, psr: officialPsr(isPrimary, values, parsing, csr) }
}

function toNumber(token: string): number {
  const value = parseFloatPython(token)
  if (value === null) throw new DataError('cfbench-value', `Expected a number as score, got ${JSON.stringify(token)}`)
  return value
}

function officialPsr(
  isPrimary: readonly boolean[],
  values: readonly number[],
  parsing: JudgeParsing,
  csr: number,
): number {
  switch (parsing) {
    case '-1':
      return 0
    case '0':
      return csr > limit ? 1 : 0
    case '1':
      break
    default: {
      const never: never = parsing
      throw new DataError('cfbench-value', `Unknown judge_parsing: ${String(never)}`)
    }
  }
  if (values.length !== isPrimary.length) {
    throw new DataError('cfbench-scores', `Expected ${isPrimary.length} scores, got ${values.length}`)
  }
  const secondary = values.filter((_value, position) => !isPrimary[position])
  if (values.some((value, position) => isPrimary[position] && value === 0)) return 0
  if (secondary.length === values.length) return csr > limit ? 1 : 0
  if (secondary.length === 0) return 1
  // parity: both halves are floats, so that 3 of 5 secondary criteria give exactly 0.8 and fail.
  return 0.5 + 0.5 * round2(pairwiseMean(secondary)) > limit ? 1 : 0
}

/** The same figures without rounding on the way; thresholds are compared in whole numbers. */
export function exactItemMetrics(isPrimary: readonly boolean[], scores: readonly number[]): ItemMetrics {
  const total = scores.length
  const satisfied = sum(scores)
  const secondary = scores.filter((_score, position) => !isPrimary[position])
  const missesPrimary = scores.some((score, position) => isPrimary[position] && score === 0)
  const passes =
    secondary.length === total
      ? 5 * satisfied > 4 * total
      : secondary.length === 0 || 5 * sum(secondary) > 3 * secondary.length
  return { csr: satisfied / total, isr: satisfied === total ? 1 : 0, psr: passes && !missesPrimary ? 1 : 0 }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
