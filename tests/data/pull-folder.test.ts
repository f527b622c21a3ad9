import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it, vi } from 'vitest'
import { gitBlobId, sha256 } from '../../src/core/hash.ts'
import type { DataLock } from '../../src/data/data-lock.ts'
import { dataLock } from '../../src/data/data-lock.ts'
import { pull } from '../../src/data/pull.ts'
import { hasWrongHash } from '../../src/data/pull-report.ts'
import { blobEntry, fileEntry, itemsText, promptText, tempFolder, testLock, toyLock, writeFiles } from './_fixtures.ts'

vi.mock('../../src/data/converters.ts', () => ({
  converters: new Map([
    [
      'collie-pickle',
      async (input: string, output: string) => {
        const { readFileSync, writeFileSync } = await import('node:fs')
        writeFileSync(output, readFileSync(input, 'utf8').toUpperCase())
      },
    ],
  ]),
}))

/** Pulls from a folder with the given files. */
async function pullFrom(files: Record<string, string | Uint8Array>, lock: DataLock = toyLock(), names: string[] = []) {
  const from = tempFolder()
  writeFiles(from, files)
  const dataDirectory = join(tempFolder(), 'data')
  const report = await pull(names, { dataDirectory, from, lock })
  const outcomes = Object.fromEntries(report.files.map(({ dataset, file, outcome }) => [`${dataset}/${file}`, outcome]))
  return { from, dataDirectory, report, outcomes }
}

