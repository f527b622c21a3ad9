const longest = 120

/** A text short enough for a verdict's evidence. Never ends inside a surrogate pair. */
export function excerpt(text: string): string {
  if (text.length <= longest) return text
  const last = text.charCodeAt(longest - 1)
  return `${text.slice(0, last >= 0xd800 && last < 0xdc00 ? longest - 1 : longest)}…`
}
