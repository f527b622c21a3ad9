import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { GrowingColumn } from '../../../src/report/viewer/_growing-column.ts'
import { HashIndex, hashText } from '../../../src/report/viewer/_hash-index.ts'
import { loadCatalogue } from '../../../src/report/viewer/catalogue.ts'
import { listRows, type RowFilter } from '../../../src/report/viewer/list-rows.ts'
import { readItem } from '../../../src/report/viewer/read-item.ts'
import { SpanReader } from '../../../src/report/viewer/read-span.ts'
import { RunIndex, rowHash } from '../../../src/report/viewer/run-index.ts'
import { openFinishedRun } from '../../../src/runners/read-run.ts'
import { bench, temporaryFolder } from '../../cli/_bench.ts'

const everything: RowFilter = {
  protocol: 'official',
  benchmark: null,
  status: null,
  tag: null,
  outcome: 'all',
  text: '',
}

async function open(folder: string): Promise<RunIndex> {
  const run = openFinishedRun(folder)
  const index = new RunIndex(run)
  await index.build(loadCatalogue(run.manifest, '/nonexistent'))
  return index
}

describe('the columns of the index', () => {
  it('keep a million numbers, and 0 where none was set', () => {
    const column = new GrowingColumn('f64')
    for (let index = 0; index < 1_000_000; index += 7) column.set(index, index * 1e6)
    expect(column.get(999_999)).toBe(999_999e6)
    expect(column.get(3)).toBe(0)
    expect(column.get(5_000_000)).toBe(0)
  })

  it('number a hundred thousand keys in order and find each again', () => {
    const index = new HashIndex()
    for (let key = 0; key < 100_000; key++) expect(index.add(hashText(`key ${key}`))).toBe(key)
    expect(index.add(hashText('key 5'))).toBe(5)
    expect(index.size).toBe(100_000)
    for (let key = 0; key < 100_000; key += 97) expect(index.find(hashText(`key ${key}`))).toBe(key)
    expect(index.find(hashText('another'))).toBe(-1)
  })
})

describe('the index of a run', () => {
  it('finds every response with its verdicts, and filters by outcome, tag and text', async () => {
    using folder = temporaryFolder()
    const [a, b] = [join(folder.path, 'tuned'), join(folder.path, 'base')]
    for (const name of ['tuned', 'base']) {
      const out = join(folder.path, name)
      await bench(['run', '--bench', 'ifeval,cfbench', '--model', `demo/${name}`, '--out', out, '--quiet'])
    }
    const [tuned, base] = [await open(a), await open(b)]
    const reader = new SpanReader()
    const list = async (filter: Partial<RowFilter>, other: RunIndex | null = base) =>
      (await listRows(tuned, other, { ...everything, ...filter }, { from: 0, count: 200 }, reader)).rows
    expect(tuned.size).toBe(44 + 14)
    expect(tuned.progress.isComplete).toBe(true)
    expect(tuned.progress.done).toBe(tuned.progress.total)
    expect((await list({ benchmark: 'ifeval' })).length).toBe(44)

    const row = tuned.find(rowHash('ifeval', '9001', 0))
    expect(tuned.outcomeAt(row, 'official')).toEqual({ passed: 4, failed: 0, unmeasured: 0, failedMask: 0 })
    const other = base.outcomeAt(base.find(rowHash('ifeval', '9001', 0)), 'official')
    expect(other).toEqual({ passed: 0, failed: 4, unmeasured: 0, failedMask: 0b11 })

    const tag = 'type=punctuation:no_comma'
    expect((await list({ tag })).length).toBe(5)
    const failedHere = (
      await listRows(base, null, { ...everything, tag, outcome: 'failed' }, { from: 0, count: 99 }, reader)
    ).rows
    expect(failedHere.map(({ item }) => item)).toContain('9001')
    expect((await list({ outcome: 'better', benchmark: 'ifeval' })).map(({ item }) => item)).toContain('9001')
    expect((await list({ outcome: 'worse', benchmark: 'ifeval' })).map(({ item }) => item)).not.toContain('9001')
    expect((await list({ text: 'harbour AT dawn' })).map(({ item }) => item)).toEqual(['9001'])

    const item = await readItem(
      [
        { index: tuned, row },
        { index: base, row: base.find(rowHash('ifeval', '9001', 0)) },
      ],
      reader,
    )
    expect(item.constraints[0]).toMatchObject({ id: '1-punctuation:no_comma' })
    expect(item.sides.map(({ verdicts }) => verdicts.length)).toEqual([8, 8])
    expect(item.difference!.a.map(({ text }) => text).join('')).toBe(item.sides[0]!.response!.text!.text)
    expect(item.difference!.b.some(({ changed }) => changed)).toBe(true)
    const judged = await readItem([{ index: tuned, row: tuned.find(rowHash('cfbench', '0', 0)) }], reader)
    expect(judged.sides[0]!.calls[0]!.text!.text).toContain('1')
    await reader.close()
  })

  it('keeps verdicts that do not stand together, and counts lines that it cannot read', async () => {
    using folder = temporaryFolder()
    const out = join(folder.path, 'run')
    await bench(['run', '--bench', 'ifeval', '--model', 'demo/base', '--out', out, '--limit', '3', '--quiet'])
    const verdict = {
      benchmark: 'ifeval',
      edition: 'v1',
      item: '9001',
      sample: 0,
      constraint: 'late',
      protocol: 'official',
    }
    const late = JSON.stringify({ ...verdict, scorer: 'rule', status: 'check-error', value: null })
    appendFileSync(join(out, 'verdicts.jsonl'), `${late}\nnot json\n${late}\n{"benchmark":"ifeval","it`)
    const index = await open(out)
    const row = index.find(rowHash('ifeval', '9001', 0))
    expect(index.outcomeAt(row, 'official').unmeasured).toBe(2)
    expect(index.verdictsAt(row)).toHaveLength(3)
    expect(index.progress.skipped).toBe(2)
    const reader = new SpanReader()
    const item = await readItem([{ index, row }], reader)
    expect(item.sides[0]!.verdicts.filter(({ constraint }) => constraint === 'late')).toHaveLength(2)
    await reader.close()
  })

  it('lets a run be looked at whose data is not installed', async () => {
    using folder = temporaryFolder()
    const out = join(folder.path, 'run')
    await bench(['run', '--bench', 'ifeval', '--model', 'demo/base', '--out', out, '--limit', '3', '--quiet'])
    const run = openFinishedRun(out)
    const benchmarks = run.manifest.identity.benchmarks.map((head) => ({ ...head, isSample: false }))
    const catalogue = await loadCatalogue(
      { ...run.manifest, identity: { ...run.manifest.identity, benchmarks } },
      folder.path,
    )
    expect(catalogue.size).toBe(0)
    expect(catalogue.notes[0]).toContain('ifeval: no constraint texts and tags')
  })
})
