import { createHash } from 'node:crypto'
import { closeSync, createReadStream, createWriteStream, existsSync, openSync, readSync, rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { setImmediate } from 'node:timers/promises'
import { createGunzip } from 'node:zlib'
import { DataError } from '../../core/errors.ts'
import { parseJsonLine } from '../../core/jsonl.ts'
import { byte, isSpace } from './_bytes.ts'
import { ArrayScanner, LineScanner, type RecordScanner, type RecordSpan } from './record-scanner.ts'

/** One record with its place. */
export interface RecordAt extends RecordSpan {
  readonly value: unknown
}

const pieceSize = 1 << 18

/** A file of records (JSONL or one JSON array, gzipped or not) that is read at any place without holding its texts. */
export class Recording {
  readonly file: string
  readonly #descriptor: number
  #digest = ''
  /** Holds the record that is being read. */
  #memory = Buffer.alloc(1 << 16)

  private constructor(file: string, descriptor: number) {
    this.file = file
    this.#descriptor = descriptor
  }

  /**
   * Opens a file; a gzipped one is unpacked into a temporary file that goes away with the process.
   * @throws DataError when there is no such file or it cannot be unpacked
   */
  static async open(file: string): Promise<Recording> {
    if (!existsSync(file)) {
      throw new DataError('no-replay-file', 'Expected a file with responses, found none', { location: { file } })
    }
    return new Recording(file, file.endsWith('.gz') ? await openUnpacked(file) : openSync(file, 'r'))
  }

  /** sha256 of the unpacked content; known after {@link records} has run to its end. */
  get digest(): string {
    return this.#digest
  }

  /**
   * All records in file order.
   * @throws DataError with file and line of a broken record
   */
  async *records(): AsyncGenerator<RecordAt> {
    const hash = createHash('sha256')
    let piece = this.#bytes(0, pieceSize)
    const scanner = scannerFor(piece, this.file)
    for (let position = 0; piece.length > 0; piece = this.#bytes(position, pieceSize)) {
      hash.update(piece)
      for (const span of scanner.feed(piece)) {
        const start = span.offset - position
        // Only a record that began in an earlier piece has to be read once more.
        yield start < 0 ? this.read(span) : this.#parse(span, piece.toString('utf8', start, start + span.length))
      }
      position += piece.length
      // Reading is synchronous: timers and signals get their turn here.
      await setImmediate()
    }
    for (const span of scanner.end()) yield this.read(span)
    this.#digest = hash.digest('hex')
  }

  /** Reads one record again. Synchronous: reading a page of the cache is shorter than a trip through the thread pool. */
  read(span: RecordSpan): RecordAt {
    if (span.length > this.#memory.length) this.#memory = Buffer.allocUnsafe(span.length)
    const read = readSync(this.#descriptor, this.#memory, 0, span.length, span.offset)
    return this.#parse(span, this.#memory.toString('utf8', 0, read))
  }

  close(): void {
    closeSync(this.#descriptor)
  }

  #bytes(position: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafe(length)
    return bytes.subarray(0, readSync(this.#descriptor, bytes, 0, length, position))
  }

  #parse({ offset, length, line }: RecordSpan, text: string): RecordAt {
    return { offset, length, line, value: parseJsonLine(text, this.file, line) }
  }
}

/** An array begins with [; everything else is taken as lines. */
function scannerFor(piece: Uint8Array, file: string): RecordScanner {
  const first = piece.find((value) => !isSpace(value))
  return first === byte.openArray ? new ArrayScanner(file) : new LineScanner()
}

async function openUnpacked(file: string): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'heed-replay-'))
  const copy = join(folder, 'responses')
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    await pipeline(createReadStream(file), createGunzip(), createWriteStream(copy))
  } catch (cause) {
    remove()
    throw new DataError('broken-gzip', 'Expected a gzipped file, got something that cannot be unpacked', {
      location: { file },
      cause,
    })
  }
  const descriptor = openSync(copy, 'r')
  if (process.platform === 'win32') process.once('exit', remove)
  // Elsewhere an open file may be removed at once: then nothing is left behind, however the process ends.
  else remove()
  return descriptor
}
