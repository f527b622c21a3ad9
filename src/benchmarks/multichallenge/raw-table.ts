import { attemptStatus, type ResultRow } from './official-run.ts'
import type { Question } from './schema.ts'

const columns = [
  'question_id',
  'axis',
  'original_conversation',
  'target_question',
  'pass_criteria',
  'attempt_number',
  'model_response',
  'judge_verdict',
  'passed',
  'reasoning',
  'final_result',
]

const absent = 'N/A'

/**
 * Upstream's raw table as CSV: a line per question and attempt, with the result rows of its id by position, misfiled ones
 * included (`src/result_parser.py` at 5ccefcca).
 * @param responses attempts by question id
 * @param attempts the number given on the command line
 */
export function rawTable(
  questions: readonly Question[],
  responses: ReadonlyMap<string, readonly string[]>,
  rows: readonly ResultRow[],
  attempts: number,
): string {
  const byId = new Map<string, ResultRow[]>()
  for (const row of rows) {
    const own = byId.get(row.question_id)
    if (own) own.push(row)
    else byId.set(row.question_id, [row])
  }
  const lines = [columns]
  for (const { id, axis, conversation, targetQuestion, passCriteria } of questions) {
    const own = byId.get(id) ?? []
    const turns = conversation.map(({ role, content }) => `${role.toUpperCase()}:\n${content}`).join('\n')
    const status = attemptStatus(own.filter(({ passed }) => passed).length, attempts)
    for (let attempt = 0; attempt < attempts; attempt++) {
      const row = own[attempt]
      lines.push([
        id,
        axis,
        turns,
        targetQuestion,
        `Response should receive a ${passCriteria} verdict`,
        String(attempt + 1),
        responses.get(id)?.[attempt] ?? absent,
        row?.verdict ?? absent,
        row?.passed ? 'PASSED' : 'FAILED',
        row?.reasoning ?? absent,
        status,
      ])
    }
  }
  return lines.map((fields) => `${fields.map(csvField).join(',')}\r\n`).join('')
}

/** Python's minimal quoting: only where a comma, a quote or a line end asks for it. */
function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
