import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'

/** sha256 of a file in lower-case hex, read in pieces: models are larger than a buffer may be. */
export function hashFileNow(path: string): string {
  const hash = createHash('sha256')
  const piece = Buffer.allocUnsafe(1 << 22)
  const file = openSync(path, 'r')
  try {
    for (let read = readSync(file, piece); read > 0; read = readSync(file, piece)) hash.update(piece.subarray(0, read))
  } finally {
    closeSync(file)
  }
  return hash.digest('hex')
}
