/** A text shortened for display. */
export interface CutText {
  readonly text: string
  /** UTF-16 units that were left out; 0 for a text that is whole. */
  readonly left: number
}

/** The first `limit` UTF-16 units of a text; a surrogate pair is never torn. */
export function cutText(text: string, limit: number): CutText {
  if (text.length <= limit) return { text, left: 0 }
  const code = text.charCodeAt(limit - 1)
  const end = code >= 0xd800 && code <= 0xdbff ? limit - 1 : limit
  return { text: text.slice(0, end), left: text.length - end }
}
