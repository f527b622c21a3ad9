import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DataError, UsageError } from '../../core/errors.ts'
import { readJsonl, readLines } from '../../core/jsonl.ts'
import { Redactor } from '../../core/redact.ts'
import { batchLineId, readBatchLine } from '../../models/batch/read-batch-line.ts'
import { CallError } from '../../models/call-error.ts'
import { CallLog } from '../call-log.ts'
import type { CallRecord } from '../call-record.ts'
import { lockFolder } from '../lock-file.ts'
import { readManifest, runFiles } from '../run-folder.ts'
import { type BatchRound, batchFiles, type PendingCall, readRound } from './batch-folder.ts'

/** What an import did. */
export interface BatchImport {
  readonly folder: string
  /** Replies that are new in the call log. */
  readonly imported: number
  /** Results of calls that are in the call log already. */
  readonly known: number
  /** Requests that failed: the next export writes them again. */
  readonly failed: number
  /** One of the failures, in words; null without one. */
  readonly failure: string | null
  /** Results that belong to no call of the round. */
  readonly foreign: number
  /** Calls of the round that still have no reply. */
  readonly waiting: number
}

const recordsPerFlush = 512

/**
 * Takes the results of batch requests over as call records. Results may come in any order, in several files and several
 * times. Nothing is written when none of them belongs to the run.
 * @throws DataError `no-round`, `broken-line`, `foreign-results`
 */
export async function importBatch(folder: string, files: readonly string[]): Promise<BatchImport> {
  readManifest(folder)
  const round = readRound(folder)
  const missing = files.find((file) => !existsSync(file))
  if (missing !== undefined) throw new UsageError('no-file', `Expected a file of results at ${missing}, found nothing`)
  const pending = await readPending(folder)
  const lock = await lockFolder(join(folder, runFiles.lock))
  const log = await CallLog.open(join(folder, runFiles.calls))
  try {
    const redactor = new Redactor()
    const counts = { imported: 0, known: 0, failed: 0, foreign: 0 }
    const taken = new Set<string>()
    let failure: string | null = null
    let writes: Promise<void>[] = []
    for (const file of files) {
      for await (const { text, line } of readLines(file)) {
        if (text.trim() === '') continue
        const result = parse(redactor.reply(text), file, line)
        const key = batchLineId(result)
        const call = key === null ? undefined : pending.get(key)
        if (key !== null && (log.has(key) || taken.has(key))) counts.known += 1
        else if (!call) counts.foreign += 1
        else {
          const record = toRecord(call, result, round, redactor)
          if (record.kind === 'reply') {
            counts.imported += 1
            taken.add(call.key)
            writes.push(log.add(record))
          } else {
            counts.failed += 1
            failure = record.failure.message
            writes.push(log.addFailure(record))
          }
          if (writes.length < recordsPerFlush) continue
          await Promise.all(writes)
          writes = []
        }
      }
    }
    await Promise.all(writes)
    if (counts.imported + counts.known + counts.failed === 0) throw foreignResults(folder, counts.foreign)
    let waiting = 0
    for (const key of pending.keys()) if (!log.has(key)) waiting += 1
    return { folder, ...counts, failure, waiting }
  } finally {
    await log.close()
    lock.release()
  }
}

function foreignResults(folder: string, lines: number): DataError {
  return new DataError(
    'foreign-results',
    lines === 0
      ? 'Expected lines of batch results, found none'
      : `Expected results of the requests in ${folder}, got ${lines} lines that belong to none of them`,
    {
      hint: 'A line of results has the `custom_id` of its request. Name the folder that the requests were exported from.',
    },
  )
}

async function readPending(folder: string): Promise<Map<string, PendingCall>> {
  const pending = new Map<string, PendingCall>()
  for await (const { value } of readJsonl<PendingCall>(join(folder, batchFiles.folder, batchFiles.pending))) {
    pending.set(value.key, value)
  }
  return pending
}

function parse(text: string, file: string, line: number): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new DataError('broken-line', `Expected a JSON object, got ${JSON.stringify(text.slice(0, 60))}`, {
      location: { file, line },
      hint: 'What comes before this line is imported. Repair the file and import it again.',
      cause,
    })
  }
}

function toRecord({ file, ...call }: PendingCall, result: unknown, round: BatchRound, redactor: Redactor): CallRecord {
  const head = { v: 1, ...call, tries: 1, at: new Date().toISOString(), ms: null } as const
  try {
    return { ...head, kind: 'reply', ...readBatchLine(result, round.files[file]!, redactor) }
  } catch (error) {
    if (!(error instanceof CallError)) throw error
    const { sampling: _sampling, templateHash: _template, messages: _messages, ...rest } = head
    return { ...rest, kind: 'failure', failure: error.failure }
  }
}
