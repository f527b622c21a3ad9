import type { Protocol } from '../../core/verdict.ts'
import { buildLedger } from '../../report/ledger/build-ledger.ts'
import { ledgerCsvColumns, ledgerCsvRecords, ledgerGrid } from '../../report/ledger/ledger-grid.ts'
import type { FinishedRun } from '../../runners/read-run.ts'
import { printAs, type TableFormat } from './_table-format.ts'

/** Prints what was not measured in the runs, and why. */
export async function printLedger(
  runs: readonly FinishedRun[],
  protocol: Protocol,
  format: TableFormat,
): Promise<void> {
  const ledger = await buildLedger(runs, protocol)
  const csvRecords = ledgerCsvRecords(ledger)
  printAs({ grid: ledgerGrid(ledger), csvColumns: ledgerCsvColumns, csvRecords, json: ledger }, format)
}
