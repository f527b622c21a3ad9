const chunkBits = 15
const chunkSize = 1 << chunkBits

/** Kinds of numbers that a column holds. */
const arrays = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, f64: Float64Array } as const

/**
 * A column of numbers that grows without being copied: chunks of typed arrays, so that a million entries cost their bytes
 * and nothing else. Entries that were never set are 0.
 */
export class GrowingColumn {
  readonly #Kind: (typeof arrays)[keyof typeof arrays]
  readonly #chunks: (Uint8Array | Uint16Array | Uint32Array | Float64Array)[] = []

  constructor(kind: keyof typeof arrays) {
    this.#Kind = arrays[kind]
  }

  get(index: number): number {
    return this.#chunks[index >>> chunkBits]?.[index & (chunkSize - 1)] ?? 0
  }

  set(index: number, value: number): void {
    const chunk = index >>> chunkBits
    while (this.#chunks.length <= chunk) this.#chunks.push(new this.#Kind(chunkSize))
    this.#chunks[chunk]![index & (chunkSize - 1)] = value
  }
}
