import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { gitBlobId, sha256 } from '../../src/core/hash.ts'
import { openDataDirectory } from '../../src/data/data-directory.ts'
import { fileStamp } from '../../src/data/receipts.ts'
import { verifyData } from '../../src/data/verify.ts'
import { blobEntry, fileEntry, itemsText, promptText, tempFolder, testLock, toyLock, writeFiles } from './_fixtures.ts'

const lock = toyLock()
const good = { 'toy/items.jsonl': itemsText, 'toy/sub/prompt.py': promptText }

function installed(files: Record<string, string> = good): string {
  const root = tempFolder()
  writeFiles(root, files)
  return root
}

describe('openDataDirectory', () => {
  it('gives the paths of verified files', () => {
    const root = installed()
    const directory = openDataDirectory(root, { lock })
    expect(directory.path('toy', 'items.jsonl')).toBe(join(root, 'toy/items.jsonl'))
    expect(directory.optionalPath('toy', 'sub/prompt.py')).toBe(join(root, 'toy/sub/prompt.py'))
    expect(directory.status('toy').state).toBe('installed')
    expect(directory.hashes('toy')).toEqual({ 'items.jsonl': sha256(itemsText), 'sub/prompt.py': sha256(promptText) })
  })

  it('says how to install what is not there', () => {
    const directory = openDataDirectory(join(tempFolder(), 'not/yet'), { lock })
    expect(directory.optionalPath('toy', 'items.jsonl')).toBeNull()
    expect(directory.status('toy').state).toBe('missing')
    expect(directory.hashes('toy')).toEqual({})
    expect(() => directory.path('toy', 'items.jsonl')).toThrow(
      expect.objectContaining({
        code: 'not-installed',
        exitCode: 2,
        hint: expect.stringContaining('bench data pull toy'),
      }),
    )
    expect(() => directory.path('tyo', 'items.jsonl')).toThrow(/data set, got `tyo`/)
    expect(() => directory.path('toy', 'item.jsonl')).toThrow(/file of data set toy, got `item.jsonl`/)
  })

  it('refuses changed content, naming file and both hashes', () => {
    const changed = itemsText.replace('hello', 'HELLO')
    const root = installed({ 'toy/items.jsonl': changed })
    const directory = openDataDirectory(root, { lock })
    for (const ask of ['path', 'optionalPath'] as const) {
      expect(() => directory[ask]('toy', 'items.jsonl')).toThrow(
        `${join(root, 'toy/items.jsonl')}: Expected toy/items.jsonl with sha256 ${sha256(itemsText)}, found ${sha256(changed)}`,
      )
    }
    expect(directory.status('toy').state).toBe('wrong')
    expect(() => directory.hashes('toy')).toThrow(expect.objectContaining({ code: 'hash-mismatch' }))
  })

  it('hashes again only when size, time or inode changed, and always for verify', async () => {
    const root = installed()
    const path = openDataDirectory(root, { lock }).path('toy', 'items.jsonl')
    writeFileSync(path, itemsText.replace('hello', 'HELLO'))
    const reopened = () => openDataDirectory(root, { lock }).path('toy', 'items.jsonl')
    expect(reopened).toThrow(/Expected toy\/items.jsonl with sha256/)

    const receiptsFile = join(root, 'toy/receipts.json')
    const receipts = readFileSync(receiptsFile, 'utf8')
    writeFileSync(receiptsFile, receipts.replace(/"stamp": "[^"]*"/, `"stamp": "${fileStamp(path)}"`))
    expect(reopened()).toBe(path)
    const { datasets } = await verifyData(['toy'], { dataDirectory: root, lock })
    expect(datasets[0]).toMatchObject({ state: 'wrong', files: [{ state: 'wrong' }, { state: 'ok' }] })
  })

  it('takes files of a directory that was copied to another place', () => {
    const root = installed()
    openDataDirectory(root, { lock }).status('toy')
    const receipts = readFileSync(join(root, 'toy/receipts.json'), 'utf8')
    const copy = installed({ ...good, 'toy/receipts.json': receipts })
    expect(openDataDirectory(copy, { lock }).status('toy').state).toBe('installed')
    const renewed = readFileSync(join(copy, 'toy/receipts.json'), 'utf8')
    expect(renewed).not.toBe(receipts)
    expect(renewed.replace(/"stamp": "[^"]*"/g, '')).toBe(receipts.replace(/"stamp": "[^"]*"/g, ''))
  })

  it('does not trust receipts against the lock', () => {
    const root = installed({ 'toy/items.jsonl': 'forged' })
    openDataDirectory(root, { lock: testLock({ toy: [fileEntry('items.jsonl', 'forged')] }) }).path(
      'toy',
      'items.jsonl',
    )
    expect(() => openDataDirectory(root, { lock }).path('toy', 'items.jsonl')).toThrow(
      expect.objectContaining({ code: 'hash-mismatch' }),
    )
  })

  it('names broken receipts', () => {
    const root = installed({ ...good, 'toy/receipts.json': '{"version":1,"fi' })
    expect(() => openDataDirectory(root, { lock }).path('toy', 'items.jsonl')).toThrow(/receipts\.json: Expected the/)
  })

  it('verifies by git blob where no sha256 is known', () => {
    const byBlob = testLock({ toy: [blobEntry('data.json', '[1]')] })
    expect(openDataDirectory(installed({ 'toy/data.json': '[1]' }), { lock: byBlob }).status('toy').state).toBe(
      'installed',
    )
    expect(() =>
      openDataDirectory(installed({ 'toy/data.json': '[2]' }), { lock: byBlob }).path('toy', 'data.json'),
    ).toThrow(`git blob ${gitBlobId(Buffer.from('[1]'))}, found ${gitBlobId(Buffer.from('[2]'))}`)
  })

  it('remembers on first use what no hash is known of, and demands it from then on', () => {
    const unknown = testLock({ toy: [{ name: 'data.json', path: 'data.json' }] })
    const root = installed({ 'toy/data.json': '[1]' })
    const [file] = openDataDirectory(root, { lock: unknown }).status('toy').files
    expect(file).toMatchObject({ state: 'ok', receipt: { trust: 'first-use', sha256: sha256('[1]') } })
    writeFileSync(join(root, 'toy/data.json'), '[1, 2]')
    expect(() => openDataDirectory(root, { lock: unknown }).path('toy', 'data.json')).toThrow(
      `sha256 ${sha256('[1]')}, found ${sha256('[1, 2]')}`,
    )
  })

  it('warns once of a version that is not the pinned one, where the lock allows it', () => {
    const lenient = testLock({ toy: [blobEntry('data.json', '[1]', { onMismatch: 'warn' })] })
    const warnings: string[] = []
    const root = installed({ 'toy/data.json': '[2]' })
    const directory = openDataDirectory(root, { lock: lenient, warn: (message) => warnings.push(message) })
    directory.path('toy', 'data.json')
    directory.hashes('toy')
    const [expected, found] = [gitBlobId(Buffer.from('[1]')), gitBlobId(Buffer.from('[2]'))]
    expect(warnings).toEqual([`toy/data.json is not the pinned version: expected ${expected}, found git blob ${found}`])
    writeFileSync(join(root, 'toy/data.json'), '[3]')
    expect(() => directory.path('toy', 'data.json')).toThrow(/sha256/)
  })

  it('sees files that come and go while it is open', () => {
    const root = installed()
    const directory = openDataDirectory(root, { lock })
    expect(directory.optionalPath('toy', 'items.jsonl')).not.toBeNull()
    rmSync(join(root, 'toy/items.jsonl'))
    expect(directory.optionalPath('toy', 'items.jsonl')).toBeNull()
    expect(directory.status('toy').state).toBe('partial')
  })
})
