import { gitBlobId, sha256 } from '../core/hash.ts'
import type { FetchableFile } from './data-lock.ts'

/** What identifies a file's content. */
export interface Fingerprint {
  readonly bytes: number
  readonly sha256: string
  readonly gitBlob: string
}

/** Result of comparing content with what the lock file says. */
export type Comparison =
  /** The content is the pinned one. */
  | { readonly kind: 'match' }
  /** The lock file knows no hash. */
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'mismatch'
      readonly algorithm: 'sha256' | 'git blob'
      readonly expected: string
      readonly found: string
    }

export function fingerprint(content: Uint8Array): Fingerprint {
  return { bytes: content.byteLength, sha256: sha256(content), gitBlob: gitBlobId(content) }
}

/** sha256 decides where it is known, else the git blob id. */
export function compareWithLock(file: FetchableFile, found: Fingerprint): Comparison {
  if (file.sha256 !== null) return compare('sha256', file.sha256, found.sha256)
  if (file.gitBlob !== null) return compare('git blob', file.gitBlob, found.gitBlob)
  return { kind: 'unknown' }
}

function compare(algorithm: 'sha256' | 'git blob', expected: string, found: string): Comparison {
  return expected === found ? { kind: 'match' } : { kind: 'mismatch', algorithm, expected, found }
}
