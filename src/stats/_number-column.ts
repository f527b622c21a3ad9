const widths = [Uint8Array, Uint32Array, Float64Array] as const

/**
 * A growing column of numbers that takes one byte a number as long as all are integers from 0 to 255 (the usual case:
 * passes and counts), four as long as all are unsigned 32-bit integers, eight otherwise.
 */
export class NumberColumn {
  #width = 0
  #values: Uint8Array | Uint32Array | Float64Array = new Uint8Array(64)
  #length = 0

  get length(): number {
    return this.#length
  }

  push(value: number): void {
    if (this.#length === this.#values.length) this.#move(this.#length * 2)
    this.#length += 1
    this.set(this.#length - 1, value)
  }

  get(row: number): number {
    return this.#values[row]!
  }

  set(row: number, value: number): void {
    this.#values[row] = value
    while (this.#values[row] !== value && this.#width < widths.length - 1) {
      this.#width += 1
      this.#move(this.#values.length)
      this.#values[row] = value
    }
  }

  #move(capacity: number): void {
    const moved = new widths[this.#width]!(capacity)
    moved.set(this.#values.subarray(0, this.#length))
    this.#values = moved
  }
}
