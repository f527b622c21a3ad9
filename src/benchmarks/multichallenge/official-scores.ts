import { DataError } from '../../core/errors.ts'
import { formatFixed } from '../../text/exact-decimal.ts'
import type { ResultRow } from './official-run.ts'

/** Scores in percent. */
export interface OfficialScores {
  /** Plain mean of the axis scores, failed judge calls being an axis of their own. */
  readonly overall: number
  /** In the order in which the axes first occur in the rows. */
  readonly axes: ReadonlyMap<string, number>
}

/**
 * Upstream's scores: per axis the share of question ids with at least one passed row in it, then the mean over the axes
 * that were seen (`src/result_parser.py` at 5ccefcca).
 * @throws DataError `no-results` where upstream divides by zero: there is no row at all
 */
export function officialScores(rows: readonly Pick<ResultRow, 'question_id' | 'axis' | 'passed'>[]): OfficialScores {
  const passedByAxis = new Map<string, Map<string, boolean>>()
  for (const { question_id, axis, passed } of rows) {
    const questions = passedByAxis.get(axis) ?? new Map<string, boolean>()
    passedByAxis.set(axis, questions)
    questions.set(question_id, passed || questions.get(question_id) === true)
  }
  const axes = new Map<string, number>()
  for (const [axis, questions] of passedByAxis) {
    axes.set(axis, ([...questions.values()].filter(Boolean).length / questions.size) * 100)
  }
  if (axes.size === 0) throw new DataError('no-results', 'Expected at least one result row, got none')
  return { overall: [...axes.values()].reduce((sum, score) => sum + score, 0) / axes.size, axes }
}

/**
 * Upstream's score file.
 * @param attempts the number given on the command line, whatever the responses hold
 */
export function scoreText({ overall, axes }: OfficialScores, attempts: number): string {
  const lines = [...axes].map(([axis, score]) => `${axis}: ${formatFixed(score, 2)}%\n`)
  return `Attempts: ${attempts} Overall Score: ${formatFixed(overall, 2)}%\n\nAxis Scores:\n${lines.join('')}`
}
