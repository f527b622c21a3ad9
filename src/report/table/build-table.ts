import type { Metric } from '../../core/metric.ts'
import type { Protocol } from '../../core/verdict.ts'
import type { BenchmarkScores } from '../../runners/scores.ts'
import { publishedCell, publishedNote } from '../published/published-cell.ts'
import type { PublishedRow } from '../published/published-rows.ts'
import type { BaselineTests } from './baseline.ts'
import { besideNotes } from './beside-notes.ts'
import { combineRuns } from './combine-runs.ts'
import { decodingNotes } from './decoding-notes.ts'
import { groupByBase } from './group-rows.ts'
import { MarkBook } from './mark-book.ts'
import { foldedMissingNotes } from './missing-notes.ts'
import { ownCell } from './own-cell.ts'
import { rankCells } from './rank-cells.ts'
import type { BenchmarkHead, ScoredRun, TableCell, TableColumn, TableModel, TableRow } from './table-model.ts'

export interface TableOptions {
  readonly protocol: Protocol
  /** Also print secondary columns. */
  readonly wide: boolean
  /** Registry entries of the benchmarks that occur, in table order. */
  readonly benchmarks: readonly BenchmarkHead[]
  /** False to give every seed a row of its own. @default true */
  readonly combineSeeds?: boolean
  /** Tests against a named baseline. */
  readonly baseline?: BaselineTests
  /** What is known of the judges behind the figures, one sentence each. */
  readonly judges?: readonly string[]
  /** Rows that others published, to stand behind the own ones. */
  readonly published?: readonly PublishedRow[]
}

interface DraftRow {
  readonly name: string
  readonly base: string
  readonly origin: TableRow['origin']
  readonly isSample: boolean
  /** Runs of an own row: one, or several seeds or parts of the suites. */
  readonly runs: readonly ScoredRun[]
  readonly published: PublishedRow | null
}

/**
 * Lays out runs as rows, grouped by base model, and benchmark figures as columns, in-domain before out-of-domain. Cells
 * that were made in different ways (scorer, judge, data, items, samples, labels, published elsewhere) never share an
 * unmarked column.
 */
export function buildTable(runs: readonly ScoredRun[], options: TableOptions): TableModel {
  const columns = columnsOf(runs, options)
  const combined = options.combineSeeds === false ? runs.map((run) => [run]) : combineRuns(runs)
  const rows = groupByBase([
    ...withDistinctNames(combined.map(ownRow)),
    ...(options.published ?? []).flatMap(publishedRow(columns)),
  ])
  const marks = new MarkBook()
  const unmarked = rows.map((row) => columns.map((column) => cellOf(row, column, options)))
  const variants = new Map(options.benchmarks.map(({ id }) => [id, variantsOf(id, columns, unmarked)]))
  const marked = unmarked.map((cells, row) =>
    cells.map((cell, index) => markCell(cell, columns[index]!, rows[row]!, variants, marks)),
  )
  const ranked = columns.map((_column, index) =>
    rankCells(
      marked.map((cells) => cells[index]!),
      (row) => rows[row]!.origin === 'own',
    ),
  )
  const sample = sampleState(rows)
  return {
    title: titleOf(sample),
    sample,
    protocol: options.protocol,
    columns,
    rows: rows.map(({ name, base, origin, isSample, published }, row) => ({
      name,
      base,
      origin,
      isSample,
      marks: published ? [marks.markOf(publishedNote(published))] : [],
      cells: ranked.map((cells) => cells[row]!),
    })),
    methods: [
      ...methodNotes(runs, options, variants),
      ...(options.judges ?? []),
      ...(options.baseline ? [options.baseline.note] : []),
    ],
    notes: [
      ...(options.baseline?.refusals ?? []),
      ...marks.notes(),
      ...besideNotes(
        runs,
        options.benchmarks,
        options.protocol,
        new Set(columns.map(({ benchmark, metric }) => `${benchmark} ${metric}`)),
      ),
      ...foldedMissingNotes(runs, options.protocol),
    ],
  }
}

function ownRow(runs: readonly ScoredRun[]): DraftRow {
  const { name, manifest } = runs[0]!
  const base = manifest.tags.base ?? name
  const isSample = runs.some(({ scores }) => scores.benchmarks.some((entry) => entry.isSample))
  return { name, base, origin: 'own', isSample, runs, published: null }
}

