import { linkSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { UsageError } from '../core/errors.ts'

interface LockHolder {
  readonly pid: number
  readonly host: string
  readonly since: string
  /** Start time of the process in clock ticks since boot, where the system tells: a process id may be used again. */
  readonly startTicks: string | null
}

/** A held lock; {@link FolderLock.release} gives it back. */
export interface FolderLock {
  release(): void
}

/** Long enough for a rival that took over the same stale lock to have written its own. */
const takeoverSettleMs = 60

/**
 * Takes the one-writer lock of a run folder. A lock whose process no longer lives on this machine is taken over; one
 * that was taken on another machine cannot be checked and is respected.
 * @throws UsageError `locked` naming the holder
 */
export async function lockFolder(file: string): Promise<FolderLock> {
  const self: LockHolder = {
    pid: process.pid,
    host: hostname(),
    since: new Date().toISOString(),
    startTicks: startTicks(process.pid),
  }
  const content = JSON.stringify(self)
  const release = () => {
    if (readText(file) === content) removeIfPresent(file)
  }
  if (createWithContent(file, content)) return { release }
  const found = readText(file)
  const holder = parseHolder(found)
  if (holder && isAlive(holder)) throw locked(file, holder)
  if (readText(file) === found) removeIfPresent(file)
  if (createWithContent(file, content)) {
    await delay(takeoverSettleMs)
    if (readText(file) === content) return { release }
  }
  throw locked(file, parseHolder(readText(file)))
}

function locked(file: string, holder: LockHolder | null): UsageError {
  const who = holder
    ? `process ${holder.pid} on ${holder.host} holds it since ${holder.since}`
    : 'another process took it'
  return new UsageError('locked', `Expected to be the only writer of the run folder, but ${who} (${file})`, {
    hint: 'Wait for that run, stop it, or choose another folder with --out. Delete the lock file only if that process is gone.',
  })
}

/** Creates the file with its whole content in one step, or returns false when it is there already. */
function createWithContent(file: string, content: string): boolean {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, content)
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    removeIfPresent(draft)
  }
}

function parseHolder(text: string | null): LockHolder | null {
  try {
    return text === null ? null : (JSON.parse(text) as LockHolder)
  } catch {
    return null
  }
}

function isAlive(holder: LockHolder): boolean {
  if (holder.host !== hostname()) return true
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return holder.startTicks === null || startTicks(holder.pid) === holder.startTicks
}

function startTicks(pid: number): string | null {
  const stat = readText(`/proc/${pid}/stat`)
  // The command name, in parentheses, may hold blanks: count the fields behind it. Field 22 is the start time.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

function removeIfPresent(file: string): void {
  try {
    unlinkSync(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}
