import type { HeedError } from '../core/errors.ts'
import type { Acceptance, FetchTarget } from './acceptance.ts'

/** What a source had of a wanted file. */
export type FetchOutcome =
  | {
      readonly kind: 'found'
      readonly content: Buffer
      /** Path or URL. */
      readonly source: string
      readonly acceptance: Acceptance
    }
  | {
      readonly kind: 'absent'
      /** In words, for the list of what is missing. */
      readonly reason: string
      /** Things that went wrong on the way, the most telling one first. Empty when the source simply has no such file. */
      readonly errors: readonly HeedError[]
    }

/** Where files come from. */
export interface FileSource {
  /** @param workFile path for an unfinished download: what is there is used, what is unfinished may stay there. */
  fetch(target: FetchTarget, workFile: string): Promise<FetchOutcome>
}
