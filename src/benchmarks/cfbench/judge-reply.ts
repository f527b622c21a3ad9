import { parseFloatPython } from '../../text/parse-float.ts'
import { strip } from '../../text/strip.ts'

/**
 * Upstream's strict reading: one part per criterion between blank lines, each the criterion verbatim, one tab, a number
 * equal to 0 or 1 (`code/evalaute.py` at 0bcbf9b0).
 * @param criteria texts in order
 * @returns the score tokens as written (`"1"`, `"1.0"`, `"-0"`), or null where any part fails
 */
export function strictScores(reply: string, criteria: readonly string[]): string[] | null {
  const parts = reply.split('\n\n')
  if (parts.length !== criteria.length) return null
  const scores: string[] = []
  for (const [position, part] of parts.entries()) {
    const pieces = part.split('\t')
    if (pieces.length !== 2 || pieces[0] !== criteria[position]) return null
    const number = parseFloatPython(pieces[1]!)
    if (number !== 0 && number !== 1) return null
    scores.push(strip(pieces[1]!))
  }
  return scores
}

/** What upstream's fallback makes of a reply: the kept scores, or the exception with which it ends the whole run. */
export type Fallback = { readonly kept: readonly string[] } | { readonly error: 'ValueError' | 'AttributeError' }

/**
 * Upstream's fallback for a reply that failed the strict reading in every round: any line of two tab-separated pieces
 * counts, whatever its text.
 * @param reply null when the judge's message had no content
 */
export function fallbackScores(reply: string | null): Fallback {
  if (reply === null) return { error: 'AttributeError' }
  const kept: string[] = []
  for (const line of reply.split('\n')) {
    const pieces = line.split('\t')
    if (pieces.length !== 2) continue
    const number = parseFloatPython(pieces[1]!)
    if (number === null) return { error: 'ValueError' }
    // parity: a zero is falsy in upstream's test and is dropped, so that only ones are ever kept.
    if (number === 1) kept.push(strip(pieces[1]!))
  }
  return { kept }
}

/**
 * The repaired reading: verdicts by position. Empty lines aside, there is one line per criterion (or the criterion's own
 * number of lines), each entry ends in a tab and 0 or 1; the copied text does not count, since judges tidy quotation
 * marks and spaces.
 * @returns 0 or 1 per criterion, or null
 */
export function positionalScores(reply: string, criteria: readonly string[]): (0 | 1)[] | null {
  const strict = strictScores(reply, criteria)
  if (strict) return strict.map((token) => (parseFloatPython(token) === 1 ? 1 : 0))
  const lines = filledLines(reply)
  return scoresAt(lines, criteria, () => 1) ?? scoresAt(lines, criteria, (text) => filledLines(text).length)
}

/** Reads the last line of each entry, when the entries fill the reply exactly and no other line ends in a verdict. */
function scoresAt(
  lines: readonly string[],
  criteria: readonly string[],
  height: (criterion: string) => number,
): (0 | 1)[] | null {
  const scores: (0 | 1)[] = []
  let next = 0
  for (const criterion of criteria) {
    const end = next + Math.max(1, height(criterion)) - 1
    for (; next < end; next++) if (lines[next] === undefined || verdictOf(lines[next]!) !== null) return null
    const verdict = lines[end] === undefined ? null : verdictOf(lines[end])
    if (verdict === null) return null
    scores.push(verdict)
    next = end + 1
  }
  return next === lines.length ? scores : null
}

function verdictOf(line: string): 0 | 1 | null {
  const plain = line.trimEnd()
  return plain.endsWith('\t1') ? 1 : plain.endsWith('\t0') ? 0 : null
}

function filledLines(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '')
}
