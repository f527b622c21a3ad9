import type { Status } from '../../core/status.ts'
import { isCallFailure } from '../../runners/scores.ts'
import { formatValue, unitOf } from '../format-value.ts'
import type { CsvValue } from '../grid/csv.ts'
import { emptyCell, type Grid, type GridCell, textCell } from '../grid/grid.ts'
import { pairNotes } from '../table/missing-notes.ts'
import type { Ledger, LedgerSummary } from './build-ledger.ts'

/** Ends of responses, then of verdicts, that have columns of their own. */
const responseColumns: readonly Status[] = ['truncated', 'empty', 'unclosed-thinking', 'refused', 'provider-error']
const verdictColumns: readonly Status[] = ['judge-unparsed', 'judge-error', 'rm-error', 'check-error', 'excluded']

/** Reasons that are listed below the table, per run and benchmark. */
const mostReasons = 6

/** The ledger for people: counts per run and benchmark, reasons below. */
export function ledgerGrid({ summaries, protocol }: Ledger): Grid {
  const responses = responseColumns.filter((status) => summaries.some((entry) => entry.responses[status]))
  const verdicts = verdictColumns.filter((status) => summaries.some((entry) => entry.verdicts[status]))
  const samples = summaries.filter(({ isSample }) => isSample).length
  const mark = samples === 0 ? '' : samples === summaries.length ? 'SAMPLE: ' : 'PARTLY SAMPLE: '
  return {
    title: `${mark}what was not measured, ${protocol} protocol`,
    stub: 'run, benchmark',
    columns: [
      { group: 'responses', lines: ['all'] },
      ...responses.map((status) => ({ group: 'responses', lines: [status] })),
      { group: 'verdicts', lines: ['all'] },
      ...verdicts.map((status) => ({ group: 'verdicts', lines: [status] })),
      { group: 'headline', lines: ['value'] },
      { group: 'headline', lines: ['missing'] },
      { group: 'headline', lines: ['all failed'] },
      { group: 'headline', lines: ['all passed'] },
    ],
    rows: summaries.map((summary) => ({
      group: summary.run,
      name: `${summary.benchmark} ${summary.label}${unitOf(summary.scale) ? ` (${unitOf(summary.scale)})` : ''}`,
      marks: [],
      isPublished: false,
      cells: cells(summary, responses, verdicts),
    })),
    methods: [
      'missing: verdicts or items of the headline that were not measured; they count as the protocol says; the last two columns say what the headline would be if all of them had failed, and passed',
    ],
    notes: summaries.flatMap(summaryNotes),
  }
}

function cells(summary: LedgerSummary, responses: readonly Status[], verdicts: readonly Status[]): GridCell[] {
  const count = (counts: Readonly<Partial<Record<Status, number>>>, status: Status) =>
    textCell(String(counts[status] ?? 0))
  const all = Object.values(summary.verdicts).reduce((sum, number) => sum + (number ?? 0), 0)
  const bound = (side: 'low' | 'high') =>
    textCell(summary.bounds ? formatValue(summary.bounds[side], summary.scale) : emptyCell)
  return [
    textCell(String(summary.items * summary.samples)),
    ...responses.map((status) => count(summary.responses, status)),
    textCell(String(all)),
    ...verdicts.map((status) => count(summary.verdicts, status)),
    textCell(formatValue(summary.value, summary.scale)),
    textCell(String(summary.missing)),
    bound('low'),
    bound('high'),
  ]
}

function summaryNotes(summary: LedgerSummary): string[] {
  const { run, benchmark, reasons, warnings, complete, labels, limit } = summary
  const name = `${run}, ${benchmark}`
  const shown = reasons.slice(0, mostReasons)
  const hidden = reasons.slice(mostReasons).reduce((sum, { count }) => sum + count, 0)
  return [
    ...(complete ? [] : [`${name}: INCOMPLETE, ${hopeOf(summary)}`]),
    ...(limit === null ? [] : [`${name}: limited to the first ${limit} items on purpose`]),
    ...(labels.length === 0 ? [] : [`${name}: ${labels.join(', ')}`]),
    ...shown.map(({ status, reason, count }) => `${name}: ${count}x ${status}: ${reason}`),
    ...(hidden > 0 ? [`${name}: ${hidden} verdicts with other reasons (--format csv lists every one)`] : []),
    ...pairNotes(summary).map((note) => `${name}: ${note}`),
    ...Object.entries(warnings).map(([warning, count]) => `${name}: ${warning} (${count}x)`),
  ]
}

/** What can be done about an incomplete run. */
function hopeOf({ responses, verdicts }: LedgerSummary): string {
  const lost = [responses, verdicts].flatMap((counts) => Object.entries(counts) as [Status, number][])
  return lost.some(([status, count]) => count > 0 && isCallFailure(status))
    ? 'the same command makes the failed calls again'
    : 'and another run of the same command changes nothing: no call failed, what a judge wrote or a snippet did stays'
}

/** Columns of the ledger as CSV: one line a response or verdict that did not end as `ok`. */
export const ledgerCsvColumns = ['run', 'benchmark', 'kind', 'item', 'sample', 'constraint', 'status', 'reason', 'data']

/** Every entry of the ledger. */
export function ledgerCsvRecords({ entries, summaries }: Ledger): Record<string, CsvValue>[] {
  const samples = new Set(
    summaries.filter(({ isSample }) => isSample).map(({ run, benchmark }) => `${run}\u0000${benchmark}`),
  )
  return entries.map((entry) => ({
    ...entry,
    data: samples.has(`${entry.run}\u0000${entry.benchmark}`) ? 'SAMPLE' : 'real',
  }))
}
