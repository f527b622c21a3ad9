import { printable } from '../../core/printable.ts'

/** HTML that is safe to print as it is. Only {@link html} and {@link joinMarkup} make it. */
export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** What a template takes: text is escaped, markup is not, nothing is printed for null. */
export type MarkupValue = Markup | string | number | null | readonly MarkupValue[]

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}

/**
 * The one place where text becomes HTML, for element content and quoted attribute values alike. Terminal escapes, other
 * control characters, bidirectional overrides and lone surrogates become their visible `\u{...}` spelling.
 */
export function escapeHtml(text: string): string {
  return printable(text).replace(/[&<>"'`]/g, (character) => entities[character]!)
}

/** HTML from a template literal; every value that is no markup is escaped. Attribute values must be quoted. */
export function html(strings: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  return new Markup(strings.reduce((text, string, index) => `${text}${valueText(values[index - 1]!)}${string}`))
}

/** Pieces of markup behind each other. */
export function joinMarkup(parts: readonly MarkupValue[], separator = ''): Markup {
  return new Markup(parts.map(valueText).join(separator))
}

function valueText(value: MarkupValue): string {
  if (value === null) return ''
  if (value instanceof Markup) return value.text
  if (typeof value === 'string') return escapeHtml(value)
  if (typeof value === 'number') return String(value)
  return value.map(valueText).join('')
}
