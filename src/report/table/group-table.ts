import type { Benchmark } from '../../benchmarks/benchmark.ts'
import { UsageError } from '../../core/errors.ts'
import type { Metric } from '../../core/metric.ts'
import type { Protocol } from '../../core/verdict.ts'
import { formatInterval, formatValue, unitOf } from '../format-value.ts'
import type { CsvValue } from '../grid/csv.ts'
import { emptyCell, type Grid, type GridCell } from '../grid/grid.ts'
import { MarkBook } from './mark-book.ts'
import { pairNotes } from './missing-notes.ts'
import type { ScoredRun } from './table-model.ts'
import { describeVariant } from './variant.ts'

/** One group of a breakdown: a value of the dimension, and the figure of every run. */
export interface GroupRow {
  readonly metric: string
  readonly value: string
  /** In the order of the runs; null where a run has no such group. */
  readonly figures: readonly (Metric | null)[]
}

/** The figures of one benchmark by one dimension: groups as rows, runs as columns. */
export interface GroupTable {
  readonly benchmark: Benchmark
  readonly dimension: string
  readonly protocol: Protocol
  readonly isSample: boolean
  /** Per run: its name, how its figures were made, and what must be said of the pairs of its reward model. */
  readonly runs: readonly { readonly name: string; readonly variant: string; readonly pairs: readonly string[] }[]
  readonly rows: readonly GroupRow[]
}

/**
 * Breaks one benchmark down by a dimension: the headline where it has that dimension, else all figures that do.
 * @throws UsageError `unknown-dimension` naming the known ones
 */
export function groupTable(
  runs: readonly ScoredRun[],
  benchmark: Benchmark,
  dimension: string,
  protocol: Protocol,
): GroupTable {
  const scored = runs.flatMap((run) => {
    const scores = run.scores.benchmarks.find((entry) => entry.benchmark === benchmark.id)
    return scores ? [{ run, scores, groups: scores.metrics[protocol]?.filter(({ group }) => group) ?? [] }] : []
  })
  const all = scored.flatMap(({ groups }) => groups)
  const matching = all.filter(({ group }) => group!.dimension === dimension)
  if (matching.length === 0) {
    const known = [...new Set(all.map(({ group }) => group!.dimension))]
    throw new UsageError('unknown-dimension', `Unknown dimension \`${dimension}\` of ${benchmark.id}`, {
      hint: `Known: ${known.join(', ') || 'none'}`,
    })
  }
  const headline = benchmark.columns.find(({ primary }) => primary)?.metric
  const chosen = matching.some(({ id }) => id === headline) ? matching.filter(({ id }) => id === headline) : matching
  const heads = new Map(chosen.map(({ id, group }) => [`${id}\u0000${group!.value}`, { id, value: group!.value }]))
  return {
    benchmark,
    dimension,
    protocol,
    isSample: scored.some(({ scores }) => scores.isSample),
    runs: scored.map(({ run, scores }) => ({
      name: run.name,
      variant: describeVariant(run, scores, protocol),
      pairs: pairNotes(scores),
    })),
    rows: [...heads.values()].map(({ id, value }) => ({
      metric: id,
      value,
      figures: scored.map(({ groups }) => {
        const isOne = (metric: Metric) =>
          metric.id === id && metric.group!.dimension === dimension && metric.group!.value === value
        return groups.find(isOne) ?? null
      }),
    })),
  }
}

/** The breakdown for people. */
export function groupGrid({ benchmark, dimension, protocol, isSample, runs, rows }: GroupTable): Grid {
  const marks = new MarkBook()
  const several = new Set(rows.map(({ metric }) => metric)).size > 1
  const variants = [...new Set(runs.map(({ variant }) => variant))]
  const marksOf = (variant: string) => (variants.length > 1 ? [marks.markOf(variant)] : [])
  const columnMarks = runs.map(({ variant }) => marksOf(variant))
  const scale = rows.flatMap(({ figures }) => figures).find((figure) => figure !== null)?.scale ?? 'fraction'
  const unit = unitOf(scale)
  const metrics = [...new Set(rows.map(({ metric }) => metric))].join(', ')
  return {
    title: `${isSample ? 'SAMPLE: invented items. ' : ''}${benchmark.title} by ${dimension}: ${metrics}${unit ? ` (${unit})` : ''}`,
    stub: dimension,
    columns: runs.map(({ name }) => ({ group: null, lines: [name] })),
    rows: rows.map(({ metric, value, figures }) => ({
      group: several ? metric : null,
      name: value,
      marks: [],
      isPublished: false,
      cells: figures.map((figure, index) => figure && figureCell(figure, columnMarks[index]!)),
    })),
    methods: [
      ...(variants.length === 1 ? [`${benchmark.title}: ${variants[0]}`] : [`${protocol} protocol`]),
      `brackets and ±: 95 % intervals by ${benchmark.clusterUnit}; of many rows some stand out by chance`,
    ],
    notes: [
      ...marks.notes(),
      ...(rows.some(hasMissing) ? ['° something was not measured'] : []),
      ...runs.flatMap(({ name, pairs }) => pairs.map((note) => `${name}: ${note}`)),
    ],
  }
}

function hasMissing({ figures }: GroupRow): boolean {
  return figures.some((figure) => figure !== null && figure.missing > 0)
}

function figureCell({ value, interval, scale, missing }: Metric, marks: readonly string[]): GridCell {
  const text = value === null ? emptyCell : formatValue(value, scale)
  return {
    value: missing > 0 ? `${text}°` : text,
    interval: formatInterval(interval, value, scale),
    marks,
    significance: '',
    rank: null,
  }
}

/** Columns of a breakdown as CSV. */
export const groupCsvColumns = [
  'checkpoint',
  'benchmark',
  'dimension',
  'group',
  'metric',
  'protocol',
  'value',
  'low',
  'high',
  'n',
  'missing',
  'data',
  'made',
]

/** The figures of a breakdown, one record each, unrounded. */
export function groupCsvRecords(table: GroupTable): Record<string, CsvValue>[] {
  const { benchmark, dimension, protocol, isSample, runs, rows } = table
  return rows.flatMap(({ metric, value: group, figures }) =>
    figures.flatMap((figure, index) => {
      if (!figure) return []
      const { name, variant } = runs[index]!
      const { value, interval, n, missing } = figure
      const head = { checkpoint: name, benchmark: benchmark.id, dimension, group, metric, protocol }
      const spread = { low: interval?.low ?? null, high: interval?.high ?? null }
      return [{ ...head, value, ...spread, n, missing, data: isSample ? 'SAMPLE' : 'real', made: variant }]
    }),
  )
}
