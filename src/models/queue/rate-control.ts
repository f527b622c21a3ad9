import type { Usage } from '../../core/call.ts'
import type { EndpointRequest } from '../endpoint.ts'
import { sleep } from '../http/abort-fan-out.ts'
import { estimateTokens } from '../price/estimate-tokens.ts'
import type { QueueSettings } from './queue-settings.ts'
import { TokenBucket } from './token-bucket.ts'

/** Longest spread of the calls that come back after a pause, in milliseconds. */
const longestSpread = 1000
/** Output tokens assumed before any reply has told. */
const firstGuess = 512

/** What a request has taken, to be settled with what it used. */
export interface Admission {
  readonly tokens: number
}

const nothingTaken: Admission = { tokens: 0 }

/** Holds requests back: caps per minute, and the pause that a rate limit imposes on everybody. */
export class RateControl {
  readonly #requests: TokenBucket | null
  readonly #tokens: TokenBucket | null
  readonly #settings: QueueSettings
  #pausedUntil = 0
  #spread = 0
  #outputSum = 0
  #outputCount = 0

  constructor(settings: QueueSettings) {
    const { requestsPerMinute, tokensPerMinute } = settings
    this.#settings = settings
    this.#requests = requestsPerMinute === null ? null : new TokenBucket(requestsPerMinute, performance.now())
    this.#tokens = tokensPerMinute === null ? null : new TokenBucket(tokensPerMinute, performance.now())
  }

  /** True when a request need not even be asked about. */
  get isOpen(): boolean {
    return this.#requests === null && this.#tokens === null && this.#pausedUntil === 0
  }

  /** Nobody is let through for `ms`. */
  pause(ms: number): void {
    const until = performance.now() + ms
    if (until <= this.#pausedUntil) return
    this.#pausedUntil = until
    this.#spread = Math.min(ms, longestSpread)
  }

  /** Resolves when the request may go, or when the signal fires. */
  async admit(request: EndpointRequest, signal: AbortSignal): Promise<Admission> {
    const now = performance.now()
    const tokens = this.#tokens === null ? 0 : this.#estimate(request)
    const wait = Math.max(this.#requests?.take(1, now) ?? 0, this.#tokens?.take(tokens, now) ?? 0)
    if (wait > 0) await sleep(wait, signal)
    await this.#pauseOver(signal)
    return tokens === 0 ? nothingTaken : { tokens }
  }

  /** Settles an admission with the tokens that were really used; `usage` is null for a failed call or where unknown. */
  settle(admission: Admission, usage: Usage | null): void {
    if (this.#tokens === null || !usage || usage.outputTokens === null) return
    this.#outputSum += usage.outputTokens
    this.#outputCount += 1
    this.#tokens.correct((usage.inputTokens ?? 0) + usage.outputTokens - admission.tokens)
  }

  async #pauseOver(signal: AbortSignal): Promise<void> {
    for (let now = performance.now(); now < this.#pausedUntil; now = performance.now()) {
      // Those that wait together must not come back together.
      await sleep(this.#pausedUntil - now + this.#settings.random() * this.#spread, signal)
      if (signal.aborted) return
    }
    this.#pausedUntil = 0
  }

  #estimate({ messages, sampling }: EndpointRequest): number {
    const average = this.#outputCount === 0 ? firstGuess : this.#outputSum / this.#outputCount
    return estimateTokens(messages) + Math.min(average, sampling.maxTokens ?? Number.POSITIVE_INFINITY)
  }
}
