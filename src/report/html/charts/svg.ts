import { html, joinMarkup, type Markup, type MarkupValue } from '../markup.ts'

/** A drawing with a title for those who cannot see it. Text in it is plain SVG text. */
export interface Drawing {
  /** Unique on the page. */
  readonly id: string
  readonly width: number
  readonly height: number
  /** Short name, for example `Differences to base`. */
  readonly title: string
  /** What it shows, in a sentence; the figures stand in a table beside it. */
  readonly description: string
  readonly body: readonly MarkupValue[]
}

/** A drawing as an accessible SVG element that scales down with the page. */
export function svg({ id, width, height, title, description, body }: Drawing): Markup {
  return html`<svg viewBox="0 0 ${round(width)} ${round(height)}" width="${round(width)}" height="${round(height)}" role="img" aria-labelledby="${id}-title ${id}-description"><title id="${id}-title">${title}</title><desc id="${id}-description">${description}</desc>${body}</svg>`
}

export interface TextOptions {
  readonly anchor?: 'start' | 'middle' | 'end'
  /** Class names of the style sheet. */
  readonly style?: string
}

/** A line of text whose baseline is at y. */
export function label(x: number, y: number, text: string, { anchor = 'start', style = '' }: TextOptions = {}): Markup {
  return html`<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}" class="${style}">${text}</text>`
}

/** A straight line. */
export function line(x1: number, y1: number, x2: number, y2: number, style: string): Markup {
  return html`<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" class="${style}"/>`
}

/** Shape of a series' points: series are told apart without colour, too. */
export function point(series: number, x: number, y: number, tip: string): Markup {
  const style = `series-${series % seriesCount} point`
  const size = 4.5
  const corner = (dx: number, dy: number) => `${round(x + dx * size)},${round(y + dy * size)}`
  const shapes = [
    () => html`<circle cx="${round(x)}" cy="${round(y)}" r="${size}" class="${style}"><title>${tip}</title></circle>`,
    () => polygon([corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)], style, tip),
    () => polygon([corner(0, -1.3), corner(1.2, 1), corner(-1.2, 1)], style, tip),
    () => polygon([corner(0, -1.4), corner(1.4, 0), corner(0, 1.4), corner(-1.4, 0)], style, tip),
  ]
  return shapes[series % shapes.length]!()
}

/** Number of colours of the style sheet. */
export const seriesCount = 6

/** A coordinate with one decimal. */
export function round(value: number): number {
  return Math.round(value * 10) / 10
}

/** A text cut to about the given width in pixels at 13 px type. */
export function fit(text: string, width: number): string {
  const characters = [...text]
  let used = 0
  for (const [index, character] of characters.entries()) {
    used += character.codePointAt(0)! > 0x2e7f ? 13 : 7.2
    if (used > width) return `${characters.slice(0, Math.max(1, index - 1)).join('')}…`
  }
  return text
}

/** Names of series with their points, in rows under each other. */
export function legend(names: readonly string[], x: number, y: number, width: number): Markup {
  return joinMarkup(
    names.map(
      (name, index) =>
        html`${point(index, x + 6, y + index * 20, name)}${label(x + 18, y + 4 + index * 20, fit(name, width - 18))}`,
    ),
  )
}

function polygon(corners: readonly string[], style: string, tip: string): Markup {
  return html`<polygon points="${corners.join(' ')}" class="${style}"><title>${tip}</title></polygon>`
}