describe('pull from a folder', () => {
  it('finds files by content in any layout and under any name, gzipped or not', async () => {
    const { dataDirectory, outcomes, report } = await pullFrom({
      'deep/down/whatever.bin': itemsText,
      'else/where/renamed.gz': gzipSync(promptText),
      'noise/items.jsonl': 'something else',
    })
    expect(outcomes).toEqual({ 'toy/items.jsonl': 'installed', 'toy/sub/prompt.py': 'installed' })
    expect(readFileSync(join(dataDirectory, 'toy/items.jsonl'), 'utf8')).toBe(itemsText)
    expect(readFileSync(join(dataDirectory, 'toy/sub/prompt.py'), 'utf8')).toBe(promptText)
    expect(report.files[1]?.source).toContain('else/where/renamed.gz')
    expect(report.files[1]?.receipt).toMatchObject({ trust: 'verified', sha256: sha256(promptText) })
  })

  it('leaves what is installed alone and replaces what is wrong', async () => {
    const { from, dataDirectory } = await pullFrom({ a: itemsText, b: promptText })
    writeFiles(dataDirectory, { 'toy/items.jsonl': 'damaged' })
    const report = await pull([], { dataDirectory, from, lock: toyLock() })
    expect(report.files.map(({ outcome }) => outcome)).toEqual(['installed', 'present'])
    expect(readFileSync(join(dataDirectory, 'toy/items.jsonl'), 'utf8')).toBe(itemsText)
  })

  it('reports a wrong installed file that the folder cannot mend, and leaves it', async () => {
    const { dataDirectory } = await pullFrom({ a: itemsText, b: promptText })
    writeFiles(dataDirectory, { 'toy/items.jsonl': 'damaged' })
    const report = await pull([], { dataDirectory, from: tempFolder(), lock: toyLock() })
    expect(report.files[0]).toMatchObject({ outcome: 'failed', reason: expect.stringContaining(sha256('damaged')) })
    expect(hasWrongHash(report.files[0]!)).toBe(true)
    expect(readFileSync(join(dataDirectory, 'toy/items.jsonl'), 'utf8')).toBe('damaged')
  })

  it('lists by name what is not there, and leaves no folder behind', async () => {
    const { dataDirectory, report } = await pullFrom({ 'readme.txt': 'nothing of use' })
    expect(report.files).toMatchObject([
      { file: 'items.jsonl', outcome: 'missing', reason: expect.stringContaining('not found in'), errors: [] },
      { file: 'sub/prompt.py', outcome: 'missing' },
    ])
    expect(readdirSync(dataDirectory)).toEqual([])
  })

  it('calls it a wrong hash where the file stands in its place with another content', async () => {
    for (const place of ['items.jsonl', 'toy/items.jsonl', 'x/Toy/upstream/items.jsonl', 'upstream/items.jsonl']) {
      const { report, from, dataDirectory } = await pullFrom({ [place]: 'another version' })
      const [file] = report.files
      expect(file?.outcome, place).toBe('failed')
      expect(hasWrongHash(file!)).toBe(true)
      for (const part of [sha256(itemsText), sha256('another version'), join(from, place), 'toy/items.jsonl']) {
        expect(file?.reason).toContain(part)
      }
      expect(existsSync(join(dataDirectory, 'toy/items.jsonl'))).toBe(false)
    }
  })

  it('mentions a file that merely has the name', async () => {
    const { report } = await pullFrom({ 'other/project/prompt.py': 'print(1)' })
    expect(report.files[1]).toMatchObject({
      outcome: 'missing',
      reason: expect.stringMatching(
        /other\/project\/prompt\.py has the name, but another content \(sha256 [0-9a-f]{64}\)/,
      ),
    })
  })

  it('does not mistake a file of another edition for a damaged one', async () => {
    const lock = testLock({
      'toy-v1': [fileEntry('subset.jsonl', '{"v":1}')],
      'toy-v2': [fileEntry('subset.jsonl', '{"v":2}')],
    })
    const { outcomes } = await pullFrom({ 'subset.jsonl': '{"v":1}' }, lock)
    expect(outcomes).toEqual({ 'toy-v1/subset.jsonl': 'installed', 'toy-v2/subset.jsonl': 'missing' })
  })

  it('says so when the gzipped file is cut off', async () => {
    const zipped = gzipSync(itemsText)
    const { report } = await pullFrom({ 'toy/items.jsonl.gz': zipped.subarray(0, zipped.length - 9) })
    expect(report.files[0]).toMatchObject({
      outcome: 'failed',
      errors: [{ code: 'unreadable-file', message: expect.stringContaining('toy/items.jsonl, gzipped') }],
    })
  })

  it('opens gzip files made of several members when the name fits', async () => {
    const [head, tail] = [itemsText.slice(0, 100), itemsText.slice(100)]
    const { outcomes } = await pullFrom({ 'items.jsonl.gz': Buffer.concat([gzipSync(head), gzipSync(tail)]) })
    expect(outcomes['toy/items.jsonl']).toBe('installed')
  })

  it('follows links but not in circles', async () => {
    const from = tempFolder()
    const elsewhere = tempFolder()
    writeFiles(elsewhere, { 'x/real.txt': itemsText })
    writeFiles(from, { 'a/b.txt': promptText })
    symlinkSync(from, join(from, 'a/loop'))
    symlinkSync(join(elsewhere, 'x'), join(from, 'linked'))
    symlinkSync(join(from, 'gone'), join(from, 'dangling'))
    const report = await pull([], { dataDirectory: tempFolder(), from, lock: toyLock() })
    expect(report.files.map(({ outcome }) => outcome)).toEqual(['installed', 'installed'])
  })

  it('finds files of unknown size by their git blob', async () => {
    const lock = testLock({ toy: [blobEntry('data.json', '[1, 2]')] })
    const { outcomes, report } = await pullFrom({ 'a/b/c': gzipSync('no'), 'x.gz': gzipSync('[1, 2]') }, lock)
    expect(outcomes['toy/data.json']).toBe('installed')
    expect(report.files[0]?.receipt).toMatchObject({ bytes: 6, gitBlob: gitBlobId(Buffer.from('[1, 2]')) })
  })

  it('takes another version with a warning that names both ids, where the lock allows it and only in its place', async () => {
    const lock = testLock({ toy: [blobEntry('eval.json', '[1]', { onMismatch: 'warn' })] })
    const [expected, found] = [gitBlobId(Buffer.from('[1]')), gitBlobId(Buffer.from('[2]'))]
    const accepted = await pullFrom({ 'toy/eval.json': '[2]' }, lock)
    expect(accepted.report.files[0]).toMatchObject({
      outcome: 'installed',
      receipt: { trust: 'accepted-mismatch', expected },
    })
    expect(accepted.report.files[0]?.warning).toContain(`expected git blob ${expected}, found ${found}`)
    const again = await pull([], { dataDirectory: accepted.dataDirectory, from: accepted.from, lock })
    expect(again.files[0]).toMatchObject({ outcome: 'present', warning: expect.stringContaining(expected) })
    expect((await pullFrom({ 'other/data/eval.json': '[2]' }, lock)).outcomes['toy/eval.json']).toBe('missing')
    const broken = await pullFrom({ 'toy/eval.json': '[2' }, lock)
    expect(broken.report.files[0]).toMatchObject({ outcome: 'failed', errors: [{ code: 'implausible-content' }] })
  })

  it('prefers the pinned version wherever it is', async () => {
    const lock = testLock({ toy: [blobEntry('eval.json', '[1]', { onMismatch: 'warn' })] })
    const { report } = await pullFrom({ 'toy/eval.json': '[2]', 'backup/old.gz': gzipSync('[1]') }, lock)
    expect(report.files[0]).toMatchObject({ receipt: { trust: 'verified' }, warning: null })
  })

  it('records the hash of a file of which none is known', async () => {
    const lock = testLock({ toy: [{ name: 'data.jsonl', path: 'data.jsonl' }] })
    const { report } = await pullFrom({ 'data.jsonl': '{"a":1}\n{"a":2}\n', 'other.jsonl': '{}' }, lock)
    expect(report.files[0]).toMatchObject({ outcome: 'installed', receipt: { trust: 'first-use' } })
    expect(report.files[0]?.warning).toContain(`sha256 ${sha256('{"a":1}\n{"a":2}\n')} is recorded`)
    const torn = await pullFrom({ 'data.jsonl': '{"a":1}\n{"a":' }, lock)
    expect(torn.report.files[0]?.errors[0]?.code).toBe('implausible-content')
  })

  describe('a file that is made from another', () => {
    const derivedFrom = { converter: 'collie-pickle', path: 'data/all.dill', sha256: sha256('raw text'), bytes: 8 }
    const lock = testLock({ toy: [fileEntry('made.jsonl', 'RAW TEXT', { derivedFrom })] })

    it('is taken ready when it is there', async () => {
      const { report } = await pullFrom({ 'x/made.jsonl': 'RAW TEXT', 'all.dill': 'raw text' }, lock)
      expect(report.files[0]?.source).toMatch(/made\.jsonl$/)
    })

    it('is converted from the original, which is not kept', async () => {
      const { report, dataDirectory } = await pullFrom({ 'x/y.gz': gzipSync('raw text') }, lock)
      expect(report.files[0]).toMatchObject({
        outcome: 'installed',
        source: expect.stringMatching(/y\.gz \(converted\)$/),
      })
      expect(readdirSync(join(dataDirectory, 'toy')).sort()).toEqual(['made.jsonl', 'receipts.json'])
    })

    it('is refused when the converter makes something else', async () => {
      const other = testLock({ toy: [fileEntry('made.jsonl', 'OTHER', { derivedFrom })] })
      const { report, dataDirectory } = await pullFrom({ 'all.dill': 'raw text' }, other)
      expect(hasWrongHash(report.files[0]!)).toBe(true)
      expect(existsSync(join(dataDirectory, 'toy'))).toBe(false)
    })

    it('names the original when neither is there', async () => {
      const { report } = await pullFrom({}, lock)
      expect(report.files[0]).toMatchObject({
        outcome: 'missing',
        reason: expect.stringContaining('made from toy/all.dill'),
      })
    })
  })

  it('refuses a place that is no folder', async () => {
    const options = { dataDirectory: tempFolder(), lock: toyLock() }
    await expect(pull([], { ...options, from: join(tempFolder(), 'none') })).rejects.toThrow(
      /folder or an http\(s\) URL/,
    )
    await expect(pull(['tyo'], { ...options, from: tempFolder() })).rejects.toThrow(/got `tyo`/)
  })

  const shared = join(import.meta.dirname, '../../../shared/data')
  it.skipIf(!existsSync(shared))('installs everything that ../shared/data holds and names the rest', async () => {
    const report = await pull([], { dataDirectory: tempFolder(), from: shared, lock: dataLock() })
    const of = (outcome: string) =>
      report.files.filter((file) => file.outcome === outcome).map(({ dataset, file }) => `${dataset}/${file}`)
    expect(of('installed')).toHaveLength(82)
    expect(of('failed')).toEqual([])
    expect(of('missing')).toEqual([
      'followbench-upstream/code/gpt4_based_evaluation.py',
      'followbench-upstream/code_zh/gpt4_based_evaluation.py',
      'complexbench/data_final.json',
      'complexbench-upstream/evaluation/prompts/RAL_evaluator.py',
      'complexbench-upstream/evaluation/prompts/RAL_extractor.py',
      'cfbench-upstream/code/evalaute.py',
      'multichallenge-hf/test-00000-of-00001.parquet',
      'multichallenge-upstream/src/evaluator.py',
      'writingbench-v2/benchmark_all.jsonl',
      'writingbench-v2/requirement/style/style_subset.jsonl',
      'writingbench-v2/requirement/style/style_subset_C.jsonl',
      'writingbench-v2/requirement/format/format_subset.jsonl',
      'writingbench-v2/requirement/format/format_subset_C.jsonl',
      'writingbench-v1/benchmark_all.jsonl',
      'writingbench-upstream/prompt.py',
      'agentif/eval.json',
      'verl-if-upstream/bia_use.py',
    ])
  })
})
