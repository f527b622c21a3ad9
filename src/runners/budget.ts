/**
 * A hard limit on what a run may spend. Every call reserves the most it can cost before it is sent, so that the sum of
 * what was paid and what is under way never passes the limit.
 */
export class Budget {
  readonly limit: number
  #spent: number
  #reserved = 0
  /** Reservations that are not settled yet. */
  #open = 0
  #waiting: (() => void)[] = []

  /** @param limit USD; @param spent USD that earlier sittings of the same run have cost */
  constructor(limit: number, spent = 0) {
    this.limit = limit
    this.#spent = spent
  }

  get spent(): number {
    return this.#spent
  }

  /**
   * Reserves `cost`. Calls rarely cost the most they can, so a reservation that does not fit beside the others waits
   * until some of them are settled.
   * @returns false when the limit could be passed even with nothing else under way
   */
  async reserve(cost: number): Promise<boolean> {
    while (this.#spent + cost <= this.limit) {
      if (this.#spent + this.#reserved + cost <= this.limit) {
        this.#reserved += cost
        this.#open += 1
        return true
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
    return false
  }

  /** Turns a reservation into what the call really cost (0 for a call that failed). */
  settle(reserved: number, actual: number): void {
    this.#open -= 1
    // Sums of fractions leave a remainder, for which nobody must wait.
    this.#reserved = this.#open === 0 ? 0 : this.#reserved - reserved
    this.pay(actual)
  }

  /** Adds what was paid without a reservation: calls that an earlier sitting of the run has made. */
  pay(cost: number): void {
    this.#spent += cost
    const waiting = this.#waiting
    this.#waiting = []
    for (const wake of waiting) wake()
  }
}
