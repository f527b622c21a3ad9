import type { CallMeta } from '../endpoint.ts'
import { type Fields, first, isFields, toId, toIndex, toText } from './_fields.ts'

const replyKeys = ['judge_response', 'judge_reply']

/** What a judge said about an item's response, as a record holds it. */
export interface Judgement {
  /** Replies to sample 0, 1, ... of the item; null where the record says that there was none. */
  readonly replies: readonly (string | null)[]
  /** The question it answers. Null stands for every constraint, step and round, and for the next sample of the item. */
  readonly constraint: string | null
  readonly purpose: string | null
  readonly attempt: number | null
  readonly sample: number | null
}

/** Reads the judge's part of a record; null where it has none. */
export function readJudgement(fields: Fields): Judgement | null {
  const replies = first(fields, replyKeys, repliesOf)
  if (replies === null) return null
  return {
    replies,
    constraint: first(fields, ['constraint'], toId),
    purpose: first(fields, ['purpose'], toText),
    attempt: first(fields, ['attempt'], toIndex),
    sample: first(fields, ['sample'], toIndex),
  }
}

/** Whether it answers the question of a call. The sample is looked at apart. */
export function isAbout({ constraint, purpose, attempt }: Judgement, meta: CallMeta): boolean {
  return (
    (constraint === null || constraint === meta.constraint) &&
    (purpose === null || purpose === meta.purpose) &&
    (attempt === null || attempt === meta.attempt)
  )
}

/** One reply, or a list of replies to several samples. A parsed reply is put back into JSON. */
function repliesOf(value: unknown): readonly (string | null)[] | null {
  if (typeof value === 'string' || value === null) return [value]
  if (Array.isArray(value)) return value.flatMap((part) => repliesOf(part) ?? [])
  return isFields(value) ? [JSON.stringify(value)] : null
}
