import { type CsvValue, toCsv } from '../../report/grid/csv.ts'
import type { Grid } from '../../report/grid/grid.ts'
import { renderLatex } from '../../report/grid/render-latex.ts'
import { renderMarkdown } from '../../report/grid/render-markdown.ts'
import { renderTerminal } from '../../report/grid/render-terminal.ts'
import { tableCsvColumns, tableCsvRecords } from '../../report/table/csv-records.ts'
import type { TableModel } from '../../report/table/table-model.ts'
import { tableGrid } from '../../report/table/to-grid.ts'
import { print, printJson, printText, terminalWidth } from '../output.ts'

export const tableFormats = ['terminal', 'markdown', 'latex', 'csv', 'json'] as const
export type TableFormat = (typeof tableFormats)[number]

/** One table in every form that it can be printed in. */
export interface Printable {
  readonly grid: Grid
  readonly csvColumns: readonly string[]
  readonly csvRecords: readonly Readonly<Record<string, CsvValue>>[]
  readonly json: unknown
}

/** Prints a table of runs. */
export function printFormatted(model: TableModel, format: TableFormat, withIntervals = true): void {
  const csvRecords = tableCsvRecords(model)
  printAs({ grid: tableGrid(model, withIntervals), csvColumns: tableCsvColumns, csvRecords, json: model }, format)
}

/** Prints any table in the asked form. */
export function printAs({ grid, csvColumns, csvRecords, json }: Printable, format: TableFormat): void {
  switch (format) {
    case 'json':
      printJson(json)
      return
    case 'csv':
      process.stdout.write(toCsv(csvColumns, csvRecords))
      return
    case 'latex':
      print(renderLatex(grid))
      return
    case 'markdown':
      print(renderMarkdown(grid))
      return
    case 'terminal':
      printText(renderTerminal(grid, terminalWidth()))
      return
    default: {
      const never: never = format
      throw new Error(`Unknown format: ${String(never)}`)
    }
  }
}
