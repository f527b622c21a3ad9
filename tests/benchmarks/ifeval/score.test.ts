import { describe, expect, it } from 'vitest'
import type { Scorer } from '../../../src/benchmarks/benchmark.ts'
import { ifeval } from '../../../src/benchmarks/ifeval/index.ts'
import type { IfevalRecord } from '../../../src/benchmarks/ifeval/schema.ts'
import { loadRecords, noCalls, record, response } from './_support.ts'

function house(): Promise<Scorer<IfevalRecord>> {
  return ifeval.prepare({ asset: () => null, edition: 'v1', isSample: false })
}

describe('scoring IFEval', () => {
  it('marks scores that were made without the installed tables', async () => {
    expect((await house()).labels).toEqual(['house-assets'])
  })

  it('gives a strict and a loose verdict for each instruction and protocol, with evidence', async () => {
    const [item] = await loadRecords(record())
    const verdicts = await (await house()).score(item!, response('Sure, here:\nA brass lamp glows.'), noCalls, [
      'official',
      'fixed',
    ])
    expect(verdicts.map(({ protocol, constraint, mode, value }) => [protocol, constraint, mode, value])).toEqual(
      ['official', 'fixed'].flatMap((protocol) => [
        [protocol, '1-punctuation:no_comma', 'strict', 0],
        [protocol, '1-punctuation:no_comma', 'loose', 1],
        [protocol, '2-length_constraints:number_words', 'strict', 1],
        [protocol, '2-length_constraints:number_words', 'loose', 1],
      ]),
    )
    expect(verdicts[0]).toEqual({
      item: '7',
      sample: 0,
      constraint: '1-punctuation:no_comma',
      scorer: 'rule',
      protocol: 'official',
      mode: 'strict',
      status: 'ok',
      value: 0,
      expected: 'no comma',
      found: 'a comma at position 4',
    })
    expect(verdicts[2]).toMatchObject({ expected: 'at least 4 words', found: '6 words' })
  })

  it('has no verdict where there is no response, and keeps its status', async () => {
    const [item] = await loadRecords(record())
    for (const status of ['provider-error', 'refused', 'unclosed-thinking'] as const) {
      const verdicts = await (await house()).score(item!, response(null, status), noCalls, ['official'])
      expect(verdicts.map(({ value }) => value)).toEqual([null, null, null, null])
      expect(new Set(verdicts.map((verdict) => verdict.status))).toEqual(new Set([status]))
      expect(verdicts[0]!.reason).toBe('There is no response to check.')
    }
  })

  it('scores a truncated text as it is and a blank one as not followed', async () => {
    const [item] = await loadRecords(record())
    const scorer = await house()
    const cut = await scorer.score(item!, response('A brass lamp glows in', 'truncated'), noCalls, ['official'])
    expect(cut.map(({ value, status }) => [value, status])[0]).toEqual([1, 'truncated'])
    const blank = await scorer.score(item!, response(' \n', 'empty'), noCalls, ['official'])
    expect(blank.map(({ value, status, found }) => [value, status, found])[0]).toEqual([0, 'empty', 'a blank response'])
  })

  it('says where upstream draws lots', async () => {
    const kwargs = [{ letter: '!', let_frequency: 2, let_relation: 'at least' }]
    const [item] = await loadRecords(record({ instruction_id_list: ['keywords:letter_frequency'], kwargs }))
    const [strict] = await (await house()).score(item!, response('Stop! Go!'), noCalls, ['official'])
    expect(strict).toMatchObject({ value: 1, reason: expect.stringContaining('random letter') })
  })

  it('ends a pattern of the data that takes too long as check-error, without losing the other verdicts', async () => {
    const ids = ['keywords:frequency', 'punctuation:no_comma']
    const kwargs = [{ keyword: '(x+y|x)', frequency: 1, relation: 'at least' }, {}]
    const [item] = await loadRecords(record({ instruction_id_list: ids, kwargs }))
    const verdicts = await (await house()).score(item!, response('x'.repeat(100_000)), noCalls, ['official'])
    expect(verdicts.map(({ value, status }) => [value, status])).toEqual([
      [null, 'check-error'],
      [null, 'check-error'],
      [1, 'ok'],
      [1, 'ok'],
    ])
    expect(verdicts[0]!.reason).toContain('too long')
  })
})
