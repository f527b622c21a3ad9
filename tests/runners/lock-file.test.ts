import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lockFolder } from '../../src/runners/lock-file.ts'

describe('lockFolder', () => {
  let folder: string
  let file: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'heed-lock-'))
    file = join(folder, '.lock')
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('refuses a second writer by name and lets it in after the release', async () => {
    const lock = await lockFolder(file)
    await expect(lockFolder(file)).rejects.toMatchObject({ code: 'locked', exitCode: 2 })
    await expect(lockFolder(file)).rejects.toThrow(new RegExp(`process ${process.pid}`))
    lock.release()
    expect(existsSync(file)).toBe(false)
    ;(await lockFolder(file)).release()
  })

  it('takes over the lock of a process that is gone', async () => {
    const child = spawn(process.execPath, ['-e', '0'])
    await once(child, 'exit')
    writeFileSync(file, JSON.stringify({ pid: child.pid, host: hostname(), since: '2026-01-01', startTicks: null }))
    const lock = await lockFolder(file)
    lock.release()
  })

  it('takes over the lock of an earlier process whose id is in use again', async () => {
    writeFileSync(file, JSON.stringify({ pid: process.pid, host: hostname(), since: '2026-01-01', startTicks: '1' }))
    const lock = await lockFolder(file)
    lock.release()
  })

  it('respects a lock of another machine', async () => {
    writeFileSync(file, JSON.stringify({ pid: 1, host: 'another-host', since: '2026-01-01', startTicks: null }))
    await expect(lockFolder(file)).rejects.toThrow(/another-host/)
  })

  it('lets only one of many rivals take over a stale lock', async () => {
    writeFileSync(file, JSON.stringify({ pid: 2 ** 22 + 1, host: hostname(), since: '2026-01-01', startTicks: null }))
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(file)))
    expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBe(1)
  })
})
