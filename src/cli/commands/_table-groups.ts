import { loadBenchmark } from '../../benchmarks/registry.ts'
import { UsageError } from '../../core/errors.ts'
import type { Protocol } from '../../core/verdict.ts'
import { groupCsvColumns, groupCsvRecords, groupGrid, groupTable } from '../../report/table/group-table.ts'
import type { ScoredRun } from '../../report/table/table-model.ts'
import { printAs, type TableFormat } from './_table-format.ts'

/** Prints one benchmark by one dimension. */
export async function printGroups(
  runs: readonly ScoredRun[],
  dimension: string,
  protocol: Protocol,
  format: TableFormat,
): Promise<void> {
  const ids = [...new Set(runs.flatMap(({ scores }) => scores.benchmarks.map(({ benchmark }) => benchmark)))]
  if (ids.length !== 1) {
    throw new UsageError('one-benchmark', `Expected one benchmark with --by, got ${ids.length}`, {
      hint: `Choose one with --bench: ${ids.join(', ')}`,
    })
  }
  const table = groupTable(runs, await loadBenchmark(ids[0]!), dimension, protocol)
  const { benchmark, ...json } = table
  printAs(
    {
      grid: groupGrid(table),
      csvColumns: groupCsvColumns,
      csvRecords: groupCsvRecords(table),
      json: { benchmark: benchmark.id, ...json },
    },
    format,
  )
}
