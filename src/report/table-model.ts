import type { Metric } from '../core/metric.ts'
import type { Protocol } from '../core/verdict.ts'
import type { BenchmarkScores, Scores } from '../runners/scores.ts'

/** A run's scores as a table row. */
export interface ScoredRun {
  /** Name of the checkpoint as printed. */
  readonly name: string
  readonly scores: Scores
}

/** A column as the benchmark's registry entry describes it. */
export interface ColumnHead {
  readonly benchmark: string
  readonly metric: string
  readonly label: string
  readonly title: string
  readonly primary: boolean
}

/** One figure of a table. */
export interface TableCell {
  readonly metric: Metric
  /** Marks such as `a`, `b` that footnotes explain; empty when the whole column was made in one way. */
  readonly marks: readonly string[]
}

export interface TableColumn extends ColumnHead {
  readonly scale: Metric['scale']
}

/** A table without any rendering: what stands where, and what must be said below it. */
export interface TableModel {
  readonly title: string
  readonly columns: readonly TableColumn[]
  readonly rows: readonly { readonly name: string; readonly cells: readonly (TableCell | null)[] }[]
  /** How the columns were made, one line each, then marks, then what is missing. */
  readonly notes: readonly string[]
}

/** Lists the columns that the table may show. */
export type ColumnSource = (benchmark: string) => readonly ColumnHead[]

export interface TableOptions {
  readonly protocol: Protocol
  /** Also print secondary columns. */
  readonly wide: boolean
  readonly columns: ColumnSource
}

/**
 * Lays out runs as rows and benchmark figures as columns. Cells that were made in different ways (scorer, judge, data
 * edition, sample or real data, house prompts) never share an unmarked column.
 */
export function buildTable(runs: readonly ScoredRun[], options: TableOptions): TableModel {
  const benchmarks = [...new Set(runs.flatMap(({ scores }) => scores.benchmarks.map(({ benchmark }) => benchmark)))]
  const notes: string[] = []
  const marks = new MarkBook()
  const columns: TableColumn[] = []
  const cells = runs.map((): (TableCell | null)[] => [])
  for (const benchmark of benchmarks) {
    const found = runs.map(({ scores }) => scores.benchmarks.find((candidate) => candidate.benchmark === benchmark))
    const variants = found.map((scores) => (scores ? describeVariant(scores, options.protocol) : null))
    const distinct = [...new Set(variants.filter((variant) => variant !== null))]
    if (distinct.length === 1) notes.push(`${benchmark}: ${distinct[0]}`)
    const heads = options.columns(benchmark).filter(({ primary }) => primary || options.wide)
    for (const head of heads) {
      const metrics = found.map((scores) => findMetric(scores, head.metric, options.protocol))
      const scale = metrics.find((metric) => metric !== null)?.scale ?? 'fraction'
      columns.push({ ...head, scale })
      metrics.forEach((metric, row) => {
        const variant = variants[row]
        const cellMarks = distinct.length > 1 && variant ? [marks.markOf(`${benchmark}: ${variant}`)] : []
        cells[row]!.push(metric && { metric, marks: cellMarks })
      })
    }
  }
  notes.push(...marks.notes(), ...runs.flatMap(missingNotes))
  return {
    title: titleOf(runs),
    columns,
    rows: runs.map(({ name }, row) => ({ name, cells: cells[row]! })),
    notes,
  }
}

function findMetric(scores: BenchmarkScores | undefined, id: string, protocol: Protocol): Metric | null {
  return scores?.metrics[protocol]?.find((metric) => metric.id === id && metric.group === undefined) ?? null
}

function describeVariant(scores: BenchmarkScores, protocol: Protocol): string {
  const scorers = Object.keys(scores.scorers).sort().join(' + ')
  const labels = scores.labels.length > 0 ? `, ${scores.labels.join(', ')}` : ''
  const data = scores.isSample ? 'SAMPLE data' : `data ${scores.edition}`
  return `${protocol} protocol, ${data}, scored by ${scorers}${labels}`
}

function titleOf(runs: readonly ScoredRun[]): string {
  const all = runs.flatMap(({ scores }) => scores.benchmarks)
  const samples = all.filter(({ isSample }) => isSample).length
  if (samples === 0) return 'Instruction following'
  return samples === all.length
    ? 'SAMPLE: invented items, not comparable with any published number'
    : 'PARTLY SAMPLE: columns of invented items are not comparable with any published number'
}

function missingNotes({ name, scores }: ScoredRun): string[] {
  return scores.benchmarks.flatMap((entry) => {
    const lost = Object.entries(entry.responses).filter(([status]) => status !== 'ok')
    const unscored = Object.entries(entry.verdicts.official ?? entry.verdicts.fixed ?? {}).filter(
      ([status]) => status !== 'ok' && !lost.some(([lostStatus]) => lostStatus === status),
    )
    const parts = [
      ...lost.map(([status, count]) => `${count} of ${entry.items * entry.samples} responses ${status}`),
      ...unscored.map(([status, count]) => `${count} verdicts ${status}`),
    ]
    return parts.length > 0 ? [`${name}, ${entry.benchmark}: ${parts.join(', ')}`] : []
  })
}

class MarkBook {
  readonly #marks = new Map<string, string>()

  markOf(text: string): string {
    let mark = this.#marks.get(text)
    if (!mark) {
      mark = String.fromCharCode('a'.charCodeAt(0) + this.#marks.size)
      this.#marks.set(text, mark)
    }
    return mark
  }

  notes(): string[] {
    return [...this.#marks].map(([text, mark]) => `${mark} ${text}`)
  }
}
