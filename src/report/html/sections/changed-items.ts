import type { Metric } from '../../../core/metric.ts'
import type { ItemEvidence } from '../../../runners/read-evidence.ts'
import { differingVerdicts, type FlipEvidence } from '../../compare/render-flips.ts'
import { formatValue } from '../../format-value.ts'
import { cutText } from '../cut-text.ts'
import type { ReportData } from '../gather-report.ts'
import { html, type Markup } from '../markup.ts'
import { details, remark, type Section } from './section.ts'

/** Longest text of a prompt or response on the page, in UTF-16 units: the viewer shows the rest. */
const longestText = 6000
const longestFact = 600

/** Items that one side has right and the other has not, with both responses and the verdicts that differ. */
export function changedItemsSection({ flips, baseline }: ReportData): Section | null {
  if (!baseline || flips.every(({ report }) => report.shown.length === 0)) return null
  const base = baseline.baseline.run.name
  return {
    id: 'changed',
    title: 'Items that changed',
    body: html`${remark('Losses and gains in turn, the largest first. bench view shows every item.')}${flips.map(
      ({
        compared,
        report: { pair, list, shown },
      }) => html`<h3>${compared.comparison.a.name}, ${pair.benchmark.title}</h3>
<p>${`Better on ${list.gains.length} items, worse on ${list.losses.length}, equal on ${list.equal}${list.unmeasured > 0 ? `, ${list.unmeasured} without a value` : ''}.`}${pair.isSample ? ' SAMPLE items.' : ''}</p>
${shown.map((flip) => changedItem(flip, pair.scale, compared.comparison.a.name, base))}`,
    )}`,
  }
}

function changedItem(flip: FlipEvidence, scale: Metric['scale'], name: string, base: string): Markup {
  const word = flip.difference > 0 ? 'better' : 'worse'
  const summary = `${word}: item ${cutText(flip.item, 80).text}, ${name} ${formatValue(flip.a, scale)}, ${base} ${formatValue(flip.b, scale)}`
  return details(
    summary,
    html`${flip.evidenceA.prompt.map(({ role, content }) => textBlock(`prompt (${role})`, content))}
<div class="pair">${responses(name, flip.evidenceA)}${responses(base, flip.evidenceB)}</div>
${verdictTable(flip, name, base)}`,
  )
}

function responses(name: string, evidence: ItemEvidence): Markup {
  return html`<div>${evidence.responses.map(({ sample, status, text }) =>
    textBlock(
      `${name}${evidence.responses.length > 1 ? `, sample ${sample}` : ''}${status === 'ok' ? '' : ` [${status}]`}`,
      text ?? '(no answer)',
    ),
  )}</div>`
}

function textBlock(title: string, content: string): Markup {
  const { text, left } = cutText(content, longestText)
  return html`<h4>${title}</h4><pre dir="auto">${text}</pre>${
    left > 0 ? html`<p class="remark">${`Cut: ${left.toLocaleString('en')} more characters.`}</p>` : null
  }`
}

function verdictTable(flip: FlipEvidence, name: string, base: string): Markup | null {
  const verdicts = differingVerdicts(flip)
  if (verdicts.length === 0) return null
  return html`<div class="scroll" role="region" aria-label="Verdicts that differ" tabindex="0"><table class="texts"><caption>Verdicts that differ</caption>
<thead><tr><th scope="col">constraint</th><th scope="col">expected</th><th scope="col">${name}</th><th scope="col">${base}</th></tr></thead>
<tbody>${verdicts.map(
    ({ constraint, a, b }) =>
      html`<tr><th scope="row">${fact(constraint)}</th><td>${fact(a?.expected ?? b?.expected ?? '')}</td><td>${verdict(a)}</td><td>${verdict(b)}</td></tr>`,
  )}</tbody></table></div>`
}

function verdict(entry: ReturnType<typeof differingVerdicts>[number]['a']): string {
  if (!entry) return 'no verdict'
  const { value, status, found, reason, scorer } = entry
  const facts = [status === 'ok' ? '' : status, found === undefined ? '' : `found ${found}`, reason ?? '']
  return fact([`${value ?? '–'} by ${scorer}`, ...facts.filter(Boolean)].join('; '))
}

function fact(content: string): string {
  const { text, left } = cutText(content, longestFact)
  return left > 0 ? `${text}… (${left} more)` : text
}
