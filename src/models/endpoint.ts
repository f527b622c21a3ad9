import type { ReplyFormat, Usage } from '../core/call.ts'
import type { EndpointError } from '../core/errors.ts'
import type { Message } from '../core/message.ts'
import type { Sampling } from '../core/sampling.ts'
import type { Status } from '../core/status.ts'
import type { BatchApi } from './batch/batch-api.ts'
import type { CallError } from './call-error.ts'
import type { ThinkingMode } from './split-thinking.ts'

/** Kinds of endpoints; each has its own folder. */
export type EndpointKind = 'openai' | 'anthropic' | 'replay' | 'demo'

/** For whom and what a call is made. Recorded replies are looked up by it; live endpoints use `sample` and `attempt` only. */
export interface CallMeta {
  readonly benchmark: string
  readonly item?: string | undefined
  readonly constraint?: string | undefined
  /** Short name of the step: `generate`, `judge`, `extract`. */
  readonly purpose: string
  /** 0-based. */
  readonly sample: number
  /** Retry round of a step whose former reply could not be used, 0-based. */
  readonly attempt: number
  /** Name of the checkpoint under test. */
  readonly subject: string
}

/** One request, complete: nothing is added but what the endpoint's own options say. */
export interface EndpointRequest {
  readonly messages: readonly Message[]
  readonly sampling: Sampling
  readonly replyFormat?: ReplyFormat | undefined
  readonly meta: CallMeta
}

/** What an endpoint answered. `text` is null exactly when there is no answer to score, see `Status`. */
export interface EndpointReply {
  readonly status: Status
  readonly text: string | null
  readonly reasoning: string | null
  readonly finishReason: string | null
  readonly returnedModel: string | null
  readonly usage: Usage | null
  /** The provider's whole reply as a JSON value, known secrets taken out. */
  readonly raw: unknown
}

/** How an endpoint's requests look in a batch file, and how its replies are read. */
export interface BatchForm {
  readonly kind: 'openai' | 'anthropic'
  /** Base URL without secrets. */
  readonly address: string
  readonly thinking: ThinkingMode
  /** The provider's own batch API. */
  readonly api: BatchApi
  /** Body that {@link Endpoint.complete} would send. */
  body(request: EndpointRequest): Record<string, unknown>
}

/** Something that answers requests. All failures of `complete` are `CallError`s. */
export interface Endpoint {
  readonly kind: EndpointKind
  /**
   * Identity for the call key: kind, base URL without secrets, model, revision, and a digest of every option that can
   * change a reply. For recorded replies a digest of the recording.
   */
  readonly id: string
  /** Model id as it is asked for. */
  readonly model: string
  /** True for recorded replies: item and constraint then take part in the call key. */
  readonly dependsOnMeta: boolean
  /** Most responses recorded for one item, where replies are recorded by sample. */
  readonly recordedSamples?: number
  /** Whether a reply is recorded for the item of a request, where replies are recorded. */
  answers?(request: EndpointRequest): boolean
  /**
   * Makes one request, without retries.
   * @throws CallError
   */
  complete(request: EndpointRequest, signal: AbortSignal): Promise<EndpointReply>
  /**
   * Cheap check before a run that address, key and model are right.
   * @throws EndpointError in words for the user
   */
  probe?(signal: AbortSignal): Promise<void>
  /** What a person must know of a fatal call error. */
  explain?(error: CallError): EndpointError
  /** For endpoints whose requests may be made by a batch runner instead. */
  readonly batch?: BatchForm
  /** Frees sockets and temporary files. */
  close?(): Promise<void>
}
