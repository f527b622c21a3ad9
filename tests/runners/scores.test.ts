import { describe, expect, it } from 'vitest'
import { type BenchmarkScores, failuresOf, hasFailedCalls } from '../../src/runners/scores.ts'

function scores(over: Partial<BenchmarkScores>): BenchmarkScores {
  return {
    benchmark: 'b',
    title: 'B',
    suite: 'id',
    edition: 'v1',
    isSample: true,
    labels: [],
    scorers: {},
    items: 10,
    samples: 1,
    responses: { ok: 10 },
    verdicts: { official: { ok: 30 }, fixed: { ok: 30 } },
    complete: true,
    metrics: {},
    warnings: {},
    ...over,
  }
}

describe('failuresOf', () => {
  it('counts a failed response once, not its verdicts', () => {
    const responses = { ok: 8, 'provider-error': 2 }
    const failed = scores({ responses, verdicts: { official: { ok: 24, 'provider-error': 6 } } })
    expect(failuresOf(failed)).toEqual([{ status: 'provider-error', unit: 'responses', count: 2 }])
    expect(hasFailedCalls(failed)).toBe(true)
  })

  it('counts verdicts where the responses are there, once for both protocols', () => {
    const verdicts = { official: { ok: 27, 'judge-unparsed': 3 }, fixed: { ok: 28, 'judge-unparsed': 2 } }
    expect(failuresOf(scores({ verdicts }))).toEqual([{ status: 'judge-unparsed', unit: 'verdicts', count: 3 }])
    expect(hasFailedCalls(scores({ verdicts }))).toBe(false)
  })
})
