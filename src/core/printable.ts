/**
 * Control characters, terminal escapes and bidirectional overrides: everything that can move a cursor, recolour a
 * terminal or make text read differently from what it is.
 */
const dangerous =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff]/g
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/**
 * Text of unknown origin (model output, file names, server messages) made safe for a terminal: dangerous characters
 * become their visible `\u{...}` spelling. Tabs and line feeds stay.
 */
export function printable(text: string): string {
  return text.replace(dangerous, visible).replace(loneSurrogate, visible)
}

/** The same on one line, cut to `width` UTF-16 units with an ellipsis. */
export function printableLine(text: string, width = 120): string {
  const line = printable(text).replace(/[\t\n]+/g, ' ')
  return line.length > width ? `${line.slice(0, width - 1)}…` : line
}

function visible(character: string): string {
  return `\\u{${character.charCodeAt(0).toString(16)}}`
}
