/**
 * Keeps a rate per minute. What is taken is owed at once, and the taker is told how long to wait for it: first come,
 * first served, with one timer per waiter. It holds one second's worth, since providers measure their per-minute limits
 * over seconds; a single larger piece just waits longer afterwards.
 */
export class TokenBucket {
  readonly #perMs: number
  readonly #capacity: number
  #level: number
  #at: number

  /** @param now milliseconds on a steady clock, as in the other methods */
  constructor(perMinute: number, now: number) {
    this.#perMs = perMinute / 60_000
    this.#capacity = Math.max(1, perMinute / 60)
    this.#level = this.#capacity
    this.#at = now
  }

  /** Takes `amount` and returns the milliseconds to wait before using it. */
  take(amount: number, now: number): number {
    this.#refill(now)
    this.#level -= amount
    return this.#level >= 0 ? 0 : -this.#level / this.#perMs
  }

  /** Corrects an estimate: positive when more was used than taken. */
  correct(difference: number): void {
    this.#level = Math.min(this.#capacity, this.#level - difference)
  }

  #refill(now: number): void {
    this.#level = Math.min(this.#capacity, this.#level + (now - this.#at) * this.#perMs)
    this.#at = now
  }
}
