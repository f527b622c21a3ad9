import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import * as z from 'zod'
import { knownNamesHint } from '../../core/did-you-mean.ts'
import { DataError } from '../../core/errors.ts'
import { type ConstraintType, type FollowBenchRecord, recordSchema } from './schema.ts'
import { mixedKinds, sourcesByType } from './sources.ts'

/** A validated record with its place. */
export interface PlacedRecord {
  readonly record: FollowBenchRecord
  /** 1-based position in the file's array. */
  readonly number: number
}

/** Which file is read, for messages. */
export interface FileContext {
  readonly file: string
  readonly type: ConstraintType
}

/**
 * Reads one data file; a file ending in `.gz` is unzipped on the way.
 * @throws DataError `broken-json`, `broken-record`, `unknown-level`, `unknown-type`, `unknown-source`, with the file, the
 * record's number and its id
 */
export async function readRecords(context: FileContext): Promise<PlacedRecord[]> {
  const bytes = await readFile(context.file)
  const text = (context.file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  const values = parseArray(text, context.file)
  return values.map((value, index) => {
    const number = index + 1
    const record = parseRecord(value, number, context)
    checkNames(record, number, context)
    return { record, number }
  })
}

function parseArray(text: string, file: string): readonly unknown[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new DataError(
      'broken-json',
      `Expected one JSON array of records, got text that is not JSON (${String(cause)})`,
      {
        location: { file },
        cause,
      },
    )
  }
  if (Array.isArray(value)) return value
  throw new DataError('broken-json', `Expected one JSON array of records, got ${typeof value}`, { location: { file } })
}

function parseRecord(value: unknown, number: number, context: FileContext): FollowBenchRecord {
  const level = fieldOf(value, 'level')
  if (typeof level === 'number' && !(Number.isInteger(level) && level >= 0 && level <= 5)) {
    throw recordError('unknown-level', value, number, context, `expected a level from 0 to 5, got ${level}`)
  }
  const parsed = recordSchema.safeParse(value)
  if (parsed.success) return parsed.data
  throw recordError('broken-record', value, number, context, z.prettifyError(parsed.error).replaceAll('\n', ' '))
}

function checkNames(record: FollowBenchRecord, number: number, context: FileContext): void {
  const { type } = context
  const known = sourcesByType[type]
  if (!known.includes(record.source)) {
    const message = `expected a source of the ${type} file, got \`${record.source}\``
    throw recordError('unknown-source', record, number, context, message, knownNamesHint(record.source, known))
  }
  const expected = type !== 'mixed' ? [type] : record.level === 0 ? ['mixed'] : mixedKinds
  const named = type === 'mixed' ? record.category.split(', ') : [record.category]
  const stray = named.find((name) => !expected.includes(name))
  if (stray !== undefined) {
    const message = `expected the category to name ${expected.join(', ')}, got \`${stray}\``
    throw recordError('unknown-type', record, number, context, message, knownNamesHint(stray, expected))
  }
  if (type === 'mixed' && record.level > 0 && named.length !== record.level) {
    const message = `expected one type per added constraint (${record.level}) in the category, got ${named.length}`
    throw recordError('unknown-type', record, number, context, message)
  }
}

/** An error about one record: names file, number and id. */
export function recordError(
  code: string,
  record: unknown,
  number: number,
  { file, type }: FileContext,
  message: string,
  hint?: string,
): DataError {
  const id = `${type}/${String(fieldOf(record, 'example_id'))}/L${String(fieldOf(record, 'level'))}`
  return new DataError(code, `record ${number}: ${message}`, {
    location: { file, id },
    ...(hint === undefined ? {} : { hint }),
  })
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}
