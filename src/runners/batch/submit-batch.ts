import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { EndpointError } from '../../core/errors.ts'
import { Redactor } from '../../core/redact.ts'
import type { BatchState } from '../../models/batch/batch-api.ts'
import { CallError } from '../../models/call-error.ts'
import { createEndpoint } from '../../models/create-endpoint.ts'
import type { BatchForm } from '../../models/endpoint.ts'
import { sleep } from '../../models/http/abort-fan-out.ts'
import { writeAtomically } from '../run-folder.ts'
import { type BatchRequestFile, type BatchRound, batchFiles, readRound } from './batch-folder.ts'
import { type BatchImport, importBatch } from './import-batch.ts'

/** How the batch API is reached. */
export interface BatchAccess {
  /** Extra request headers; values may hold `${NAME}` references. */
  readonly headers: Readonly<Record<string, string>>
  readonly signal: AbortSignal
}

/** Results of 50,000 long responses, and the time that they take to come. */
const mostBytes = 500_000_000
const transferMs = 1_800_000

/**
 * Hands the request files of the round over to the batch API of their endpoint. A file that was handed over already is
 * passed over, so that the command can be repeated.
 * @param tell told of every batch
 */
export async function submitBatch(
  folder: string,
  access: BatchAccess,
  tell: (file: BatchRequestFile) => void,
): Promise<readonly BatchRequestFile[]> {
  const files = [...readRound(folder).files]
  for (const [index, file] of files.entries()) {
    if (file.batchId !== undefined) continue
    const requests = readFileSync(join(folder, batchFiles.folder, file.file), 'utf8')
    const batchId = await withApi(file, access, ({ api }) => api.submit(requests, access.signal))
    files[index] = { ...file, batchId }
    save(folder, files)
    tell(files[index])
  }
  return files
}

/** What a collection found. */
export interface BatchCollection {
  /** Files of the round with the state of their batch; null for one that was not submitted. */
  readonly batches: readonly (BatchRequestFile & { readonly state: BatchState | null })[]
  /** What was imported; null when no batch has ended. */
  readonly imported: BatchImport | null
}

/** Looks how the submitted batches are getting on, and takes over the results of those that have ended. */
export async function collectBatch(folder: string, access: BatchAccess): Promise<BatchCollection> {
  const files = [...readRound(folder).files]
  const states: (BatchState | null)[] = []
  let imported: BatchImport | null = null
  for (const [index, file] of files.entries()) {
    const { batchId } = file
    if (batchId === undefined || file.collected) {
      states.push(file.collected ? { status: 'collected', done: null, total: null, ended: true } : null)
      continue
    }
    const state = await withApi(file, access, ({ api }) => api.state(batchId, access.signal))
    states.push(state)
    if (!state.ended) continue
    const lines = await withApi(file, access, ({ api }) => api.results(batchId, access.signal))
    if (lines !== '') {
      const results = join(folder, batchFiles.folder, `${batchFiles.results}-${file.file}`)
      writeFileSync(results, new Redactor().reply(lines))
      imported = sum(imported, await importBatch(folder, [results]))
    }
    files[index] = { ...file, collected: true }
    save(folder, files)
  }
  return { batches: files.map((file, index) => ({ ...file, state: states[index]! })), imported }
}

/** Waits between two looks; returns early when the signal fires. */
export function waitForBatches(seconds: number, signal: AbortSignal): Promise<void> {
  return sleep(seconds * 1000, signal)
}

function sum(one: BatchImport | null, other: BatchImport): BatchImport {
  if (!one) return other
  const { imported, known, failed, foreign } = one
  return {
    ...other,
    imported: imported + other.imported,
    known: known + other.known,
    failed: failed + other.failed,
    foreign: foreign + other.foreign,
    failure: other.failure ?? one.failure,
  }
}

function save(folder: string, files: readonly BatchRequestFile[]): void {
  const round: BatchRound = { ...readRound(folder), files }
  writeAtomically(join(folder, batchFiles.folder, batchFiles.round), `${JSON.stringify(round, null, 2)}\n`)
}

async function withApi<Result>(
  file: BatchRequestFile,
  { headers }: BatchAccess,
  use: (batch: BatchForm) => Promise<Result>,
): Promise<Result> {
  const { kind, address, model, apiKeyEnv } = file
  const endpoint = await createEndpoint(kind === 'anthropic' ? `anthropic/${model}` : `${address}#${model}`, {
    headers,
    apiKeyEnv: apiKeyEnv ?? undefined,
    maxReplyBytes: mostBytes,
    timeoutMs: transferMs,
  })
  try {
    const { batch } = endpoint
    if (batch?.address !== address) {
      throw new EndpointError(
        'other-address',
        `Expected the batch API at ${address}, got ${batch?.address ?? 'none'}`,
        {
          hint: 'The requests were exported for that address: is ANTHROPIC_BASE_URL set as it was then?',
        },
      )
    }
    return await use(batch)
  } catch (error) {
    if (!(error instanceof CallError)) throw error
    const explained = error.kind === 'not-found' ? null : endpoint.explain?.(error)
    if (explained) throw explained
    throw new EndpointError('no-batch-api', `${address} has no batch API that answers here: ${error.message}`, {
      hint: 'Give the request files to an offline runner and take the results over with bench batch import.',
      cause: error,
    })
  } finally {
    await endpoint.close?.()
  }
}
