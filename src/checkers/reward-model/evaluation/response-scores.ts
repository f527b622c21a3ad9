import { groupBy } from '../../../core/group-by.ts'
import { mean } from '../../../stats/sum.ts'
import { responseKey, type ScoredLine } from './clusters.ts'

/** Scores of whole responses: soft, hard, and by the labels. Each figure is a mean over responses. */
export interface ResponseScores {
  readonly responses: number
  /** Mean probability over a response's constraints: the paper's reward. No rate of satisfaction unless calibrated. */
  readonly soft: number | null
  /** Share of a response's constraints at or over the threshold. */
  readonly hard: number | null
  /** Share of responses with all constraints at or over the threshold. */
  readonly allSatisfied: number | null
  /** The same by the labels. */
  readonly labelled: number | null
  readonly labelledAllSatisfied: number | null
}

/** Scores of responses, each with all of its constraints. */
export function responseScores(lines: readonly ScoredLine[], threshold: number): ResponseScores {
  const responses = [...groupBy(lines, ({ line }) => responseKey(line)).values()]
  const over = (read: (constraints: readonly ScoredLine[]) => number) => mean(responses.map(read))
  const share = (constraints: readonly ScoredLine[], holds: (pair: ScoredLine) => boolean) =>
    constraints.filter(holds).length / constraints.length
  const passes = ({ p }: ScoredLine) => p >= threshold
  const isSatisfied = ({ label }: ScoredLine) => label === 1
  return {
    responses: responses.length,
    soft: over((constraints) => mean(constraints.map(({ p }) => p))!),
    hard: over((constraints) => share(constraints, passes)),
    allSatisfied: over((constraints) => Number(constraints.every(passes))),
    labelled: over((constraints) => share(constraints, isSatisfied)),
    labelledAllSatisfied: over((constraints) => Number(constraints.every(isSatisfied))),
  }
}
