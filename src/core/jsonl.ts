import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { DataError } from './errors.ts'

/** One parsed line of a JSONL file. */
export interface JsonlLine<T = unknown> {
  readonly value: T
  /** 1-based. */
  readonly line: number
}

/**
 * Streams the lines of a text file, split at U+000A only: `node:readline` also breaks at U+2028 and U+2029, which occur
 * inside JSON strings. A final line without line feed counts. Files ending in `.gz` are unzipped on the way.
 * @throws DataError `unreadable-file` for a path that is no file, or that cannot be read or unzipped
 */
export async function* readLines(file: string): AsyncGenerator<{ text: string; line: number }> {
  const raw = createReadStream(file, { highWaterMark: 1 << 18 })
  const source = file.endsWith('.gz') ? raw.pipe(createGunzip()) : raw
  if (source !== raw) raw.on('error', (error) => source.destroy(error))
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let rest = ''
  let line = 0
  for await (const chunk of readable(source as AsyncIterable<Buffer>, file)) {
    const text = rest + decoder.decode(chunk, { stream: true })
    let start = 0
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      line += 1
      yield { text: text.slice(start, end), line }
      start = end + 1
    }
    rest = text.slice(start)
  }
  rest += decoder.decode()
  if (rest !== '') yield { text: rest, line: line + 1 }
}

async function* readable(chunks: AsyncIterable<Buffer>, file: string): AsyncGenerator<Buffer> {
  try {
    yield* chunks
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    if (code === undefined) throw cause
    const found = code === 'ENOENT' ? 'nothing there' : code === 'EISDIR' ? 'a folder' : message
    throw new DataError('unreadable-file', `Expected a file that can be read, got ${found}`, {
      location: { file },
      cause,
    })
  }
}

/**
 * Streams the values of a JSONL file. Blank lines are passed over.
 * @throws DataError `broken-line` with file and line number where a line is not JSON
 */
export async function* readJsonl<T = unknown>(file: string): AsyncGenerator<JsonlLine<T>> {
  for await (const { text, line } of readLines(file)) {
    if (text.trim() === '') continue
    yield { value: parseJsonLine<T>(text, file, line), line }
  }
}

/** Parses one line, or says where it is broken. */
export function parseJsonLine<T>(text: string, file: string, line: number): T {
  try {
    return JSON.parse(text) as T
  } catch (cause) {
    const excerpt = text.length > 60 ? `${text.slice(0, 60)}…` : text
    throw new DataError('broken-line', `Expected one JSON value on the line, got ${JSON.stringify(excerpt)}`, {
      location: { file, line },
      hint: 'Repair or remove that line. Lines are separated by a line feed only.',
      cause,
    })
  }
}
