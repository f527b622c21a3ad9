import { unitOf } from '../format-value.ts'
import type { CsvValue } from '../grid/csv.ts'
import type { TableModel } from './table-model.ts'

/** Columns of the CSV form: one line a figure. */
export const tableCsvColumns = [
  'checkpoint',
  'base',
  'origin',
  'data',
  'suite',
  'benchmark',
  'metric',
  'label',
  'protocol',
  'value',
  'scale',
  'unit',
  'low',
  'high',
  'level',
  'interval',
  'seeds',
  'seed_deviation',
  'n',
  'missing',
  'bound_low',
  'bound_high',
  'rank',
  'significance',
  'made',
  'title',
] as const

/** The table's figures, one record each, unrounded. */
export function tableCsvRecords(model: TableModel): Record<string, CsvValue>[] {
  return model.rows.flatMap(({ name, base, origin, isSample, cells }) =>
    cells.flatMap((cell, index) => {
      if (!cell) return []
      const { suite, benchmark, metric, label, scale } = model.columns[index]!
      const { value, interval, seeds, n, missing, bounds, rank, significance, variant } = cell
      return [
        {
          checkpoint: name,
          base,
          origin,
          data: isSample ? 'SAMPLE' : origin === 'published' ? 'published' : 'real',
          suite,
          benchmark,
          metric,
          label,
          protocol: origin === 'published' ? 'unknown' : model.protocol,
          value,
          scale,
          unit: unitOf(scale),
          low: interval?.low ?? null,
          high: interval?.high ?? null,
          level: interval?.level ?? null,
          interval: interval?.method ?? null,
          seeds: seeds?.count ?? null,
          seed_deviation: seeds?.deviation ?? null,
          n,
          missing,
          bound_low: bounds?.low ?? null,
          bound_high: bounds?.high ?? null,
          rank,
          significance,
          made: variant,
          title: model.title,
        },
      ]
    }),
  )
}
