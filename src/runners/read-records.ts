import { parseJsonLine, readLines } from '../core/jsonl.ts'

/**
 * Streams the records of an append-only file. A last line that is torn (a run that is going on, or was killed) is
 * passed over; a broken line before it is an error.
 * @param isWanted looks at the line's text, to spare parsing
 * @throws DataError `broken-line`
 */
export async function* readRecords<Item>(
  file: string,
  isWanted: (line: string) => boolean = () => true,
): AsyncGenerator<Item> {
  let held: { readonly text: string; readonly line: number } | null = null
  for await (const { text, line } of readLines(file)) {
    if (text === '' || !isWanted(text)) continue
    if (held) yield parseJsonLine<Item>(held.text, file, held.line)
    held = { text, line }
  }
  if (!held) return
  try {
    JSON.parse(held.text)
  } catch {
    return
  }
  yield parseJsonLine<Item>(held.text, file, held.line)
}
