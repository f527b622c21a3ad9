import type { HeedError } from '../core/errors.ts'
import type { Receipt } from './receipts.ts'

/** What became of one file. */
export interface PulledFile {
  readonly dataset: string
  readonly file: string
  /**
   * `present`: was there already; `installed`: is there now; `missing`: the source does not have it; `failed`: the
   * source has something else, or could not be read.
   */
  readonly outcome: 'present' | 'installed' | 'missing' | 'failed'
  /** Path or URL where it came from. */
  readonly source: string | null
  readonly receipt: Receipt | null
  /** What a person should know about the content. */
  readonly warning: string | null
  /** Why it is missing or failed. */
  readonly reason: string | null
  readonly errors: readonly HeedError[]
}

/** What `pull` did. */
export interface PullReport {
  readonly dataDirectory: string
  readonly files: readonly PulledFile[]
}

/** What `pull` tells while it works. */
export type PullEvent =
  | { readonly kind: 'plan'; readonly files: number; readonly bytes: number }
  | { readonly kind: 'waiting'; readonly dataset: string; readonly holder: string }
  | { readonly kind: 'bytes'; readonly label: string; readonly received: number; readonly total: number | null }
  | {
      readonly kind: 'retry'
      readonly label: string
      readonly url: string
      readonly reason: string
      readonly delay: number
    }
  | { readonly kind: 'done'; readonly file: PulledFile }

/** A file was refused because its content is not the pinned one. */
export function hasWrongHash(file: PulledFile): boolean {
  return file.outcome === 'failed' && file.errors.some(({ code }) => code === 'hash-mismatch')
}
