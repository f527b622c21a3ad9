import type { Message } from './message.ts'
import type { Sampling } from './sampling.ts'
import type { Status } from './status.ts'

/**
 * Which of the run's endpoints a call goes to. Roles are bound to endpoints once, by the runner. `rm` is a served reward
 * model: one call a (response, constraint) pair.
 */
export type CallRole = 'model' | 'judge' | 'extractor' | 'generator' | 'rm'

/** A JSON schema that the reply must fulfil (structured output). */
export interface ReplyFormat {
  readonly name: string
  readonly schema: Readonly<Record<string, unknown>>
  readonly strict: boolean
}

/** What a benchmark asks for. The runner adds the endpoint, looks the call up in the log and queues it when it is new. */
export interface CallRequest {
  readonly role: CallRole
  /** Short name of the step, for example `generate`, `judge`, `extract`. Part of the call key. */
  readonly purpose: string
  readonly messages: readonly Message[]
  readonly sampling: Sampling
  /** Index of the response when several are drawn, 0-based. Part of the call key. */
  readonly sample: number
  /**
   * Retry round of a step whose former reply could not be used (a judge reply that does not parse), 0-based. Part of
   * the call key, so that asking again really asks again and a resumed run finds every round.
   */
  readonly attempt?: number
  /**
   * Rounds that the protocol has behind this one when its call fails. A failed round behind which one of them was
   * answered is used up: a resumed run does not make it again. Not part of the key.
   * @default 0
   */
  readonly laterRounds?: number
  /** sha256 of the prompt template, when the prompt was made from one. Part of the call key. */
  readonly templateHash?: string
  readonly replyFormat?: ReplyFormat
  /** Item and constraint for which the call is made: for people and reports, not part of the key. */
  readonly item?: string
  readonly constraint?: string
}

/** Tokens as the provider counted them; null where it did not say. */
export interface Usage {
  readonly inputTokens: number | null
  readonly outputTokens: number | null
  /** Part of `outputTokens` spent on reasoning, where reported. */
  readonly reasoningTokens: number | null
  /** Part of `inputTokens` served from the provider's cache, where reported. */
  readonly cachedInputTokens?: number | null
}

/** Why a call gave no reply. `message` is safe to print: secrets are redacted. */
export interface CallFailure {
  readonly kind:
    | 'rate-limit'
    | 'server'
    | 'network'
    | 'timeout'
    | 'client'
    | 'auth'
    | 'not-found'
    | 'malformed'
    | 'aborted'
  readonly message: string
  readonly httpStatus?: number
}

/**
 * What comes back from {@link CallRequest}. `text` is the answer alone; reasoning is kept apart. `text` is null exactly
 * when there is no answer to score (`provider-error`, `refused`, `unclosed-thinking`).
 */
export interface Reply {
  readonly key: string
  readonly status: Status
  readonly text: string | null
  readonly reasoning: string | null
  readonly finishReason: string | null
  /** Model id that the server says it used. */
  readonly returnedModel: string | null
  readonly usage: Usage | null
  readonly failure?: CallFailure
}
