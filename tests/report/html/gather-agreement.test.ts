import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { gatherAgreement } from '../../../src/report/html/gather-agreement.ts'
import type { FinishedRun } from '../../../src/runners/read-run.ts'
import { temporaryFolder } from '../../cli/_bench.ts'

interface Soft {
  readonly value: number | null
  readonly scorer: string
  readonly p?: number
  readonly protocol?: string
}

function scoring(folder: string, name: string, verdicts: readonly Soft[]): FinishedRun {
  const scoringFolder = join(folder, 'scorings', name)
  mkdirSync(scoringFolder, { recursive: true })
  const lines = verdicts.map(({ value, scorer, p, protocol = 'official' }, index) =>
    JSON.stringify({
      benchmark: 'b',
      item: 'i',
      sample: 0,
      constraint: String(index),
      scorer,
      protocol,
      value,
      status: 'ok',
      ...(p === undefined ? {} : { detail: { p } }),
    }),
  )
  writeFileSync(join(scoringFolder, 'verdicts.jsonl'), `${lines.join('\n')}\n`)
  const identity = { judge: null }
  const scores = { scoring: identity, benchmarks: [] }
  return { name, folder, scoringFolder, scoring: identity, scores } as unknown as FinishedRun
}

describe('gatherAgreement', () => {
  it('compares two scorings of the same responses, soft verdicts of the protocol alone', async () => {
    using folder = temporaryFolder()
    const values = (scorer: string, list: readonly (number | null)[]) => list.map((value) => ({ value, scorer }))
    const one = scoring(folder.path, 'one', [
      ...values('judge:x', [1, 1, 0, 0, null]),
      { value: 1, scorer: 'rule' },
      { value: 1, scorer: 'judge:x', protocol: 'fixed' },
    ])
    const other = scoring(folder.path, 'other', [
      ...values('judge:y', [1, 0, 0, 1, 1]),
      { value: 0, scorer: 'rule' },
      { value: 0, scorer: 'judge:y', protocol: 'fixed' },
    ])
    const { scorings, probabilities } = await gatherAgreement([one, other], 'official')
    expect(scorings).toHaveLength(1)
    expect(scorings[0]).toMatchObject({ benchmark: 'b', one: 'one', other: 'other' })
    expect(scorings[0]!.figures).toMatchObject({ n: 4, accuracy: 0.5, firstOnly: 1, secondOnly: 1 })
    expect(probabilities).toEqual([])
  })

  it('sets probabilities beside the judge, in one scoring and across two, each pair once', async () => {
    using folder = temporaryFolder()
    const rm = scoring(folder.path, 'rm', [
      { value: 1, scorer: 'rm:m', p: 0.95 },
      { value: 0, scorer: 'rm:m', p: 0.15 },
      { value: 1, scorer: 'judge:x', p: 0.55 },
    ])
    const judge = scoring(folder.path, 'judge', [
      { value: 1, scorer: 'judge:x' },
      { value: 1, scorer: 'judge:x' },
      { value: 0, scorer: 'judge:x' },
    ])
    const { probabilities } = await gatherAgreement([rm, judge], 'official')
    expect(probabilities.map(({ name, n }) => [name, n])).toEqual([
      ['rm', 1],
      ['rm against judge', 2],
    ])
    expect(probabilities[1]!.brier).toBeCloseTo((0.05 ** 2 + 0.85 ** 2) / 2, 12)
  })

  it('does not compare runs of other responses', async () => {
    using folder = temporaryFolder()
    const one = scoring(join(folder.path, 'a'), 'one', [{ value: 1, scorer: 'judge:x' }])
    const other = scoring(join(folder.path, 'b'), 'other', [{ value: 1, scorer: 'judge:x' }])
    expect((await gatherAgreement([one, other], 'official')).scorings).toEqual([])
  })
})
