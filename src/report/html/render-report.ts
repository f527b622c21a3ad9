import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { ReportData } from './gather-report.ts'
import { html, Markup } from './markup.ts'
import { agreementSection } from './sections/agreement.ts'
import { heatMapSection, levelsSection } from './sections/breakdowns.ts'
import { changedItemsSection } from './sections/changed-items.ts'
import { differencesSection } from './sections/differences.ts'
import { headlineSection } from './sections/headline.ts'
import { ledgerSection } from './sections/ledger.ts'
import { manifestSection } from './sections/manifest.ts'
import { renderSection, type Section } from './sections/section.ts'
import { usageSection } from './sections/usage.ts'

/** Sections of the page in their order; one without data gives null. */
const sections: readonly ((data: ReportData) => Section | null)[] = [
  headlineSection,
  differencesSection,
  levelsSection,
  heatMapSection,
  changedItemsSection,
  agreementSection,
  usageSection,
  ledgerSection,
  manifestSection,
]

/** Put together into one: what the page says for print comes last. */
const styleSheets = ['./tables.css', './charts.css', './report.css']

export interface PageHead {
  readonly title: string
  /** ISO 8601, printed at the foot. */
  readonly madeAt: string
  readonly version: string
}

/**
 * The report as one HTML document that needs nothing else: no script, no network. The content security policy allows its
 * own style sheet, by hash, and nothing besides.
 */
export function renderReport(data: ReportData, { title, madeAt, version }: PageHead): string {
  const style = styleSheets.map((name) => readFileSync(new URL(name, import.meta.url), 'utf8')).join('\n')
  const hash = createHash('sha256').update(style).digest('base64')
  const shown = sections.flatMap((section) => section(data) ?? [])
  const { sample } = data.headline
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${sample === 'none' ? '' : 'SAMPLE: '}${title}</title>
<style>${new Markup(style)}</style>
</head>
<body>
<a class="skip" href="#headline">Skip to the results</a>
<header><h1>${title}</h1><p>${data.runs.map(({ name }) => name).join(', ')}; ${data.protocol} protocol</p>${sampleBanner(sample)}</header>
<nav aria-label="Contents"><ol>${shown.map(({ id, title: name }) => html`<li><a href="#${id}">${name}</a></li>`)}</ol></nav>
<main>
${shown.map(renderSection)}</main>
<footer><p>${`Made ${madeAt} by heed ${version}. Nothing on this page runs or is loaded from elsewhere.`}</p></footer>
</body>
</html>
`
  return page.text
}

function sampleBanner(sample: ReportData['headline']['sample']): Markup | null {
  if (sample === 'none') return null
  const text =
    sample === 'all'
      ? 'SAMPLE: every figure on this page comes from invented items and is not comparable with any published number.'
      : 'PARTLY SAMPLE: some rows come from invented items and are not comparable with any published number.'
  return html`<p class="sample" role="note"><strong>${text}</strong></p>`
}
