import { hasAnswer, type Status } from '../../core/status.ts'
import type { Protocol, Verdict } from '../../core/verdict.ts'

/**
 * Raw verdict of a question as upstream keeps it: true, false, 2 for an unknown rule form, null where its file says so;
 * undefined where it is not known and not guessed.
 */
export type Raw = boolean | 2 | null | undefined

/** Raw verdict of a question, and what it would be if everything missing had failed or passed. */
export interface QuestionState {
  readonly point: Raw
  readonly low: Raw
  readonly high: Raw
  readonly isMissing: boolean
}

/**
 * Reads a verdict.
 *
 * A measured one counts as it is. What failed (a call, a check) counts as false under `official`, the score that
 * upstream's failed calls end in, and is left out under `fixed`; what was excluded is left out under both. Verdicts on a
 * missing response count as upstream counts them. All of these are missing: the bounds say what they are worth.
 */
export function questionState(verdict: Verdict | undefined, protocol: Protocol): QuestionState {
  if (verdict === undefined) return missing(protocol === 'official' ? false : undefined)
  const { value, status } = verdict
  const raw = toRaw(value)
  if (hasAnswer(status)) return { point: raw, low: raw, high: raw, isMissing: false }
  if (value !== null) return missing(raw)
  return missing(protocol === 'official' && countsAsFalse(status) ? false : undefined)
}

function countsAsFalse(status: Status): boolean {
  return status !== 'excluded'
}

function missing(point: Raw): QuestionState {
  return { point, low: false, high: true, isMissing: true }
}

function toRaw(value: number | null): Raw {
  if (value === 1) return true
  if (value === 0) return false
  return value === null ? null : 2
}
