import type { Protocol, Verdict } from '../../core/verdict.ts'
import type { ItemResult } from '../benchmark.ts'

/** How one item at one level ended, before a protocol decides what that is worth. */
export type Outcome =
  | { readonly kind: 'measured'; readonly hard: 0 | 1; readonly soft: number }
  /** The judge replied with something that could not be read, or failed in all rounds. */
  | { readonly kind: 'judge-failed' }
  /** There is an item but no answer or no verdict, for a reason outside the model. */
  | { readonly kind: 'missing' }
  /** The model was asked and gave no answer (refused, never stopped thinking). */
  | { readonly kind: 'unanswered' }
  /** Nobody was there who may decide. */
  | { readonly kind: 'no-scorer' }
  /** The protocol does not count the item. */
  | { readonly kind: 'left-out' }

export type OutcomeKind = Outcome['kind']

/**
 * The outcome of an item from its verdicts of one protocol. Under `official` only rules and the judge may decide: what a
 * reward model says of an added constraint is no figure of this benchmark.
 */
export function outcomeOf({ verdicts }: Pick<ItemResult, 'verdicts'>, protocol: Protocol): Outcome {
  if (protocol === 'official' && verdicts.some(({ scorer }) => scorer.startsWith('rm:'))) return { kind: 'no-scorer' }
  const unmeasured = verdicts.find(({ value }) => value === null)
  if (verdicts.length === 0) return { kind: 'missing' }
  if (unmeasured) return { kind: kindOf(unmeasured) }
  const met = verdicts.filter(({ value }) => value === 1).length
  return { kind: 'measured', hard: met === verdicts.length ? 1 : 0, soft: met / verdicts.length }
}

function kindOf({ status, detail }: Verdict): Exclude<OutcomeKind, 'measured'> {
  switch (status) {
    case 'judge-unparsed':
      return 'judge-failed'
    case 'judge-error':
      return detail?.replyAbsent === true ? 'missing' : 'judge-failed'
    case 'excluded':
      return detail?.leftOut === true ? 'left-out' : 'no-scorer'
    case 'refused':
    case 'unclosed-thinking':
      return 'unanswered'
    case 'ok':
    case 'truncated':
    case 'empty':
    case 'provider-error':
    case 'rm-error':
    case 'check-error':
      return 'missing'
    default: {
      const never: never = status
      return never
    }
  }
}

/** What an outcome adds to the sums of its level; null when it does not take part in the denominator. */
export interface Share {
  readonly hard: number
  readonly soft: number
}

type Arithmetic = Readonly<Record<Exclude<OutcomeKind, 'measured'>, number | null>>

/**
 * What an item without a verdict counts, per protocol.
 *
 * parity: `official` adds -1 for a judge reply that cannot be read and keeps it in the denominator (eval.py at 6278f4c1).
 * Upstream cannot score a run with a missing English reply or response at all; in Chinese a missing reply counts 0, which
 * is taken for both here.
 */
const arithmetic = {
  official: { 'judge-failed': -1, missing: 0, unanswered: 0, 'no-scorer': null, 'left-out': null },
  fixed: { 'judge-failed': null, missing: null, unanswered: 0, 'no-scorer': null, 'left-out': null },
} as const satisfies Record<string, Arithmetic>

/** The share of an outcome under a protocol. */
export function shareOf(outcome: Outcome, protocol: keyof typeof arithmetic): Share | null {
  if (outcome.kind === 'measured') return outcome
  const value = arithmetic[protocol][outcome.kind]
  return value === null ? null : { hard: value, soft: value }
}
