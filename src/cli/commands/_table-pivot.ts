import type { BaselineTests } from '../../report/table/baseline.ts'
import { buildTable } from '../../report/table/build-table.ts'
import { citeCalibration } from '../../report/table/cite-calibration.ts'
import { tableCsvColumns, tableCsvRecords } from '../../report/table/csv-records.ts'
import { changeOf, pivotGrid, pivotName, pivotRuns } from '../../report/table/pivot.ts'
import { calibrationsOf } from '../../runners/calibration-file.ts'
import type { FinishedRun } from '../../runners/read-run.ts'
import { printAs } from './_table-format.ts'
import { benchmarkHeads, type TableCommandOptions } from './table.ts'

/** Prints an ablation table: one row per value of a tag. */
export async function printPivot(
  runs: readonly FinishedRun[],
  tag: string,
  { format, protocol, wide }: Pick<TableCommandOptions, 'format' | 'protocol' | 'wide'>,
  baseline: BaselineTests | undefined,
): Promise<void> {
  const pivoted = pivotRuns(runs, tag)
  const names = new Map<unknown, FinishedRun>()
  const renamed = pivoted.map((run) => {
    const copy = { ...run, name: pivotName(run, tag), manifest: { ...run.manifest, tags: { base: 'ablation' } } }
    names.set(copy, run)
    return copy
  })
  const tests = baseline && {
    ...baseline,
    markOf: (run: unknown, benchmark: string) => baseline.markOf(names.get(run)!, benchmark),
  }
  const model = buildTable(renamed, {
    protocol,
    wide: wide === true,
    benchmarks: await benchmarkHeads(renamed),
    judges: calibrationsOf(runs).map(citeCalibration),
    ...(tests ? { baseline: tests } : {}),
  })
  const [first] = model.rows
  const rows = model.rows.map((row) => ({
    ...row,
    differences: row.cells.map((_cell, column) => changeOf(row, first!, column)),
  }))
  printAs(
    {
      grid: pivotGrid(model),
      csvColumns: tableCsvColumns,
      csvRecords: tableCsvRecords(model),
      json: { ...model, tag, rows },
    },
    format,
  )
}
