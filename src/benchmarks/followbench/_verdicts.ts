import type { Constraint, Item } from '../../core/item.ts'
import type { ModelResponse } from '../../core/response.ts'
import type { Status } from '../../core/status.ts'
import type { Protocol, Verdict } from '../../core/verdict.ts'
import type { FollowBenchData } from './schema.ts'

/** What every verdict on one response says. */
export interface Subject {
  readonly item: Item<FollowBenchData>
  readonly response: ModelResponse
}

/** The part of a verdict that is decided. */
export type Decision = Omit<Verdict, 'item' | 'sample' | 'constraint' | 'protocol'>

/** A whole verdict. */
export function verdict(subject: Subject, protocol: Protocol, constraint: Constraint, decision: Decision): Verdict {
  return {
    item: subject.item.id,
    sample: subject.response.sample,
    constraint: constraint.id,
    protocol,
    ...decision,
  }
}

/** The same absence of a value for every constraint of the item. */
export function unmeasured(
  subject: Subject,
  protocol: Protocol,
  { scorer, status, reason }: { readonly scorer: string; readonly status: Status; readonly reason: string },
): Verdict[] {
  return subject.item.constraints.map((constraint) =>
    verdict(subject, protocol, constraint, { scorer, value: null, status, reason }),
  )
}
