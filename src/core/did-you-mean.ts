import { closest, distance } from 'fastest-levenshtein'

/**
 * The known name that a mistyped one most likely stands for, or undefined when none is near: at most a third of the
 * name (and never less than two letters) may differ. Upper and lower case count as equal.
 */
export function didYouMean(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined
  const wanted = name.toLowerCase()
  const byLowerCase = new Map(known.map((candidate) => [candidate.toLowerCase(), candidate]))
  const nearest = closest(wanted, [...byLowerCase.keys()])
  return distance(wanted, nearest) <= Math.max(2, Math.floor(wanted.length / 3)) ? byLowerCase.get(nearest) : undefined
}

/** Hint for an unknown name: the near one first, then all known ones. */
export function knownNamesHint(name: string, known: readonly string[]): string {
  const near = didYouMean(name, known)
  return `${near === undefined ? '' : `Did you mean \`${near}\`? `}Known: ${known.join(', ')}`
}
