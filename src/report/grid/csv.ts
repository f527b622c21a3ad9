import { printable } from '../../core/printable.ts'

/** What a CSV field may be. Numbers are ours and are written as they are; texts may come from anywhere. */
export type CsvValue = string | number | boolean | null

/**
 * RFC 4180 text with a header line and CRLF line ends. A text that a spreadsheet would take for a formula gets an
 * apostrophe in front; control characters are spelled out.
 * @param records all with the same keys
 */
export function toCsv(columns: readonly string[], records: readonly Readonly<Record<string, CsvValue>>[]): string {
  const lines = [
    columns.map(csvText),
    ...records.map((record) => columns.map((column) => csvField(record[column] ?? null))),
  ]
  return lines.map((fields) => `${fields.join(',')}\r\n`).join('')
}

function csvField(value: CsvValue): string {
  if (value === null) return ''
  return typeof value === 'string' ? csvText(value) : String(value)
}

/** First characters that make a formula of a cell; full-width forms count in some locales. */
const formulaStart = /^[\s\u00a0]*[=+\-@\t\r\n＝＋－＠]/u

function csvText(text: string): string {
  const harmless = formulaStart.test(text) ? `'${text}` : text
  const clean = printable(harmless)
  return /[",\r\n\t;]/.test(clean) ? `"${clean.replaceAll('"', '""')}"` : clean
}
