import { DataError } from '../../core/errors.ts'

/**
 * Attempts in the `RESPONSE` field of a response line, as upstream's loop takes them.
 * @throws DataError `broken-response` for null and other values on which upstream ends with a TypeError
 */
export function officialAttempts(value: unknown): string[] {
  // parity: a bare string is walked through character by character, one attempt each.
  if (typeof value === 'string') return [...value]
  if (Array.isArray(value) && value.every((attempt) => typeof attempt === 'string')) return value
  throw new DataError('broken-response', `Expected an array of strings, got ${value === null ? 'null' : typeof value}`)
}

/** The same, with a bare string as the one attempt that it is. */
export function attempts(value: unknown): string[] {
  return typeof value === 'string' ? [value] : officialAttempts(value)
}

/** What upstream stores as the response when a generation raises; the judge reads it like any answer. */
export function failedGeneration(questionId: string, exceptionText: string): string {
  return `Error generating response for question_id ${questionId}: ${exceptionText}.\n FAIL THIS QUESTION`
}
