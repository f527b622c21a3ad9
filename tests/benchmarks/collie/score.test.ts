import { describe, expect, it } from 'vitest'
import type { ScoringContext } from '../../../src/benchmarks/benchmark.ts'
import { collie } from '../../../src/benchmarks/collie/index.ts'
import { createScorer } from '../../../src/benchmarks/collie/score.ts'
import { load, record, sampleItems, score, tokenizers, values } from './_items.ts'

const [item] = await load([record()])
const sample = await sampleItems()

describe('scoring COLLIE', () => {
  it('gives each sub-constraint its own verdict with what was asked and found', () => {
    expect(score(item!, 'A green bird sings here.')).toEqual([
      {
        item: 'wiki_c05/0',
        sample: 0,
        constraint: 'part-1',
        scorer: 'rule',
        protocol: 'official',
        value: 1,
        status: 'ok',
        expected: 'The text has exactly 5 words.',
        found: '5 words',
      },
      {
        item: 'wiki_c05/0',
        sample: 0,
        constraint: 'part-2',
        scorer: 'rule',
        protocol: 'official',
        value: 0,
        status: 'ok',
        expected: 'The 2nd word is “blue”.',
        found: '“green”',
      },
    ])
  })

  it('answers both protocols in one pass, constraint by constraint', async () => {
    const scorer = createScorer(tokenizers, [])
    const response = {
      sample: 3,
      status: 'truncated',
      text: 'A blue',
      reasoning: null,
      finishReason: 'length',
    } as const
    const verdicts = await scorer.score(item!, response, {} as ScoringContext, ['official', 'fixed'])
    expect(
      verdicts.map(({ protocol, constraint, value, sample, status }) => [protocol, constraint, value, sample, status]),
    ).toEqual([
      ['official', 'part-1', 0, 3, 'truncated'],
      ['official', 'part-2', 1, 3, 'truncated'],
      ['fixed', 'part-1', 0, 3, 'truncated'],
      ['fixed', 'part-2', 1, 3, 'truncated'],
    ])
  })

  it.each(['provider-error', 'refused', 'unclosed-thinking'] as const)(
    'leaves a missing response (%s) unmeasured',
    (status) => {
      for (const protocol of ['official', 'fixed'] as const) {
        const verdicts = score(sample.get('guten_c08/0')!, null, protocol, status)
        expect(verdicts).toMatchObject([{ value: null, status, reason: 'There is no response to check.' }])
      }
    },
  )

  it('scores the raw text under official: outer white space and CRLF count', () => {
    const sentence = sample.get('wiki_c04/0')!
    const exact = 'The harbour office keeps a careful list of every boat that leaves before the sunrise.'
    expect(values(sentence, exact)).toEqual([1])
    expect(values(sentence, `${exact}\n`)).toEqual([0])
    const passage = sample.get('ccnews_c14/0')!
    const text = 'A roof is planned. No date has been set.\n\nBoth clubs pay. The talks go on.'
    expect(values(passage, text)).toEqual([1, 1])
    expect(values(passage, text.replaceAll('\n', '\r\n'))).toEqual([0, 1])
    expect(values(passage, `${text}\n\n`)).toEqual([0, 0])
  })

  it('strips, and reads CRLF as line feed, under fixed', () => {
    const sentence = sample.get('wiki_c04/0')!
    const exact = 'The harbour office keeps a careful list of every boat that leaves before the sunrise.'
    expect(values(sentence, ` ${exact}\n`, 'fixed')).toEqual([1])
    const passage = sample.get('ccnews_c14/0')!
    const text = 'A roof is planned. No date has been set.\r\n\r\nBoth clubs pay. The talks go on.\r\n\r\n'
    expect(values(passage, text, 'fixed')).toEqual([1, 1])
  })

  it('passes a blank response on para01 under official, marks it, and fails it under fixed', () => {
    const para01 = sample.get('guten_c08/0')!
    for (const text of ['', ' \n']) {
      expect(score(para01, text)).toMatchObject([{ value: 1, found: 'no sentence', detail: { blank: true } }])
      expect(score(para01, text, 'fixed')).toMatchObject([
        { value: 0, found: 'a blank response', detail: { blank: true } },
      ])
    }
    expect(score(para01, 'She sat.')[0]!.detail).toBeUndefined()
  })

  it('lets the empty response fail everywhere else', () => {
    const passing = [...sample.values()].filter((each) => values(each, '').every((value) => value === 1))
    expect(new Set(passing.map(({ tags }) => tags.structure))).toEqual(new Set(['para01']))
  })

  it('needs the trained Punkt tables for the real data, and says house-assets where the sample goes without', async () => {
    const none = { asset: () => null, edition: 'v1' }
    await expect(collie.prepare({ ...none, isSample: false })).rejects.toThrow('Punkt parameters')
    expect((await collie.prepare({ ...none, isSample: true })).labels).toEqual(['house-assets'])
  })
})
