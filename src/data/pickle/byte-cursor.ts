import { DataError } from '../../core/errors.ts'

/** Reads bytes in order and never past their end. */
export class ByteCursor {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  readonly #file: string
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  /** Offset of the next byte. */
  offset = 0

  constructor(bytes: Uint8Array, file: string) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#file = file
  }

  get remaining(): number {
    return this.#bytes.length - this.offset
  }

  byte(): number {
    return this.#view.getUint8(this.#take(1))
  }

  uint16(): number {
    return this.#view.getUint16(this.#take(2), true)
  }

  uint32(): number {
    return this.#view.getUint32(this.#take(4), true)
  }

  int32(): number {
    return this.#view.getInt32(this.#take(4), true)
  }

  uint64(): bigint {
    return this.#view.getBigUint64(this.#take(8), true)
  }

  /** @throws DataError `broken-pickle` for bytes that are not UTF-8 */
  text(length: number): string {
    const start = this.#take(length)
    try {
      return this.#decoder.decode(this.#bytes.subarray(start, start + length))
    } catch (cause) {
      throw this.error('broken-pickle', `Expected ${length} bytes of UTF-8 text at byte ${start}`, cause)
    }
  }

  error(code: string, message: string, cause?: unknown): DataError {
    return new DataError(code, message, { location: { file: this.#file }, cause })
  }

  #take(count: number): number {
    const start = this.offset
    if (count > this.remaining) {
      throw this.error('truncated-pickle', `Expected ${count} more bytes at byte ${start}, found ${this.remaining}`)
    }
    this.offset += count
    return start
  }
}
