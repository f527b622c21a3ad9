/** Keeps what was made for the most recently used texts. */
export class RecentMap<Value> {
  readonly #limit: number
  readonly #values = new Map<string, Value>()

  /** @param limit most values kept */
  constructor(limit: number) {
    this.#limit = limit
  }

  /** The kept value of a text, or a new one. */
  get(text: string, make: (text: string) => Value): Value {
    const known = this.#values.get(text)
    if (known !== undefined) {
      // Maps keep the order of insertion: a value in use moves to the end.
      this.#values.delete(text)
      this.#values.set(text, known)
      return known
    }
    const value = make(text)
    if (this.#values.size >= this.#limit) this.#values.delete(this.#values.keys().next().value!)
    this.#values.set(text, value)
    return value
  }
}
