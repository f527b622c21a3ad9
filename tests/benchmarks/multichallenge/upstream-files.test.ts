import { describe, expect, it } from 'vitest'
import { officialRows } from '../../../src/benchmarks/multichallenge/official-run.ts'
import { officialScores, scoreText } from '../../../src/benchmarks/multichallenge/official-scores.ts'
import { rawTable } from '../../../src/benchmarks/multichallenge/raw-table.ts'
import { attempts, failedGeneration, officialAttempts } from '../../../src/benchmarks/multichallenge/response-file.ts'

const yes = { verdict: 'YES', reasoning: 'fine' }

describe('the files that upstream writes', () => {
  it('print percentages with ties to even on the binary value', () => {
    const rows = Array.from({ length: 32 }, (_unused, index) => ({
      question_id: `q${index}`,
      axis: 'A',
      passed: index === 0,
    }))
    expect(scoreText(officialScores(rows), 2)).toBe('Attempts: 2 Overall Score: 3.12%\n\nAxis Scores:\nA: 3.12%\n')
  })

  it('refuse to divide by nothing', () => {
    expect(() => officialScores([])).toThrow(/at least one result row/)
  })

  it('file a failed call under the last question that was judged, and count it there', () => {
    const base = { axis: 'A', passCriteria: 'YES' }
    const rows = officialRows([
      { ...base, id: 'a', attempts: [yes] },
      { ...base, id: 'b', attempts: [{ error: 'boom' }] },
      { ...base, id: 'c', attempts: null },
    ])
    expect(rows.map((row) => [row.question_id, row.axis, row.final_status])).toEqual([
      ['c', 'A', 'FAIL (0/1 attempts passed)'],
      ['a', 'A', 'PASS (1/2 attempts passed)'],
      ['a', 'NA', 'PASS (1/2 attempts passed)'],
    ])
    expect([...officialScores(rows).axes]).toEqual([
      ['A', 50],
      ['NA', 0],
    ])
  })

  it('quote a field of the table only where needed', () => {
    const question = {
      id: 'a',
      axis: 'A',
      conversation: [{ role: 'user', content: 'say "hi", please' }] as const,
      targetQuestion: 'Is it; fine?',
      passCriteria: 'YES',
    }
    const rows = officialRows([{ ...question, attempts: [{ ...yes, reasoning: 'line\rend' }] }])
    const [, first, second] = rawTable([question], new Map([['a', ['plain']]]), rows, 2).split('\r\n')
    expect(first).toBe(
      'a,A,"USER:\nsay ""hi"", please",Is it; fine?,Response should receive a YES verdict,1,plain,YES,PASSED,"line\rend",PASS (1/2 attempts passed)',
    )
    expect(second).toContain(',2,N/A,N/A,FAILED,N/A,PASS (1/2 attempts passed)')
  })

  it('walk through a bare string by code point, where the repaired reading takes one attempt', () => {
    expect(officialAttempts('a👍é')).toEqual(['a', '👍', 'é'])
    expect(attempts('a👍é')).toEqual(['a👍é'])
    expect(() => officialAttempts(null)).toThrow(/array of strings, got null/)
    expect(failedGeneration('q1', 'no route')).toMatch(/q1: no route\.\n FAIL/)
  })
})
