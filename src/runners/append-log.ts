import { type FileHandle, open } from 'node:fs/promises'
import { HeedError } from '../core/errors.ts'
import { repairTornTail } from './torn-tail.ts'

/** Where a record landed in the file. */
export interface RecordPosition {
  readonly offset: number
  /** Without the line feed, in bytes. */
  readonly length: number
}

interface Pending {
  readonly record: unknown
  /** Of the record's line in UTF-8, its line feed included; 0 until it is encoded. */
  bytes: number
  readonly resolve: (position: RecordPosition) => void
  readonly reject: (error: unknown) => void
}

/** The disk (or a quota) is full. What was written before is whole, and the run can be resumed. */
export class LogWriteError extends HeedError {
  override readonly exitCode = 2
}

/**
 * An append-only JSONL file. `append` resolves when the record has reached the disk (`fdatasync`). Records that arrive
 * while a write is under way go out together in the next one, so that durability costs one flush per batch, not per
 * record.
 */
export class AppendLog {
  readonly file: string
  /** Bytes of a torn last line that were cut when the file was opened. */
  readonly cutBytes: number
  readonly #handle: FileHandle
  #length: number
  #pending: Pending[] = []
  /** One batch is written at a time, so all of them can share the memory of the largest. */
  #memory = Buffer.alloc(1 << 16)
  #flushing: Promise<void> | null = null
  #failure: LogWriteError | null = null

  private constructor(file: string, handle: FileHandle, length: number, cutBytes: number) {
    this.file = file
    this.#handle = handle
    this.#length = length
    this.cutBytes = cutBytes
  }

  static async open(file: string): Promise<AppendLog> {
    const handle = await open(file, 'a+')
    const { length, cutBytes } = repairTornTail(file)
    return new AppendLog(file, handle, length, cutBytes)
  }

  /** Length of the whole records in the file, in bytes. */
  get length(): number {
    return this.#length
  }

  /**
   * Appends one record.
   * @throws LogWriteError when the file cannot grow; the torn part is cut, later appends fail too
   */
  append(record: unknown): Promise<RecordPosition> {
    if (this.#failure) return Promise.reject(this.#failure)
    return new Promise((resolve, reject) => {
      this.#pending.push({ record, bytes: 0, resolve, reject })
      this.#flushing ??= this.#flush()
    })
  }

  /** Reads one record back by its position. */
  async read(position: RecordPosition): Promise<unknown> {
    const buffer = Buffer.allocUnsafe(position.length)
    await this.#handle.read(buffer, 0, position.length, position.offset)
    return JSON.parse(buffer.toString('utf8'))
  }

  async close(): Promise<void> {
    await this.#flushing
    await this.#handle.close()
  }

  async #flush(): Promise<void> {
    // One turn of the event loop lets replies that arrived together share the flush.
    await new Promise<void>((resolve) => setImmediate(resolve))
    while (this.#pending.length > 0) {
      const batch = this.#pending
      this.#pending = []
      const { written, error } = await this.#write(batch)
      const rest = this.#settle(batch, written)
      if (error !== undefined) {
        this.#failure = await this.#cutBack(error)
        for (const { reject } of [...rest, ...this.#pending]) reject(this.#failure)
        this.#pending = []
        break
      }
    }
    this.#flushing = null
  }

  /** Records become text here and not on arrival: a reply that has come frees its place for the next request first. */
  #encode(batch: readonly Pending[]): Buffer {
    let end = 0
    for (const pending of batch) {
      const line = `${JSON.stringify(pending.record)}\n`
      pending.bytes = Buffer.byteLength(line, 'utf8')
      this.#reserve(end, end + pending.bytes)
      end += this.#memory.write(line, end, 'utf8')
    }
    return this.#memory.subarray(0, end)
  }

  /** Makes room for `size` bytes, the first `used` of which are kept. */
  #reserve(used: number, size: number): void {
    if (size <= this.#memory.length) return
    const larger = Buffer.allocUnsafe(Math.max(size, 2 * used))
    this.#memory.copy(larger, 0, 0, used)
    this.#memory = larger
  }

  /** Resolves the records that are whole among the bytes written, and returns the others. */
  #settle(batch: readonly Pending[], written: number): readonly Pending[] {
    let end = 0
    for (const [index, { bytes, resolve }] of batch.entries()) {
      end += bytes
      if (end > written) return batch.slice(index)
      resolve({ offset: this.#length, length: bytes - 1 })
      this.#length += bytes
    }
    return []
  }

  /** A disk that fills up takes a part of a write: that part counts. */
  async #write(batch: readonly Pending[]): Promise<{ written: number; error?: unknown }> {
    let written = 0
    try {
      const bytes = this.#encode(batch)
      while (written < bytes.length) {
        const { bytesWritten } = await this.#handle.write(bytes, written)
        written += bytesWritten
      }
      await this.#handle.datasync()
      return { written }
    } catch (error) {
      return { written, error: error ?? new Error('unknown write error') }
    }
  }

  async #cutBack(cause: unknown): Promise<LogWriteError> {
    await this.#handle.truncate(this.#length).catch(() => undefined)
    const reason = cause instanceof Error ? cause.message : String(cause)
    return new LogWriteError('log-write', `Could not append to ${this.file}: ${reason}`, {
      hint: 'Nothing that was logged is lost. Free disk space and run the same command again to resume.',
      cause,
    })
  }
}
