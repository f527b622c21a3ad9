import { createAggregator } from '../../src/benchmarks/writingbench/aggregate.ts'
import { readRecord, toItem } from '../../src/benchmarks/writingbench/load.ts'
import { type OfficialReference, officialTable } from '../../src/benchmarks/writingbench/official-table.ts'
import type { RequirementSubset } from '../../src/benchmarks/writingbench/requirement-subsets.ts'
import { type Requirement, requirements, type WritingBenchData } from '../../src/benchmarks/writingbench/schema.ts'
import type { ScoreRecord } from '../../src/benchmarks/writingbench/score-file.ts'
import { DataError } from '../../src/core/errors.ts'
import type { Item } from '../../src/core/item.ts'
import type { Verdict } from '../../src/core/verdict.ts'
import { goldenRows, sameJson } from './_golden-rows.ts'
import type { ConformanceFolders, ConformanceReport } from './suite.ts'

interface TableRow {
  id: string
  score_files: Record<string, (ScoreRecord | '')[]>
  benchmark: { index: number; domain1?: string | null; domain2?: string | null }[]
  requirement: Record<Requirement, { R: number[]; C: { index: number; checklist: { name: string }[] }[] }>
  expected?: { columns: string[]; rows: Record<string, unknown>[] }
  raises?: string
}

const pythonNames: Readonly<Record<string, string>> = {
  'empty-scores': 'ZeroDivisionError',
  'not-a-score': 'TypeError',
  'unknown-name': 'KeyError',
  'blank-line': 'JSONDecodeError',
}

/** Compares upstream's table, and the harness's own figures, on the same score files. */
export function compareTables(folders: ConformanceFolders, report: ConformanceReport): void {
  const file = 'aggregate.jsonl'
  const path = report.file(folders, file)
  if (!path) return
  for (const row of goldenRows<TableRow>(path)) {
    const { id, score_files } = row
    const expected = row.expected && 'raises' in row.expected ? undefined : row.expected
    const raises = row.raises ?? (row.expected as { raises?: string } | undefined)?.raises
    const files = new Map(Object.entries(score_files).sort(([one], [other]) => (one < other ? -1 : 1)))
    let found: unknown
    try {
      found = officialTable(files, toReference(row))
    } catch (error) {
      if (!(error instanceof DataError)) throw error
      found = { raises: pythonNames[error.code] ?? error.code }
    }
    const wanted = expected ?? { raises }
    report.check(file, 'table', id, sameJson(wanted, found), () => difference(wanted, found))
    if (expected) checkAggregator(row, expected.rows, report)
  }
}

function toReference({ benchmark, requirement }: TableRow): OfficialReference {
  const subset = (name: Requirement) => {
    const { R, C } = requirement[name]
    return { r: R, c: new Map(C.map(({ index, checklist }) => [index, checklist.map((criterion) => criterion.name)])) }
  }
  return { benchmark, requirement: { style: subset('style'), format: subset('format'), length: subset('length') } }
}

/** The harness's own aggregation over the same scores, where it has the items: one evaluation a criterion, no index twice. */
function checkAggregator(row: TableRow, rows: readonly Record<string, unknown>[], report: ConformanceReport): void {
  for (const [position, [model, all]] of Object.entries(row.score_files).sort().entries()) {
    const records = all.filter((record) => record !== '')
    const isPlain = records.every(({ scores }) => Object.values(scores).every(({ length }) => length === 1))
    const known = new Map(row.benchmark.map((record) => [record.index as unknown, record]))
    if (!isPlain || new Set(records.map(({ index }) => index)).size < records.length) continue
    if (records.some(({ index }) => !known.get(index)?.domain1 || !known.get(index)?.domain2)) continue
    const aggregator = createAggregator({ protocol: 'official', edition: 'v2' })
    for (const { index, scores } of records) {
      const item = itemOf(row, index as number, Object.keys(scores))
      const verdicts = Object.values(scores).map(([evaluation], at): Verdict => {
        const head = { item: item.id, sample: 0, constraint: String(at), scorer: 'judge', status: 'ok' } as const
        return { ...head, protocol: 'official', value: Number(evaluation!.score) }
      })
      aggregator.add({ item, sample: 0, status: 'ok', verdicts })
    }
    const metrics = aggregator.finish().metrics({ replicates: 10 })
    const figure = (id: string) => metrics.find((metric) => metric.id === id && !metric.group)?.value ?? null
    const found: Record<string, unknown> = { Overall: figure('overall'), Count: figure('count') }
    for (const requirement of requirements) {
      // No scored item: upstream prints 0, the harness has no value.
      found[`${requirement}_R`] = figure(`${requirement}-r`) ?? 0
      found[`${requirement}_C`] = figure(`${requirement}-c`) ?? 0
    }
    for (const { group, value } of metrics) {
      if (group?.dimension === 'domain1') found[`Domain1_${group.value}`] = value
      if (group?.dimension === 'domain2') found[`Domain2_${group.value}`] = value
    }
    const expected = Object.fromEntries(Object.keys(found).map((key) => [key, rows[position]![key]]))
    report.check('aggregate.jsonl', 'aggregator', `${row.id} ${model}`, sameJson(expected, found), () =>
      difference(expected, found),
    )
  }
}

/** An item of the benchmark file with these criteria, its requirements taken from the subsets. */
function itemOf(row: TableRow, index: number, names: readonly string[]): Item<WritingBenchData> {
  const { requirement } = toReference(row)
  const subsets = new Map(
    requirements.map((name): [Requirement, RequirementSubset] => {
      const listed = new Map<number, number>()
      for (const each of requirement[name].r) listed.set(each, (listed.get(each) ?? 0) + 1)
      return [name, { listed, criteria: requirement[name].c }]
    }),
  )
  const { domain1, domain2 } = row.benchmark.find((record) => record.index === index)!
  const bands = { '1-2': '', '3-4': '', '5-6': '', '7-8': '', '9-10': '' }
  const checklist = names.map((name) => ({ name, criteria_description: '', ...bands }))
  const { record, criteria } = readRecord(JSON.stringify({ index, domain1, domain2, query: 'q', checklist }), {})
  return toItem(record, criteria, subsets, {})
}

function difference(expected: unknown, found: unknown): string {
  return `expected ${JSON.stringify(expected)?.slice(0, 1500)}, got ${JSON.stringify(found)?.slice(0, 1500)}`
}
