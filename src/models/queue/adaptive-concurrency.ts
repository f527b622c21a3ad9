/**
 * How many requests may be under way, learnt from rate limits (additive increase, multiplicative decrease): a rate
 * limit cuts to four fifths, at most once per cooldown, since the requests that were under way all report the same
 * limit; as many successes in a row as there are places, after a cooldown without a rate limit, give one place back.
 */
export class AdaptiveConcurrency {
  readonly limit: number
  readonly #cooldownMs: number
  readonly #now: () => number
  #current: number
  #clean = 0
  #lastLimited = Number.NEGATIVE_INFINITY
  #lastCut = Number.NEGATIVE_INFINITY

  /** @param now milliseconds on a steady clock */
  constructor(limit: number, cooldownMs: number, now: () => number = () => performance.now()) {
    this.#now = now
    this.limit = limit
    this.#current = limit
    this.#cooldownMs = cooldownMs
  }

  get current(): number {
    return this.#current
  }

  /** Returns true when the number has changed. */
  rateLimited(): boolean {
    const now = this.#now()
    this.#clean = 0
    this.#lastLimited = now
    if (now - this.#lastCut < this.#cooldownMs || this.#current === 1) return false
    this.#lastCut = now
    this.#current = Math.max(1, Math.floor(this.#current * 0.8))
    return true
  }

  /** Returns true when the number has changed. */
  succeeded(): boolean {
    if (this.#current === this.limit) return false
    this.#clean += 1
    if (this.#clean < this.#current || this.#now() - this.#lastLimited < this.#cooldownMs) return false
    this.#clean = 0
    this.#current += 1
    return true
  }
}
