import { printable } from '../../core/printable.ts'
import { cutText } from '../html/cut-text.ts'

/** A text as the viewer shows it. */
export interface ShownText {
  /** Control characters, bidirectional overrides and lone surrogates in their visible spelling. */
  readonly text: string
  /** UTF-16 units that were left out; 0 for a text that is whole. */
  readonly left: number
}

/** Longest text that is sent to the page, in UTF-16 units. */
export const longestShown = 200_000

/** A text of unknown origin for the page; null stays null. */
export function shown(text: string | null | undefined, limit = longestShown): ShownText | null {
  if (text === null || text === undefined) return null
  const { text: part, left } = cutText(text, limit)
  return { text: printable(part), left }
}

/** The same on one line, for lists. */
export function shownLine(text: string, limit: number): string {
  const { text: part, left } = cutText(text, limit)
  return `${printable(part).replace(/\s+/g, ' ').trim()}${left > 0 ? '…' : ''}`
}
