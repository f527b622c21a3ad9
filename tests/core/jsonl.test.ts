import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readJsonl } from '../../src/core/jsonl.ts'

describe('a JSONL file that cannot be read', () => {
  it.each([
    ['is not there', 'none.jsonl', /nothing there/],
    ['is a folder', '.', /a folder/],
    ['is no gzip', 'fake.jsonl.gz', /incorrect header/],
  ])('that %s is a mistake of the user, with the path', async (_name, name, reason) => {
    const folder = mkdtempSync(join(tmpdir(), 'heed-jsonl-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    writeFileSync(join(folder, 'fake.jsonl.gz'), '{"a": 1}\n')
    const file = join(folder, name)
    const reading = readJsonl(file)
    await expect(reading.next()).rejects.toMatchObject({ code: 'unreadable-file', location: { file } })
    await expect(readJsonl(file).next()).rejects.toThrow(reason)
  })

  it('does not take an error of whoever reads it for its own', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'heed-jsonl-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    writeFileSync(join(folder, 'good.jsonl'), '{"a": 1}\n{"a": 2}\n')
    const reading = async () => {
      for await (const { line } of readJsonl(join(folder, 'good.jsonl'))) {
        if (line === 2) throw Object.assign(new Error('mine'), { code: 'ENOENT' })
      }
    }
    await expect(reading()).rejects.toThrow('mine')
  })
})