/** Rows of one name are told apart by their seed where they have one, else by a number. */
function withDistinctNames(rows: readonly DraftRow[]): readonly DraftRow[] {
  const seen = new Map<string, number>()
  for (const { name } of rows) seen.set(name, (seen.get(name) ?? 0) + 1)
  const counts = new Map<string, number>()
  return rows.map((row) => {
    if (seen.get(row.name) === 1) return row
    const { tags, identity } = row.runs[0]!.manifest
    const seed = tags.seed ?? identity.sampling.seed
    const suffix = row.runs.length === 1 && seed !== undefined ? `seed ${seed}` : 'run'
    const label = `${row.name} (${suffix})`
    const count = (counts.get(label) ?? 0) + 1
    counts.set(label, count)
    return { ...row, name: count === 1 && suffix !== 'run' ? label : `${row.name} (${suffix} ${count})` }
  })
}

function publishedRow(columns: readonly TableColumn[]): (row: PublishedRow) => DraftRow[] {
  return (published) => {
    const { name, base } = published
    const row: DraftRow = { name, base, origin: 'published', isSample: false, runs: [], published }
    return columns.some((column) => publishedCell(published, column)) ? [row] : []
  }
}

function columnsOf(runs: readonly ScoredRun[], { benchmarks, wide, protocol }: TableOptions): TableColumn[] {
  const present = benchmarks.filter(({ id }) => runs.some(({ scores }) => find(scores.benchmarks, id)))
  const ordered = (['id', 'ood'] as const).flatMap((suite) => present.filter((benchmark) => benchmark.suite === suite))
  return ordered.flatMap(({ id, title, suite, columns }) =>
    columns
      .filter(({ primary }) => primary || wide)
      .map((head) => {
        const metrics = runs.map(({ scores }) => metricOf(find(scores.benchmarks, id), head.metric, protocol))
        const scale = metrics.find((metric) => metric !== null)?.scale ?? 'fraction'
        return { ...head, benchmark: id, benchmarkTitle: title, suite, scale }
      }),
  )
}

function cellOf({ runs, published }: DraftRow, column: TableColumn, options: TableOptions): TableCell | null {
  if (published) return publishedCell(published, column)
  const cell = ownCell(runs, column, options.protocol)
  const tested = runs.find(({ scores }) => find(scores.benchmarks, column.benchmark))
  if (!cell || !tested || !column.primary || !options.baseline) return cell
  return { ...cell, significance: options.baseline.markOf(tested, column.benchmark) }
}

function variantsOf(
  benchmark: string,
  columns: readonly TableColumn[],
  rows: readonly (readonly (TableCell | null)[])[],
): ReadonlySet<string> {
  return new Set(
    rows.flatMap((cells) =>
      cells.flatMap((cell, index) => (cell && columns[index]!.benchmark === benchmark ? [cell.variant] : [])),
    ),
  )
}

function markCell(
  cell: TableCell | null,
  { benchmark }: TableColumn,
  { published }: DraftRow,
  variants: ReadonlyMap<string, ReadonlySet<string>>,
  marks: MarkBook,
): TableCell | null {
  if (!cell) return null
  if (published) return { ...cell, marks: [marks.markOf(publishedNote(published))] }
  if (variants.get(benchmark)!.size < 2) return cell
  return { ...cell, marks: [marks.markOf(`${benchmark}: ${cell.variant}`)] }
}

function methodNotes(
  runs: readonly ScoredRun[],
  { benchmarks }: TableOptions,
  variants: ReadonlyMap<string, ReadonlySet<string>>,
): readonly string[] {
  const made = benchmarks.flatMap(({ id, title, clusterUnit }) => {
    const [only, ...others] = variants.get(id) ?? []
    if (only === undefined || others.length > 0) return []
    return [`${title}: ${only}; intervals by ${clusterUnit}`]
  })
  return [...made, ...decodingNotes(runs)]
}

function sampleState(rows: readonly DraftRow[]): TableModel['sample'] {
  const entries = rows.flatMap(({ runs }) => runs.flatMap(({ scores }) => scores.benchmarks))
  const samples = entries.filter(({ isSample }) => isSample).length
  return samples === 0 ? 'none' : samples === entries.length ? 'all' : 'some'
}

function titleOf(sample: TableModel['sample']): string {
  switch (sample) {
    case 'none':
      return 'Instruction following'
    case 'all':
      return 'SAMPLE: invented items, not comparable with any published number'
    case 'some':
      return 'PARTLY SAMPLE: columns of invented items are not comparable with any published number'
    default: {
      const never: never = sample
      throw new Error(`Unknown sample state: ${String(never)}`)
    }
  }
}

function find(benchmarks: readonly BenchmarkScores[], id: string): BenchmarkScores | undefined {
  return benchmarks.find(({ benchmark }) => benchmark === id)
}

function metricOf(scores: BenchmarkScores | undefined, id: string, protocol: Protocol): Metric | null {
  return scores?.metrics[protocol]?.find((metric) => metric.id === id && metric.group === undefined) ?? null
}
