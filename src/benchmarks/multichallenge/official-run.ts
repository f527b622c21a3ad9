import type { Question } from './schema.ts'

/** What the judge call about one attempt gave: a verdict, or the exception with which it ended. */
export type AttemptOutcome = { readonly verdict: string; readonly reasoning: string } | { readonly error: string }

/** A question with the outcomes of its attempts; null when the responses lack its id. */
export interface JudgedQuestion extends Pick<Question, 'id' | 'axis' | 'passCriteria'> {
  readonly attempts: readonly AttemptOutcome[] | null
}

/** One row of upstream's results, under upstream's names. */
export interface ResultRow {
  readonly question_id: string
  readonly axis: string
  readonly attempt: number | 'NA'
  readonly reasoning: string
  readonly verdict: string
  readonly pass_criteria: string
  readonly passed: boolean
  readonly final_status: string
}

type UnfinishedRow = Omit<ResultRow, 'final_status'>

/** Axis under which failed judge calls are filed. */
export const failedAxis = 'NA'

/**
 * Upstream's evaluation loop with its faults (`src/evaluator.py` at 5ccefcca, whose judge client is replaced because the
 * published one does not start). Questions without responses come first, the others in order.
 */
export function officialRows(questions: readonly JudgedQuestion[]): ResultRow[] {
  const answered = questions.filter(({ attempts }) => attempts !== null)
  // parity: the loop variable outlives the loop, so that every row names the last attempt of the last answered question.
  const attempt = answered.reduce((last, { attempts }) => (attempts!.length > 0 ? attempts!.length - 1 : last), 0)
  const rows: UnfinishedRow[] = questions
    .filter(({ attempts }) => attempts === null)
    .map(({ id, axis, passCriteria }) => ({
      question_id: id,
      axis,
      attempt: 0,
      reasoning: 'NA - Question ID not found in responses',
      verdict: 'NO',
      pass_criteria: passCriteria,
      // parity: not compared with the pass criteria, so that a missing answer fails a NO question, too.
      passed: false,
    }))
  // parity: a failed call is filed under the question that was judged last, at first under the last one of the file.
  let current = questions.at(-1)?.id ?? ''
  for (const { id, axis, passCriteria, attempts } of answered) {
    for (const outcome of attempts!) {
      if ('error' in outcome) {
        rows.push(failedRow(current, outcome.error))
        continue
      }
      current = id
      const { verdict, reasoning } = outcome
      const passed = verdict === passCriteria
      rows.push({ question_id: id, axis, attempt, reasoning, verdict, pass_criteria: passCriteria, passed })
    }
  }
  return withStatus(rows)
}

function failedRow(id: string, error: string): UnfinishedRow {
  return {
    question_id: id,
    axis: failedAxis,
    attempt: 'NA',
    reasoning: `Error during evaluation: ${error}`,
    verdict: 'NO',
    pass_criteria: 'NA',
    passed: false,
  }
}

/** Adds the status, which counts all rows of a question id, across axes. */
function withStatus(rows: readonly UnfinishedRow[]): ResultRow[] {
  const counts = new Map<string, { passed: number; all: number }>()
  for (const { question_id, passed } of rows) {
    const count = counts.get(question_id) ?? { passed: 0, all: 0 }
    counts.set(question_id, { passed: count.passed + Number(passed), all: count.all + 1 })
  }
  return rows.map((row) => {
    const { passed, all } = counts.get(row.question_id)!
    return { ...row, final_status: attemptStatus(passed, all) }
  })
}

/** `PASS (1/3 attempts passed)`. */
export function attemptStatus(passed: number, attempts: number): string {
  return `${passed > 0 ? 'PASS' : 'FAIL'} (${passed}/${attempts} attempts passed)`
}
