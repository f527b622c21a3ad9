/**
 * What makes two constraints the same one: their text without case, width, runs of white space and full stops at the end.
 * The response to a level that holds c_k already would be labelled as missing c_k.
 */
export function constraintKey(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .replace(/[\s.!?;:,。！？；，、]+$/u, '')
    .trim()
}

/** Index of the first constraint that says what an earlier one says; -1 without any. */
export function repeatedConstraint(texts: readonly string[]): number {
  const keys = texts.map(constraintKey)
  return keys.findIndex((key, index) => keys.indexOf(key) < index)
}
