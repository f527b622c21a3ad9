import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppendLog } from '../../src/runners/append-log.ts'
import { repairTornTail } from '../../src/runners/torn-tail.ts'

describe('AppendLog', () => {
  let folder: string
  let file: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'heed-log-'))
    file = join(folder, 'calls.jsonl')
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('has every record on disk when append resolves, in the order of the calls', async () => {
    const log = await AppendLog.open(file)
    const positions = await Promise.all(Array.from({ length: 300 }, (_, n) => log.append({ n, text: 'ä\u2028😀' })))
    const lines = readFileSync(file, 'utf8').split('\n')
    expect(lines.length).toBe(301)
    expect(JSON.parse(lines[299]!)).toEqual({ n: 299, text: 'ä\u2028😀' })
    expect(await log.read(positions[137]!)).toEqual({ n: 137, text: 'ä\u2028😀' })
    await log.close()
  })

  it('cuts a torn last line on opening, says how much, and goes on behind the whole records', async () => {
    writeFileSync(file, '{"n":1}\n{"n":2}\n{"n":3,"te')
    const log = await AppendLog.open(file)
    expect(log.cutBytes).toBe(10)
    await log.append({ n: 4 })
    await log.close()
    expect(readFileSync(file, 'utf8')).toBe('{"n":1}\n{"n":2}\n{"n":4}\n')
  })

  it('cuts a torn line longer than a read chunk and leaves a file of one torn line empty', () => {
    writeFileSync(file, `{"a":1}\n${'x'.repeat(200_000)}`)
    expect(repairTornTail(file)).toEqual({ length: 8, cutBytes: 200_000 })
    writeFileSync(file, 'x'.repeat(70_000))
    expect(repairTornTail(file)).toEqual({ length: 0, cutBytes: 70_000 })
    appendFileSync(file, '{"a":1}\n')
    expect(repairTornTail(file)).toEqual({ length: 8, cutBytes: 0 })
  })

  it.skipIf(!existsSync('/dev/full'))(
    'says what to do when the disk is full, and fails later appends instead of leaving a gap',
    async () => {
      const log = await AppendLog.open('/dev/full')
      await expect(log.append({ n: 1 })).rejects.toMatchObject({ code: 'log-write', exitCode: 2 })
      await expect(log.append({ n: 2 })).rejects.toThrow(/Could not append/)
    },
  )
})
