import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { benchmarkIds, loadBenchmark } from '../../src/benchmarks/registry.ts'
import { loadPublishedRows, parsePublished } from '../../src/report/published/published-rows.ts'
import { buildTable } from '../../src/report/table/build-table.ts'
import { tableCsvRecords } from '../../src/report/table/csv-records.ts'
import { tableGrid } from '../../src/report/table/to-grid.ts'
import { far, heads, near, scoredRun } from './_runs.ts'

function publishedFile(columns: unknown, values: readonly (number | null)[]): string {
  const rows = [{ name: 'theirs', base: 'b', values }]
  const source = {
    id: 's',
    source: 'a paper',
    url: 'https://example.org',
    evidence: 'second-hand',
    remarks: 'Unknown judge.',
  }
  return JSON.stringify({ ...source, columns, rows })
}

function gradeIn(scale: string, value: number): number | null {
  const published = parsePublished(publishedFile([{ benchmark: 'far', metric: 'grade', scale }], [value]), 'x.json')
  const runs = [scoredRun('ours', [far(5.5)])]
  const model = buildTable(runs, { protocol: 'official', wide: false, benchmarks: heads, published })
  return model.rows.find(({ origin }) => origin === 'published')!.cells[0]!.value
}

describe('published rows', () => {
  it('of 0 to 10 and of 0 to 100 meet in one scale', () => {
    expect(gradeIn('score-10', 5.85)).toBeCloseTo(5.85, 12)
    expect(gradeIn('score-100', 58.5)).toBeCloseTo(5.85, 12)
    expect(gradeIn('percent', 58.5)).toBeCloseTo(5.85, 12)
  })

  it('are refused when a figure cannot be of the scale that is named', () => {
    const file = publishedFile([{ benchmark: 'far', metric: 'grade', scale: 'score-10' }], [58.5])
    expect(() => parsePublished(file, 'x.json')).toThrow(/x\.json.*score-10.*58\.5/)
    expect(() => parsePublished(publishedFile([], [1]), 'x.json')).toThrow(/0 figures/)
    expect(() => parsePublished('{"id": 1}', 'x.json')).toThrow(/x\.json/)
  })

  it('are visibly not ours: a group and marks of their own, a footnote, no interval, no rank', () => {
    const published = parsePublished(
      publishedFile([{ benchmark: 'near', metric: 'loose', scale: 'percent' }], [75]),
      'x.json',
    )
    const runs = [scoredRun('ours', [near(0.5)]), scoredRun('ours too', [near(0.6)])]
    const model = buildTable(runs, { protocol: 'official', wide: false, benchmarks: heads, published })
    const row = model.rows.at(-1)!
    expect(row).toMatchObject({ name: 'theirs', origin: 'published' })
    expect(row.cells[0]).toMatchObject({ value: 0.75, interval: null, rank: null, marks: row.marks })
    expect(model.notes.find((note) => note.startsWith(`(${row.marks[0]})`))).toMatch(/PUBLISHED.*a paper.*second-hand/)
    expect(tableGrid(model).rows.at(-1)!.group).toMatch(/^published by others/)
    expect(tableCsvRecords(model).at(-1)).toMatchObject({ data: 'published', protocol: 'unknown' })
    // Own cells are marked as well: the column is not of one making any more, but own figures still rank among themselves.
    expect(model.rows[0]!.cells[0]!.marks).toHaveLength(1)
    expect(model.rows.slice(0, 2).map(({ cells }) => cells[0]!.rank)).toEqual(['second', 'best'])
  })

  it('name figures that the benchmarks have', async () => {
    const benchmarks = await Promise.all(benchmarkIds().map(loadBenchmark))
    const known = benchmarks.flatMap(({ id, columns }) => columns.map(({ metric }) => `${id} ${metric}`))
    for (const { figures } of loadPublishedRows()) {
      for (const { benchmark, metric } of figures) expect(known).toContain(`${benchmark} ${metric}`)
    }
  })
})

