/**
 * How often a text occurs: anywhere (`plain`), between word borders (`word`), or followed by a number (`numbered`, as
 * `SECTION 2`). Occurrences do not overlap. Linear.
 */
export function countOccurrences(text: string, part: string, how: 'plain' | 'word' | 'numbered'): number {
  if (part === '') return 0
  let count = 0
  for (let at = text.indexOf(part); at !== -1; at = text.indexOf(part, at + part.length)) {
    const end = at + part.length
    if (how === 'plain') count += 1
    else if (how === 'numbered') count += /^\s?\d/.test(text.slice(end, end + 2)) ? 1 : 0
    else count += isWordSign(text.charCodeAt(at - 1)) || isWordSign(text.charCodeAt(end)) ? 0 : 1
  }
  return count
}

/** Latin letters and digits: other scripts do not part words by borders. */
function isWordSign(unit: number): boolean {
  return (
    (unit >= 48 && unit <= 57) ||
    (unit >= 65 && unit <= 90) ||
    (unit >= 97 && unit <= 122) ||
    (unit > 191 && unit < 592)
  )
}
