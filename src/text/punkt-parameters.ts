import * as z from 'zod'
import { DataError } from '../core/errors.ts'

/** Trained tables of a Punkt sentence splitter, as the splitter wants them. */
export interface PunktParameters {
  /** Lower-case abbreviations without their last full stop. */
  readonly abbreviations: ReadonlySet<string>
  /** Pairs of types that belong together over a full stop, joined by U+0000. */
  readonly collocations: ReadonlySet<string>
  /** Lower-case words that often begin sentences. */
  readonly sentenceStarters: ReadonlySet<string>
  /** Bits of {@link orthography} in which each lower-case word was seen. */
  readonly orthographicContext: ReadonlyMap<string, number>
}

/** How a word was seen in training: position in the sentence and case of the first letter. */
export const orthography = {
  initialUpper: 2,
  internalUpper: 4,
  unknownUpper: 8,
  initialLower: 16,
  internalLower: 32,
  unknownLower: 64,
  anyUpper: 14,
  anyLower: 112,
} as const

const PunktFile = z.object({
  abbrev_types: z.array(z.string()),
  collocations: z.array(z.tuple([z.string(), z.string()])),
  sentence_starters: z.array(z.string()),
  ortho_context: z.record(z.string(), z.number().int()),
})

/** Shape of `english.json` of the `punkt` data set. */
export type PunktFile = z.infer<typeof PunktFile>

/**
 * Reads the text of a parameter file.
 * @throws DataError `broken-punkt` when it is not of the expected shape
 */
export function parsePunktParameters(text: string, file: string): PunktParameters {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (cause) {
    throw new DataError('broken-punkt', 'Expected Punkt parameters as JSON', { location: { file }, cause })
  }
  const result = PunktFile.safeParse(parsed)
  if (!result.success) {
    throw new DataError('broken-punkt', `Expected Punkt parameters, got: ${z.prettifyError(result.error)}`, {
      location: { file },
    })
  }
  return punktParameters(result.data)
}

/** Turns the tables of a file into sets and maps: words such as `constructor` must not meet inherited keys. */
export function punktParameters(file: PunktFile): PunktParameters {
  return {
    abbreviations: new Set(file.abbrev_types),
    collocations: new Set(file.collocations.map(([first, second]) => `${first}\u0000${second}`)),
    sentenceStarters: new Set(file.sentence_starters),
    orthographicContext: new Map(Object.entries(file.ortho_context)),
  }
}
