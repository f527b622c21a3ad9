import { describe, expect, it } from 'vitest'
import { officialTable } from '../../../src/benchmarks/writingbench/official-table.ts'
import { officialResume, type ScoreRecord } from '../../../src/benchmarks/writingbench/score-file.ts'

const none = { r: [], c: new Map<number, readonly string[]>() }
const reference = {
  benchmark: [
    { index: 1, domain1: 'Education', domain2: 'Lesson Plan' },
    { index: 2, domain1: 'Politics & Law', domain2: 'Speech' },
  ],
  requirement: { style: { r: [2], c: new Map([[2, ['b']]]) }, format: none, length: none },
}

function record(index: unknown, scores: Record<string, readonly unknown[]>): ScoreRecord {
  const entries = Object.entries(scores).map(([name, list]) => [name, list.map((score) => ({ score }))])
  return { index, scores: Object.fromEntries(entries) }
}

const table = (...records: (ScoreRecord | '')[]) => officialTable(new Map([['m', records]]), reference)

describe('upstream’s table of score files', () => {
  it('counts every line in Overall, the last one of an item elsewhere, and true as 1', () => {
    const [row] = table(record(1, { a: [2], b: [4] }), record(2, { a: [6], b: [8, 10] }), record(1, { a: [true] })).rows
    expect(row).toMatchObject({ Overall: 31 / 6, Count: 3, Domain1_Education: 1, 'Domain1_Politics & Law': 8 })
    expect(row).toMatchObject({ style_R: 8, style_C: 9, format_R: 0, 'Domain1_Finance & Business': null })
  })

  it('does not take an index in quotes for the number', () => {
    expect(table(record('1', { a: [2] })).rows[0]).toMatchObject({ Overall: 2, Domain1_Education: null })
  })

  it.each([
    ['a score as text', record(1, { a: ['7'] }), 'not-a-score'],
    ['null', record(1, { a: [null] }), 'not-a-score'],
    ['a criterion without evaluations', record(1, { a: [] }), 'empty-scores'],
    ['an item without the criterion that tests a requirement', record(2, { a: [5] }), 'unknown-name'],
    ['a blank line', '' as const, 'blank-line'],
  ])('ends on %s, as the script does', (_name, line, code) => {
    expect(() => table(line)).toThrow(expect.objectContaining({ code }))
  })

  it('resumes one line before the end of the file', () => {
    expect(officialResume(3, null).judged).toEqual([0, 1, 2])
    expect(officialResume(3, 2).judged).toEqual([1, 2])
    expect(officialResume(3, 4).judged).toEqual([])
  })
})
