import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CallRole } from '../../core/call.ts'
import { DataError } from '../../core/errors.ts'
import type { BatchForm } from '../../models/endpoint.ts'
import type { ReplyRecord } from '../call-record.ts'

/** Paths under the folder `batch/` of a run. */
export const batchFiles = {
  folder: 'batch',
  round: 'round.json',
  pending: 'pending.jsonl',
  results: 'results',
} as const

/** One file of requests, all to one endpoint. */
export interface BatchRequestFile extends Pick<BatchForm, 'kind' | 'address' | 'thinking'> {
  /** Name inside the batch folder. */
  readonly file: string
  readonly role: CallRole
  readonly model: string
  /** Environment variable with the key, where it is not the usual one. */
  readonly apiKeyEnv: string | null
  readonly requests: number
  readonly bytes: number
  /** Id that the provider gave the batch, once it is submitted. */
  readonly batchId?: string
  /** True when the results are in the call log. */
  readonly collected?: boolean
}

/** `round.json`: the requests that wait for replies. */
export interface BatchRound {
  readonly v: 1
  readonly createdAt: string
  readonly files: readonly BatchRequestFile[]
}

/** One line of `pending.jsonl`: a call record without its reply. */
export interface PendingCall
  extends Pick<
    ReplyRecord,
    | 'key'
    | 'endpoint'
    | 'role'
    | 'purpose'
    | 'benchmark'
    | 'item'
    | 'constraint'
    | 'sample'
    | 'attempt'
    | 'sampling'
    | 'templateHash'
    | 'messages'
  > {
  /** Index of its request file in the round. */
  readonly file: number
}

/**
 * Reads the round that waits for replies.
 * @throws DataError `no-round`
 */
export function readRound(folder: string): BatchRound {
  const file = join(folder, batchFiles.folder, batchFiles.round)
  if (!existsSync(file)) {
    throw new DataError('no-round', `Expected exported requests in ${folder}, found none`, {
      hint: 'Write them with: bench batch export <options of the run>',
    })
  }
  try {
    const round = JSON.parse(readFileSync(file, 'utf8')) as BatchRound
    if (round.v === 1 && Array.isArray(round.files)) return round
  } catch {
    // Falls through to the same message.
  }
  throw new DataError('broken-round', 'Expected a list of request files of version 1', {
    location: { file },
    hint: 'Export again: what is in the call log stays.',
  })
}
