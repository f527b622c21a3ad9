import type { CallFailure, CallRequest, Usage } from '../core/call.ts'
import type { Status } from '../core/status.ts'
import type { EndpointIdentity } from './call-key.ts'
import type { StopSwitch } from './stop.ts'

/** A reply as an endpoint gives it. */
export interface TargetReply {
  readonly status: Status
  readonly text: string | null
  readonly reasoning: string | null
  readonly finishReason: string | null
  readonly returnedModel: string | null
  readonly usage: Usage | null
  readonly raw: unknown
}

export type TargetOutcome =
  | { readonly kind: 'reply'; readonly reply: TargetReply; readonly tries: number }
  | {
      readonly kind: 'failure'
      readonly failure: CallFailure
      readonly tries: number
      /** Set when no call to this endpoint can succeed (wrong key, unknown model): the run stops with this error. */
      readonly fatal?: Error
    }

/** An endpoint with its queue and its share of the budget, as the call door sees it. */
export interface CallTarget extends EndpointIdentity {
  /** As people write it and verdicts name it: `openai/gpt-4o`, `http://host/v1#model`, `demo/judge`. */
  readonly name: string
  /** Reserves the most that a call can cost (USD), after others where it has to; null when the budget is used up. */
  reserve(request: CallRequest): Promise<number | null>
  /** Turns a reservation into what the call really cost (USD). */
  settle(reserved: number, actual: number): void
  /** Counts what an earlier sitting of the run has paid (USD). */
  pay(cost: number): void
  /** USD of a reply; 0 for an endpoint without a price, null where the server did not count tokens. */
  cost(usage: Usage | null): number | null
  send(benchmark: string, request: CallRequest, stop: StopSwitch): Promise<TargetOutcome>
}
