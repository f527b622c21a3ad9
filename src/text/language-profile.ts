import { DataError } from '../core/errors.ts'

/** Counts of character grams of one language: shape of a profile file of langdetect. */
export interface LanguageProfile {
  readonly name: string
  /** Count by gram of one to three characters. */
  readonly freq: Readonly<Record<string, number>>
  /** Total of the grams of one, two and three characters. */
  readonly n_words: readonly number[]
}

/**
 * Reads the text of a profile file.
 * @throws DataError `broken-langdetect` when it is not of the expected shape
 */
export function parseLanguageProfile(text: string, file: string): LanguageProfile {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (cause) {
    throw new DataError('broken-langdetect', 'Expected a language profile as JSON', { location: { file }, cause })
  }
  if (isLanguageProfile(parsed)) return parsed
  throw new DataError('broken-langdetect', 'Expected a language profile with `name`, `freq` and three `n_words`', {
    location: { file },
  })
}

/** The outside only: checking each of the thousands of counts takes as long as parsing them. */
function isLanguageProfile(value: unknown): value is LanguageProfile {
  if (typeof value !== 'object' || value === null) return false
  const { name, freq, n_words: totals } = value as Record<string, unknown>
  return (
    typeof name === 'string' &&
    typeof freq === 'object' &&
    freq !== null &&
    Array.isArray(totals) &&
    totals.length === 3 &&
    totals.every((total) => typeof total === 'number' && total > 0)
  )
}
