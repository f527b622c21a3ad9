import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import type { Span } from './run-index.ts'

/** Opens files once and reads pieces of them. */
export class SpanReader {
  readonly #handles = new Map<string, Promise<FileHandle>>()

  /** Bytes of a span; only its first `most` ones. */
  async read(file: string, { offset, length }: Span, most = Number.POSITIVE_INFINITY): Promise<Buffer> {
    let handle = this.#handles.get(file)
    if (!handle) {
      handle = open(file, 'r')
      this.#handles.set(file, handle)
    }
    const bytes = Buffer.allocUnsafe(Math.min(length, most))
    const { bytesRead } = await (await handle).read(bytes, 0, bytes.length, offset)
    return bytes.subarray(0, bytesRead)
  }

  async close(): Promise<void> {
    for (const handle of this.#handles.values()) await (await handle).close()
    this.#handles.clear()
  }
}
