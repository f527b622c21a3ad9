import { closeSync, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs'

/** What {@link repairTornTail} did. */
export interface TailRepair {
  /** Length of the file after the repair, in bytes. */
  readonly length: number
  /** Bytes of an incomplete last line that were cut, 0 when the file was whole. */
  readonly cutBytes: number
}

const chunkSize = 1 << 16

/**
 * Cuts an incomplete last line from an append-only JSONL file: a process that was killed, or a disk that was full, may
 * leave half a record. Every complete record ends in a line feed, so what follows the last one is torn.
 */
export function repairTornTail(file: string): TailRepair {
  const descriptor = openSync(file, 'r+')
  try {
    const { size } = fstatSync(descriptor)
    const buffer = Buffer.alloc(chunkSize)
    let end = size
    while (end > 0) {
      const start = Math.max(0, end - chunkSize)
      const read = readSync(descriptor, buffer, 0, end - start, start)
      const lastLineFeed = buffer.subarray(0, read).lastIndexOf(0x0a)
      if (lastLineFeed !== -1) {
        const length = start + lastLineFeed + 1
        if (length < size) ftruncateSync(descriptor, length)
        return { length, cutBytes: size - length }
      }
      end = start
    }
    if (size > 0) ftruncateSync(descriptor, 0)
    return { length: 0, cutBytes: size }
  } finally {
    closeSync(descriptor)
  }
}
