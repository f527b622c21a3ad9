import { open } from 'node:fs/promises'

/** Called with every line: its bytes lie in `bytes` from `from` to `to`, and in the file from `offset` on. */
export type LineVisitor = (bytes: Buffer, from: number, to: number, offset: number) => void

export interface ScanOptions {
  /** Told now and then how many bytes of the file are done. */
  readonly onProgress?: (bytes: number) => void
  readonly signal?: AbortSignal
  /** True while somebody waits for an answer: the scan lets them go first. */
  readonly isBusy?: () => boolean
  /** Longest line that is visited; longer ones are jumped over and counted. @default 64 MiB */
  readonly longestLine?: number
}

const chunkSize = 1 << 20
/** How long a scan may keep the event loop to itself, in milliseconds: others wait no longer than this. */
const sliceMilliseconds = 12
/** How long it waits for others before its next slice, in milliseconds: a search that goes on must not stop it. */
const mostPatience = 60

/**
 * Visits the lines of a file in the background, one buffer for all: memory does not grow with the file. The last line
 * counts without a line feed, too.
 * @returns how many lines were too long to be visited
 */
export async function scanLines(file: string, visit: LineVisitor, options: ScanOptions = {}): Promise<number> {
  const { onProgress, signal, isBusy = () => false, longestLine = 1 << 26 } = options
  const handle = await open(file, 'r')
  let buffer: Buffer = Buffer.allocUnsafe(chunkSize * 2)
  let held = 0
  let offset = 0
  let jumped = 0
  let isJumping = false
  let sliceStart = performance.now()
  try {
    for (;;) {
      signal?.throwIfAborted()
      if (held + chunkSize > buffer.length) buffer = resized(buffer, held, buffer.length * 2)
      const { bytesRead } = await handle.read(buffer, held, chunkSize, offset + held)
      const end = held + bytesRead
      let from = 0
      for (let to = buffer.indexOf(10, held); to !== -1 && to < end; to = buffer.indexOf(10, from)) {
        if (!isJumping && to > from) visit(buffer, from, to, offset + from)
        isJumping = false
        from = to + 1
        if (performance.now() - sliceStart > sliceMilliseconds) {
          await giveWay(isBusy)
          sliceStart = performance.now()
        }
      }
      if (bytesRead === 0) {
        if (!isJumping && held > 0) visit(buffer, 0, held, offset)
        onProgress?.(offset + held)
        return jumped
      }
      held = end - from
      offset += from
      if (held > longestLine) {
        if (!isJumping) jumped += 1
        isJumping = true
        offset += held
        held = 0
      } else if (from > 0) buffer.copy(buffer, 0, from, end)
      if (buffer.length > chunkSize * 2 && held < chunkSize) buffer = resized(buffer, held, chunkSize * 2)
      onProgress?.(offset)
    }
  } finally {
    await handle.close()
  }
}

async function giveWay(isBusy: () => boolean): Promise<void> {
  const start = performance.now()
  await new Promise(setImmediate)
  while (isBusy() && performance.now() - start < mostPatience) await new Promise((resolve) => setTimeout(resolve, 2))
}

function resized(buffer: Buffer, held: number, size: number): Buffer {
  const next = Buffer.allocUnsafe(size)
  buffer.copy(next, 0, 0, held)
  return next
}
