import { DataError } from '../../core/errors.ts'

/**
 * Parses a file that holds one JSON array.
 * @throws DataError `broken-file`, with the line where the parser names a position
 */
export function parseWholeFile(text: string, file: string): readonly unknown[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    const position = /position (\d+)/.exec(String(cause))?.[1]
    const line = position === undefined ? undefined : lineOf(text, Number(position))
    throw new DataError('broken-file', `Expected one JSON array, got text that is not JSON (${String(cause)})`, {
      location: { file, ...(line === undefined ? {} : { line }) },
      cause,
    })
  }
  if (Array.isArray(value)) return value as unknown[]
  throw new DataError('broken-file', `Expected one JSON array, got ${value === null ? 'null' : typeof value}`, {
    location: { file },
  })
}

/** 1-based line of the `main_id` key of an element, for messages; null when the text has fewer of them. */
export function lineOfItem(text: string, index: number): number | null {
  let at = -1
  for (let seen = 0; seen <= index; seen += 1) {
    at = text.indexOf('"main_id"', at + 1)
    if (at === -1) return null
  }
  return lineOf(text, at)
}

function lineOf(text: string, position: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at !== -1 && at < position; at = text.indexOf('\n', at + 1)) line += 1
  return line
}
