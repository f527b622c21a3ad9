import { randomBytes } from 'node:crypto'
import {
  closeSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

export const pullLockName = '.pull-lock'

/** A held lock of one data set's folder. */
export interface PullLock {
  release(): void
}

/** Timing of the lock, in milliseconds. */
export interface PullLockOptions {
  /** A lock that was not refreshed for so long belongs to nobody. @default 60_000 */
  readonly staleAfter?: number
  /** @default 200 */
  readonly poll?: number
  /** Called once when another process holds the lock, with its description. */
  readonly onWait?: (holder: string) => void
  readonly signal?: AbortSignal | undefined
}

/**
 * Waits until this process alone pulls into a folder. A lock of a dead process of this machine, or one that nobody
 * refreshes any more, is taken over. Verified content and atomic renames keep the files right even without it; the
 * lock spares downloading twice.
 */
export async function lockForPull(folder: string, options: PullLockOptions = {}): Promise<PullLock> {
  const { staleAfter = 60_000, poll = 200, onWait, signal } = options
  const file = join(folder, pullLockName)
  const content = `${process.pid} on ${hostname()} (${randomBytes(6).toString('hex')})`
  for (let isFirst = true; !create(file, content); isFirst = false) {
    const holder = readText(file)
    if (holder !== null && isStale(file, holder, staleAfter)) takeAway(file, holder)
    else {
      if (isFirst) onWait?.(holder ?? 'another process')
      await delay(poll, undefined, signal ? { signal } : {})
    }
  }
  const beat = setInterval(() => touch(file), staleAfter / 4)
  beat.unref()
  return {
    release() {
      clearInterval(beat)
      if (readText(file) === content) remove(file)
    },
  }
}

function create(file: string, content: string): boolean {
  let descriptor: number
  try {
    descriptor = openSync(file, 'wx')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
  try {
    writeSync(descriptor, content)
  } finally {
    closeSync(descriptor)
  }
  return true
}

function isStale(file: string, holder: string, staleAfter: number): boolean {
  const [, pid, host] = /^(\d+) on (.*) \(/.exec(holder) ?? []
  if (host === hostname() && !isAlive(Number(pid))) return true
  const age = Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
  return age > staleAfter
}

/** Moves a stale lock aside; puts it back when somebody else renewed it in between. */
function takeAway(file: string, holder: string): void {
  const aside = `${file}-${randomBytes(6).toString('hex')}`
  try {
    renameSync(file, aside)
    if (readText(aside) !== holder) linkSync(aside, file)
  } catch {
    // Another process was faster. Whoever has the lock now is found in the next round.
  }
  remove(aside)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function touch(file: string): void {
  try {
    const now = new Date()
    utimesSync(file, now, now)
  } catch {
    // The lock was taken away: content checks and atomic renames still keep the files right.
  }
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

function remove(file: string): void {
  try {
    unlinkSync(file)
  } catch {
    // Gone already.
  }
}
