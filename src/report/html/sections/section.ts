import { html, type Markup, type MarkupValue } from '../markup.ts'

/** A part of the page with its own heading and entry in the table of contents. */
export interface Section {
  /** Fragment of its address. */
  readonly id: string
  readonly title: string
  readonly body: MarkupValue
}

/** The section as a landmark. */
export function renderSection({ id, title, body }: Section): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-heading"><h2 id="${id}-heading">${title}</h2>
${body}</section>
`
}

/** A figure with its caption. */
export function figure(caption: string, content: MarkupValue): Markup {
  return html`<figure><figcaption>${caption}</figcaption><div class="scroll" role="region" aria-label="${caption}" tabindex="0">${content}</div></figure>`
}

/** A part that is closed at first. */
export function details(summary: string, content: MarkupValue): Markup {
  return html`<details><summary>${summary}</summary>${content}</details>`
}

/** A paragraph that explains. */
export function remark(text: string): Markup {
  return html`<p class="remark">${text}</p>`
}