const paper = '../shared/specs/paper.md'
describe('the rows that come with the program', () => {
  it.skipIf(!existsSync(paper))(`agree with every figure of ${paper}, section 4.1 (skipped where it is absent)`, () => {
    const text = readFileSync(paper, 'utf8')
    const section = text.slice(text.indexOf('### 4.1'), text.indexOf('### 4.2'))
    const lines = section
      .split('\n')
      .filter((line) => line.startsWith('| ') && !line.startsWith('| model') && !line.startsWith('| ---'))
    const order = ['ifeval prompt-level-loose', 'cfbench csr', 'cfbench isr', 'cfbench psr', 'followbench hsr']
    order.push('complexbench drfr', 'writingbench overall', 'collie avg')
    const rows = loadPublishedRows().filter(({ source }) => source.id === 'beyond-the-trade-off')
    expect(rows).toHaveLength(lines.length)
    for (const line of lines) {
      const [name, base, ...values] = line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim())
      const row = rows.find((candidate) => candidate.name === name!.replaceAll('*', ''))!
      expect(row.base).toBe(base)
      for (const [index, value] of values.entries()) {
        const figure = row.figures.find(({ benchmark, metric }) => `${benchmark} ${metric}` === order[index])
        expect(figure?.value ?? '–', `${name} ${order[index]}`).toBe(value === '–' ? '–' : Number(value))
      }
    }
  })
})

const leaderboard = '../shared/data/cfbench/published_leaderboard.csv'
describe('the rows of the CFBench paper', () => {
  it.skipIf(!existsSync(leaderboard))(`agree with ${leaderboard} (skipped where it is absent)`, () => {
    const [head, ...lines] = readFileSync(leaderboard, 'utf8').trim().split('\n')
    const metrics = head!.split(',').map((name) => name.trim().toLowerCase().replace('_', '-'))
    const published = new Map(lines.map((line) => line.trim().split(',')).map((cells) => [cells[0], cells]))
    const rows = loadPublishedRows().filter(({ source }) => source.id === 'cfbench')
    expect(rows.length).toBeGreaterThan(10)
    for (const { name, figures } of rows) {
      expect(figures).toHaveLength(9)
      for (const { metric, value } of figures) {
        expect(value, `${name} ${metric}`).toBe(Number(published.get(name)![metrics.indexOf(metric)]))
      }
    }
  })
})

describe('the rows of the MultiChallenge paper', () => {
  it('have the mean of their axes as the average, as the paper defines it', () => {
    const rows = loadPublishedRows().filter(({ source }) => source.id === 'multichallenge')
    expect(rows).toHaveLength(3)
    for (const { name, figures } of rows) {
      const [average, ...axes] = figures.map(({ value }) => value)
      expect(axes.reduce((sum, value) => sum + value, 0) / 4, name).toBeCloseTo(average!, 1)
    }
  })
})

const paperTable = '../shared/data/writingbench/published.json'
describe('the rows of the WritingBench paper', () => {
  it.skipIf(!existsSync(paperTable))(`agree with ${paperTable} (skipped where it is absent)`, () => {
    const table = JSON.parse(readFileSync(paperTable, 'utf8')) as {
      columns: string[]
      rows: (Record<string, number> & { model: string })[]
    }
    const rows = loadPublishedRows().filter(({ source }) => source.id === 'writingbench')
    expect(rows.map(({ name }) => name)).toEqual(table.rows.map(({ model }) => model))
    for (const [at, { figures }] of rows.entries()) {
      expect(figures.map(({ value }) => value)).toEqual(table.columns.map((column) => table.rows[at]![column]))
    }
  })
})

describe('the rows of ComplexBench from RAIF', () => {
  it('have an overall score that the families make, each with its share of the questions', () => {
    const rows = loadPublishedRows().filter(({ source, figures }) => source.id === 'raif' && figures.length === 4)
    expect(rows).toHaveLength(7)
    for (const { name, figures } of rows) {
      const [overall, and, chain, selection] = figures.map(({ value }) => value)
      expect(0.367 * and! + 0.264 * chain! + 0.369 * selection!, name).toBeCloseTo(overall!, 1)
    }
  })
})
