/**
 * A hard limit on what a run may spend. Every call reserves the most it can cost before it is sent, so that the sum of
 * what was paid and what is under way never passes the limit.
 */
export class Budget {
  readonly limit: number
  #spent: number
  #reserved = 0

  /** @param limit USD; @param spent USD that earlier sittings of the same run have cost */
  constructor(limit: number, spent = 0) {
    this.limit = limit
    this.#spent = spent
  }

  get spent(): number {
    return this.#spent
  }

  /** Reserves `cost`, or returns false when the limit could be passed. */
  reserve(cost: number): boolean {
    if (this.#spent + this.#reserved + cost > this.limit) return false
    this.#reserved += cost
    return true
  }

  /** Turns a reservation into what the call really cost (0 for a call that failed). */
  settle(reserved: number, actual: number): void {
    this.#reserved -= reserved
    this.#spent += actual
  }
}
