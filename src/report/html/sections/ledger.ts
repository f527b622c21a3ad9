import type { LedgerEntry } from '../../ledger/build-ledger.ts'
import { ledgerGrid } from '../../ledger/ledger-grid.ts'
import { cutText } from '../cut-text.ts'
import type { ReportData } from '../gather-report.ts'
import { html, type Markup } from '../markup.ts'
import { renderGrid } from '../render-grid.ts'
import { details, remark, type Section } from './section.ts'

/** Entries that the page lists one by one. */
const mostEntries = 300
const longestReason = 300

/** Exclusions, truncations, unreadable judgements and bounds. */
export function ledgerSection({ ledger }: ReportData): Section {
  const { entries } = ledger
  return {
    id: 'ledger',
    title: 'Ledger: what was not measured',
    body: html`${renderGrid(ledgerGrid(ledger))}${
      entries.length === 0
        ? remark('Every response and every verdict ended as ok.')
        : details(`${entries.length} responses and verdicts that did not end as ok`, entryTable(entries))
    }`,
  }
}

function entryTable(entries: readonly LedgerEntry[]): Markup {
  const left = entries.length - mostEntries
  return html`<div class="scroll" role="region" aria-label="Responses and verdicts that did not end as ok" tabindex="0"><table class="texts"><caption>Responses and verdicts that did not end as ok</caption>
<thead><tr>${['run', 'benchmark', 'item', 'sample', 'constraint', 'what', 'status', 'reason'].map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${entries
    .slice(0, mostEntries)
    .map(
      ({ run, benchmark, item, sample, constraint, kind, status, reason }) =>
        html`<tr><td>${run}</td><td>${benchmark}</td><td>${item}</td><td>${sample}</td><td>${constraint ?? ''}</td><td>${kind}</td><td>${status}</td><td>${cutText(reason ?? '', longestReason).text}</td></tr>`,
    )}</tbody></table></div>${left > 0 ? remark(`${left} more: bench table --ledger --format csv lists every one.`) : null}`
}
