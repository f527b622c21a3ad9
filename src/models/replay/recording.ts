import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync, rmSync } from 'node:fs'
import { type FileHandle, mkdtemp, open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
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
  readonly #handle: FileHandle
  #digest = ''

  private constructor(file: string, handle: FileHandle) {
    this.file = file
    this.#handle = handle
  }

  /**
   * Opens a file; a gzipped one is unpacked into a temporary file that goes away with the process.
   * @throws DataError when there is no such file or it cannot be unpacked
   */
  static async open(file: string): Promise<Recording> {
    if (!existsSync(file)) {
      throw new DataError('no-replay-file', 'Expected a file with responses, found none', { location: { file } })
    }
    return new Recording(file, file.endsWith('.gz') ? await openUnpacked(file) : await open(file, 'r'))
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
    let scanner: RecordScanner | undefined
    let position = 0
    for (;;) {
      const { bytesRead, buffer } = await this.#handle.read(Buffer.allocUnsafe(pieceSize), 0, pieceSize, position)
      if (bytesRead === 0) break
      const piece = buffer.subarray(0, bytesRead)
      hash.update(piece)
      position += bytesRead
      scanner ??= scannerFor(piece, this.file)
      if (scanner) for (const span of scanner.feed(piece)) yield this.read(span)
    }
    for (const span of scanner?.end() ?? []) yield this.read(span)
    this.#digest = hash.digest('hex')
  }

  /** Reads one record again. */
  async read({ offset, length, line }: RecordSpan): Promise<RecordAt> {
    const { buffer, bytesRead } = await this.#handle.read(Buffer.allocUnsafe(length), 0, length, offset)
    const text = buffer.toString('utf8', 0, bytesRead)
    return { offset, length, line, value: parseJsonLine(text, this.file, line) }
  }

  close(): Promise<void> {
    return this.#handle.close()
  }
}

/** An array begins with [; everything else is taken as lines. Undefined while there is only white space. */
function scannerFor(piece: Uint8Array, file: string): RecordScanner | undefined {
  const first = piece.find((value) => !isSpace(value))
  return first === byte.openArray ? new ArrayScanner(file) : new LineScanner()
}

async function openUnpacked(file: string): Promise<FileHandle> {
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
  const handle = await open(copy, 'r')
  if (process.platform === 'win32') process.once('exit', remove)
  // Elsewhere an open file may be removed at once: then nothing is left behind, however the process ends.
  else remove()
  return handle
}
