import type { GramIndex } from './_gram-index.ts'

/** Probabilities of grams for all languages side by side, filled in for the grams that were drawn so far. */
export class DenseRows {
  readonly languages: number
  /** Rows of `languages` numbers; replaced when it grows, so read it after {@link offsetOf}. */
  values: Float64Array
  readonly #index: GramIndex
  /** Start of a node's row plus one; 0 while it has none. */
  readonly #offsets: Int32Array
  #used = 0

  constructor(index: GramIndex, languages: number) {
    this.languages = languages
    this.#index = index
    this.#offsets = new Int32Array(index.rowStart.length)
    this.values = new Float64Array(languages * 512)
  }

  /** Place in {@link values} where the row of a node begins. */
  offsetOf(node: number): number {
    const known = this.#offsets[node]!
    return known > 0 ? known - 1 : this.#fill(node)
  }

  #fill(node: number): number {
    const offset = this.#used
    this.#used += this.languages
    if (this.#used > this.values.length) {
      const larger = new Float64Array(this.values.length * 2)
      larger.set(this.values)
      this.values = larger
    }
    const { rowStart, languages, probabilities } = this.#index
    for (let entry = rowStart[node]!; entry < rowStart[node + 1]!; entry += 1) {
      this.values[offset + languages[entry]!] = probabilities[entry]!
    }
    this.#offsets[node] = offset + 1
    return offset
  }
}
