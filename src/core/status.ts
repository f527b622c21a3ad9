/**
 * How an item, a call or a verdict ended. Every one ends in exactly one status; a failed call is never an empty answer.
 *
 * - `ok`: measured.
 * - `truncated`: the model hit its token limit; the text is scored as it is.
 * - `empty`: the model answered nothing (or only white space).
 * - `unclosed-thinking`: a think block was opened and never closed; there is no answer to score.
 * - `refused`: the provider withheld the answer (content filter, refusal field).
 * - `provider-error`: no reply could be had.
 * - `judge-unparsed`: the judge replied, but no verdict could be read in all rounds that the protocol allows.
 * - `judge-error`: the judge could not be reached or answered nothing.
 * - `rm-error`: the reward model gave no usable score.
 * - `check-error`: the check itself failed (a snippet that crashed, a pattern that took too long).
 * - `excluded`: left out on purpose, with a reason (a condition that is not met, no judge configured, an item filter).
 */
export const statuses = [
  'ok',
  'truncated',
  'empty',
  'unclosed-thinking',
  'refused',
  'provider-error',
  'judge-unparsed',
  'judge-error',
  'rm-error',
  'check-error',
  'excluded',
] as const

export type Status = (typeof statuses)[number]

/** Statuses of a response that has text which can be scored. */
export function hasAnswer(status: Status): boolean {
  return status === 'ok' || status === 'truncated' || status === 'empty'
}
