import type { Metric } from '../../core/metric.ts'
import type { TableCell, TableColumn } from '../table/table-model.ts'
import type { PublishedFigure, PublishedRow, PublishedScale, PublishedSource } from './published-rows.ts'

/** What a figure of each published scale is divided by to be a part of its scale. */
const whole: Readonly<Record<PublishedScale, number>> = { percent: 100, fraction: 1, 'score-10': 10, 'score-100': 100 }

/** What a part of its scale is multiplied by to be a figure of the harness; counts have no published scale. */
const target: Readonly<Record<Metric['scale'], number | null>> = { fraction: 1, 'score-10': 10, count: null }

const evidence: Readonly<Record<PublishedSource['evidence'], string>> = {
  'full-text': 'read in the full text',
  'second-hand': 'second-hand, not checked against the source',
}

/** A published figure in the scale of a column; null where the row has none for it. */
export function publishedCell(row: PublishedRow, { benchmark, metric, scale }: TableColumn): TableCell | null {
  const figure = row.figures.find((candidate) => candidate.benchmark === benchmark && candidate.metric === metric)
  const factor = target[scale]
  if (!figure || factor === null) return null
  return {
    value: inScale(figure, factor),
    interval: null,
    n: null,
    missing: 0,
    bounds: null,
    variant: `published: ${row.source.source}`,
    marks: [],
    rank: null,
    significance: '',
  }
}

function inScale({ value, scale }: PublishedFigure, factor: number): number {
  return whole[scale] === 100 && factor === 1 ? value / 100 : (value * factor) / whole[scale]
}

/** The footnote of a published row. */
export function publishedNote({ source, copied }: Pick<PublishedRow, 'source' | 'copied'>): string {
  const origin = copied ? `${source.source}, copied there from another paper` : source.source
  return `PUBLISHED by others, not measured here: ${origin} (${source.url}); ${evidence[source.evidence]}. ${source.remarks}`
}
