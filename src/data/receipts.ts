import { randomBytes } from 'node:crypto'
import { readFileSync, renameSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { DataError } from '../core/errors.ts'

const receipt = z.object({
  name: z.string(),
  bytes: z.int().nonnegative(),
  sha256: z.string(),
  gitBlob: z.string(),
  source: z.string(),
  installedAt: z.string(),
  trust: z.enum(['verified', 'first-use', 'accepted-mismatch']),
  expected: z.string().optional(),
  stamp: z.string(),
})
const receiptsSchema = z.object({ version: z.literal(1), files: z.array(receipt) })

/**
 * How an installed file came here.
 *
 * - `trust`: `verified` (equal to the lock file), `first-use` (the lock file knows no hash: what came first is
 *   remembered and demanded from then on), `accepted-mismatch` (another version than the pinned one, taken because the
 *   lock file allows it with a warning; `expected` is the pinned id).
 * - `stamp`: size, modification time and inode at the last full check.
 */
export type Receipt = Readonly<z.infer<typeof receipt>>

export const receiptsName = 'receipts.json'

/**
 * Receipts of one data set by file name; empty when there are none.
 * @throws DataError `broken-receipts` when the file is there but cannot be read
 */
export function readReceipts(folder: string): Map<string, Receipt> {
  const file = join(folder, receiptsName)
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (isAbsent(error)) return new Map()
    throw error
  }
  const result = receiptsSchema.safeParse(parse(text))
  if (!result.success) {
    throw new DataError('broken-receipts', 'Expected the receipts of a data set', {
      location: { file },
      hint: 'Delete that file and run `bench data pull` again: what is installed is checked anew.',
    })
  }
  return new Map(result.data.files.map((entry) => [entry.name, entry]))
}

/** Replaces the receipts of the given files in one step; the others stay. */
export function writeReceipts(folder: string, changed: readonly Receipt[]): void {
  const receipts = readReceipts(folder)
  for (const entry of changed) receipts.set(entry.name, entry)
  const files = [...receipts.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  const draft = join(folder, `.receipts-${process.pid}-${randomBytes(4).toString('hex')}`)
  try {
    writeFileSync(draft, `${JSON.stringify({ version: 1, files }, null, 2)}\n`)
    renameSync(draft, join(folder, receiptsName))
  } catch (error) {
    removeQuietly(draft)
    throw error
  }
}

/** Size, modification time and inode in one text, or null when the file is not there. Changes when the file does. */
export function fileStamp(path: string): string | null {
  try {
    const stats = statSync(path, { bigint: true })
    return stats.isFile() ? `${stats.size}-${stats.mtimeNs}-${stats.ino}` : null
  } catch (error) {
    if (isAbsent(error)) return null
    throw error
  }
}

function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path)
  } catch {
    // It was never made, or the disk is in no state to help: the first error is the one to report.
  }
}
