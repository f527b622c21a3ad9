import { tableGrid } from '../../table/to-grid.ts'
import type { ReportData } from '../gather-report.ts'
import { html } from '../markup.ts'
import { renderGrid } from '../render-grid.ts'
import { details, type Section } from './section.ts'

/** The primary figures of all runs; secondary ones folded away. */
export function headlineSection({ headline, wide }: ReportData): Section {
  const hasMore = wide.columns.length > headline.columns.length
  return {
    id: 'headline',
    title: 'Results',
    body: html`${renderGrid(tableGrid(headline))}${
      hasMore ? details('All columns, secondary ones too', renderGrid(tableGrid(wide))) : null
    }`,
  }
}
