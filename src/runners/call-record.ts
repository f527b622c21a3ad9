import type { CallFailure, CallRequest, CallRole, Reply, Usage } from '../core/call.ts'
import type { Message } from '../core/message.ts'
import type { Sampling } from '../core/sampling.ts'
import type { Status } from '../core/status.ts'

/** What every record says of its call. */
interface RecordHead {
  readonly key: string
  readonly endpoint: string
  readonly role: CallRole
  readonly purpose: string
  readonly benchmark: string
  readonly item: string | null
  readonly constraint: string | null
  readonly sample: number
  readonly attempt: number
}

/** How a call went on the wire. */
interface Passage {
  /** HTTP requests that it took, a successful one included. */
  readonly tries: number
  /** ISO 8601, when the call ended. */
  readonly at: string
  /** Null where nobody measured it: replies of a batch. */
  readonly ms: number | null
}

/** One line of `calls.jsonl`: a reply. A call whose key has a reply in the log is never made again. */
export interface ReplyRecord extends RecordHead, Passage {
  readonly v: 1
  readonly kind: 'reply'
  readonly sampling: Sampling
  readonly templateHash: string | null
  /** Kept for calls to the model under test; other prompts follow from the data and the template hash. */
  readonly messages?: readonly Message[]
  readonly status: Status
  readonly text: string | null
  readonly reasoning: string | null
  readonly finishReason: string | null
  readonly returnedModel: string | null
  readonly usage: Usage | null
  /** The provider's reply as it came, secrets redacted. */
  readonly raw: unknown
}

/** One line of `calls.jsonl`: a call that gave no reply. It is made again when the run is resumed. */
export interface FailureRecord extends RecordHead, Passage {
  readonly v: 1
  readonly kind: 'failure'
  readonly failure: CallFailure
}

export type CallRecord = ReplyRecord | FailureRecord

/** The fields that a record takes over from its request. */
export function recordHead(key: string, endpoint: string, benchmark: string, request: CallRequest): RecordHead {
  return {
    key,
    endpoint,
    role: request.role,
    purpose: request.purpose,
    benchmark,
    item: request.item ?? null,
    constraint: request.constraint ?? null,
    sample: request.sample,
    attempt: request.attempt ?? 0,
  }
}

/** A logged reply as benchmarks see it. */
export function toReply(record: ReplyRecord): Reply {
  const { key, status, text, reasoning, finishReason, returnedModel, usage } = record
  return { key, status, text, reasoning, finishReason, returnedModel, usage }
}

/** A failed call as benchmarks see it. */
export function toFailedReply(key: string, failure: CallFailure): Reply {
  return {
    key,
    status: 'provider-error',
    text: null,
    reasoning: null,
    finishReason: null,
    returnedModel: null,
    usage: null,
    failure,
  }
}
