import { CallError } from '../../../models/call-error.ts'
import { describe } from './two-class.ts'

/** A JSON object. */
export type JsonRecord = Readonly<Record<string, unknown>>

/** True for a JSON object, false for arrays and null. */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The error of a reply that is JSON, but not what the protocol promises. */
export function unexpectedReply(expected: string, found: unknown): CallError {
  return new CallError('malformed', `Expected ${expected} from the reward model, got ${describe(found)}`, {
    retryable: true,
  })
}

/** The array in `field` of a reply. @throws CallError `malformed` */
export function arrayIn(reply: unknown, field: string): readonly unknown[] {
  const found = isRecord(reply) ? reply[field] : undefined
  if (Array.isArray(found)) return found
  throw unexpectedReply(`an array \`${field}\``, reply)
}

/**
 * Entries in the order of the inputs, by their `index`; an entry without one stands where it stands.
 * @throws CallError `malformed` unless there is exactly one entry per input
 */
export function byIndex(entries: readonly unknown[], count: number): readonly JsonRecord[] {
  if (entries.length !== count) throw unexpectedReply(`${count} entries, one per pair`, `${entries.length} entries`)
  const ordered = new Array<JsonRecord | undefined>(count)
  for (const [position, entry] of entries.entries()) {
    if (!isRecord(entry)) throw unexpectedReply('an object per pair', entry)
    const index = entry.index ?? position
    if (typeof index !== 'number' || !Number.isInteger(index) || index < 0 || index >= count || ordered[index]) {
      throw unexpectedReply(`every index from 0 to ${count - 1} once`, `index ${String(index)}`)
    }
    ordered[index] = entry
  }
  return ordered as JsonRecord[]
}
