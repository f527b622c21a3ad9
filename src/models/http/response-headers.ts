/**
 * Response headers with as much of the `Headers` interface as the SDKs ask for, over the plain object that undici
 * gives: building real `Headers` costs more than the rest of a call on our side.
 */
export class ResponseHeaders {
  readonly #values: Readonly<Record<string, string | string[] | undefined>>

  /** @param values by lower-case name */
  constructor(values: Readonly<Record<string, string | string[] | undefined>>) {
    this.#values = values
  }

  get(name: string): string | null {
    const value = this.#values[name]
    if (value === undefined) return null
    return typeof value === 'string' ? value : value.join(', ')
  }

  has(name: string): boolean {
    return this.#values[name] !== undefined
  }

  *entries(): IterableIterator<[string, string]> {
    for (const name of Object.keys(this.#values)) yield [name, this.get(name)!]
  }

  [Symbol.iterator](): IterableIterator<[string, string]> {
    return this.entries()
  }
}
