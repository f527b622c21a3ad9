/** Gives every cluster name of a table one small number, in order of first naming. */
export class ClusterIndex {
  readonly #numbers = new Map<string, number>()
  readonly #names: string[] = []

  get size(): number {
    return this.#names.length
  }

  numberOf(name: string): number {
    const known = this.#numbers.get(name)
    if (known !== undefined) return known
    const number = this.#names.length
    this.#numbers.set(name, number)
    this.#names.push(name)
    return number
  }

  name(number: number): string {
    return this.#names[number]!
  }
}
