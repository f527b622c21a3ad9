import { DataError } from '../core/errors.ts'

/** Normalisation tables of langdetect. */
export interface LanguageTables {
  /** Characters of the Latin-1 block that count as blanks. */
  readonly latin1Exclude: string
  /** Classes of ideographs; each becomes its first member. */
  readonly kanjiClasses: readonly string[]
  /** Composed letter by `base + combining mark`. */
  readonly vietnamese: ReadonlyMap<string, string>
}

/**
 * Reads `messages.properties` of langdetect: lines `KEY=VALUE` with `\uXXXX` escapes.
 * @throws DataError `broken-langdetect` when a table is missing
 */
export function parseLanguageTables(text: string, file: string): LanguageTables {
  const values = new Map<string, string>()
  for (const line of text.split('\n')) {
    const sign = line.indexOf('=')
    if (sign > 0 && !line.startsWith('#'))
      values.set(line.slice(0, sign).trim(), decodeEscapes(line.slice(sign + 1).trim()))
  }
  const required = (key: string): string => {
    const value = values.get(key)
    if (value === undefined) {
      throw new DataError('broken-langdetect', `Expected a table \`${key}\` among the normalisation tables`, {
        location: { file },
      })
    }
    return value
  }
  const bases = required('TO_NORMALIZE_VI_CHARS')
  const vietnamese = new Map<string, string>()
  for (const mark of required('DMARK_CLASS')) {
    const composed = required(`NORMALIZED_VI_CHARS_${mark.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`)
    for (let index = 0; index < bases.length; index += 1) vietnamese.set(bases[index]! + mark, composed[index]!)
  }
  return {
    latin1Exclude: required('NGram.LATIN1_EXCLUDE'),
    kanjiClasses: [...values].filter(([key]) => key.startsWith('NGram.KANJI_')).map(([, value]) => value),
    vietnamese,
  }
}

/**
 * Tables for use without the data set: the compositions follow from Unicode normalisation, the excluded signs are the
 * four blanks and quotes of Latin-1; there are no classes of ideographs.
 */
export function houseLanguageTables(): LanguageTables {
  const vietnamese = new Map<string, string>()
  for (const base of 'AEIOUYaeiouyÂÊÔâêôĂăƠơƯư') {
    for (const mark of '\u0300\u0301\u0303\u0309\u0323') vietnamese.set(base + mark, (base + mark).normalize('NFC'))
  }
  return { latin1Exclude: '\u00a0«°»', kanjiClasses: [], vietnamese }
}

function decodeEscapes(value: string): string {
  return value.replace(/\\u([0-9a-fA-F]{4})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}
