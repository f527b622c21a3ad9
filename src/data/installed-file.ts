import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DataError } from '../core/errors.ts'
import type { LockedDataset, LockedFile } from './data-lock.ts'
import { compareWithLock, type Fingerprint, fingerprint } from './fingerprint.ts'
import { fileStamp, type Receipt } from './receipts.ts'

/** State of one file of a data set in the data directory. */
export type InstalledFile = { readonly name: string; readonly path: string } & (
  | { readonly state: 'missing' }
  | {
      readonly state: 'ok'
      readonly receipt: Receipt
      /** The receipt was made or renewed by this check and is not on disk yet. */
      readonly isNew: boolean
    }
  | {
      readonly state: 'wrong'
      readonly algorithm: 'sha256' | 'git blob'
      readonly expected: string
      readonly found: string
    }
)

/**
 * Compares an installed file with the lock file and its receipt. The file is hashed only when its size, modification
 * time or inode changed since the last check, or always with `isFull`.
 */
export function checkInstalled(
  folder: string,
  file: LockedFile,
  receipt: Receipt | undefined,
  { isFull = false }: { isFull?: boolean } = {},
): InstalledFile {
  const { name } = file
  const path = join(folder, name)
  const stamp = fileStamp(path)
  if (stamp === null) return { name, path, state: 'missing' }
  const isFresh = !isFull && receipt?.stamp === stamp
  const found: Fingerprint = isFresh ? receipt : fingerprint(readFileSync(path))
  const comparison = compareWithLock(file, found)
  if (comparison.kind === 'match') {
    return renewed({ name, path }, receipt, found, stamp, { trust: 'verified' })
  }
  if (receipt && receipt.trust !== 'verified' && receipt.sha256 !== found.sha256) {
    return { name, path, state: 'wrong', algorithm: 'sha256', expected: receipt.sha256, found: found.sha256 }
  }
  if (comparison.kind === 'unknown') return renewed({ name, path }, receipt, found, stamp, { trust: 'first-use' })
  const { algorithm, expected } = comparison
  if (file.onMismatch === 'warn' && receipt?.trust !== 'verified') {
    return renewed({ name, path }, receipt, found, stamp, { trust: 'accepted-mismatch', expected })
  }
  return { name, path, state: 'wrong', algorithm, expected, found: comparison.found }
}

/** The error for a file whose content is not the pinned one: names both hashes. */
export function wrongHash(dataset: LockedDataset, file: InstalledFile & { state: 'wrong' }): DataError {
  return new DataError(
    'hash-mismatch',
    `Expected ${dataset.id}/${file.name} with ${file.algorithm} ${file.expected}, found ${file.found}`,
    { location: { file: file.path }, hint: `Run \`bench data pull ${dataset.id}\` to replace it.` },
  )
}

/** What a person should know about a file that is used although it is not the pinned version, or null. */
export function mismatchWarning(label: string, receipt: Receipt): string | null {
  if (receipt.trust !== 'accepted-mismatch') return null
  return `${label} is not the pinned version: expected ${receipt.expected}, found git blob ${receipt.gitBlob}`
}

function renewed(
  place: { readonly name: string; readonly path: string },
  receipt: Receipt | undefined,
  found: Fingerprint,
  stamp: string,
  trust: Pick<Receipt, 'trust' | 'expected'>,
): InstalledFile {
  const isSame = receipt?.stamp === stamp && receipt.trust === trust.trust && receipt.sha256 === found.sha256
  if (isSame) return { ...place, state: 'ok', receipt, isNew: false }
  const { bytes, sha256, gitBlob } = found
  const isKnown = receipt?.sha256 === sha256
  const fresh: Receipt = {
    name: place.name,
    bytes,
    sha256,
    gitBlob,
    source: isKnown ? receipt.source : 'found in place',
    installedAt: isKnown ? receipt.installedAt : new Date().toISOString(),
    ...trust,
    stamp,
  }
  return { ...place, state: 'ok', receipt: fresh, isNew: true }
}
