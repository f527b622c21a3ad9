import { closeSync, existsSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { CallRequest, CallRole, Reply } from '../../core/call.ts'
import { UsageError } from '../../core/errors.ts'
import type { BoundEndpoint } from '../bind-endpoint.ts'
import { CallDoor } from '../call-door.ts'
import { callKey } from '../call-key.ts'
import { CallLog } from '../call-log.ts'
import { recordHead, toFailedReply, toReply } from '../call-record.ts'
import type { ExecuteRunOptions } from '../execute-run.ts'
import { lockFolder } from '../lock-file.ts'
import { runBenchmark } from '../run-benchmark.ts'
import { openRunFolder, runFiles, writeAtomically } from '../run-folder.ts'
import { type BatchRequestFile, type BatchRound, batchFiles, type PendingCall, readRound } from './batch-folder.ts'
import { BatchOrder } from './batch-order.ts'
import { type BatchDestination, type BatchLimits, RequestFiles } from './request-files.ts'

export interface ExportBatchOptions {
  readonly run: ExecuteRunOptions
  readonly endpoints: readonly BoundEndpoint[]
  /** Environment variable with the key of the model under test, where it is not the usual one. */
  readonly apiKeyEnv: string | null
  readonly limits: BatchLimits
}

/** What an export wrote. */
export interface BatchExport {
  readonly folder: string
  /** Replies in the call log before. */
  readonly replies: number
  /** Files of the round; none when no call is missing. */
  readonly files: readonly BatchRequestFile[]
  /** Calls that an endpoint refused as they are (a prompt that is too long): not written again. */
  readonly givenUp: number
}

/**
 * Writes the calls that can be made now and are not in the call log into batch files: first the responses, when these
 * are imported the questions to the judge, and so on. The round replaces the one before; calls keep their ids, so that
 * results of an earlier export of the same call still fit.
 */
export async function exportBatch(options: ExportBatchOptions): Promise<BatchExport> {
  const { folder, manifest } = options.run
  openRunFolder(folder, manifest)
  const lock = await lockFolder(join(folder, runFiles.lock))
  const log = await CallLog.open(join(folder, runFiles.calls))
  const batchFolder = join(folder, batchFiles.folder)
  try {
    assertNoneUnderWay(folder)
  } catch (error) {
    await log.close()
    lock.release()
    throw error
  }
  rmSync(batchFolder, { recursive: true, force: true })
  mkdirSync(batchFolder)
  const collector = new Collector(options, log, batchFolder)
  try {
    for (const plan of options.run.plans) {
      await runBenchmark({
        plan,
        settings: options.run.settings,
        meter: options.run.meter,
        verdictFile: null,
        context: { ...options.run.context, endpoint: (role) => options.run.targets.get(role)?.name ?? null },
        call: (request) => collector.call(plan.benchmark.id, request),
      })
    }
    collector.close()
    const { files } = collector
    if (files.length === 0) rmSync(batchFolder, { recursive: true, force: true })
    else {
      const round: BatchRound = { v: 1, createdAt: new Date().toISOString(), files }
      writeAtomically(join(batchFolder, batchFiles.round), `${JSON.stringify(round, null, 2)}\n`)
    }
    return { folder, replies: log.size, files, givenUp: collector.givenUp }
  } finally {
    collector.close()
    await log.close()
    lock.release()
  }
}

/**
 * What was submitted is paid for, and its ids are in the round.
 * @throws UsageError `batch-under-way`
 */
function assertNoneUnderWay(folder: string): void {
  if (!existsSync(join(folder, batchFiles.folder, batchFiles.round))) return
  const underWay = readRound(folder).files.filter(({ batchId, collected }) => batchId !== undefined && !collected)
  if (underWay.length === 0) return
  const ids = underWay.map(({ batchId }) => batchId).join(', ')
  throw new UsageError('batch-under-way', `Expected no batch under way, but results of ${ids} are not collected`, {
    hint: `Take them over first: bench batch collect ${folder}`,
  })
}

/** Answers calls from the log, and writes down those that are missing. */
class Collector {
  readonly #options: ExportBatchOptions
  readonly #log: CallLog
  readonly #door: CallDoor
  readonly #requests: RequestFiles
  readonly #destinations: ReadonlyMap<CallRole, BatchDestination>
  readonly #pending: number
  readonly #written = new Set<string>()
  readonly #order = new BatchOrder()
  #isOpen = true
  /** Calls that the endpoint has refused as they are. */
  givenUp = 0

  constructor(options: ExportBatchOptions, log: CallLog, folder: string) {
    const { run, endpoints, apiKeyEnv, limits } = options
    this.#options = options
    this.#log = log
    this.#door = new CallDoor({ log, targets: run.targets, stop: run.stop, meter: run.meter, offline: run.offline })
    this.#requests = new RequestFiles(folder, limits)
    this.#destinations = new Map(
      endpoints.flatMap(({ role, modelName: model, batch }): [CallRole, BatchDestination][] =>
        batch ? [[role, { role, model, batch, apiKeyEnv: role === 'model' ? apiKeyEnv : null }]] : [],
      ),
    )
    this.#pending = openSync(join(folder, batchFiles.pending), 'w')
  }

  get files(): readonly BatchRequestFile[] {
    return this.#requests.files
  }

  async call(benchmark: string, request: CallRequest): Promise<Reply> {
    const destination = this.#destinations.get(request.role)
    // Recorded replies and served reward models have no batch form: they are asked on the spot.
    if (!destination) return this.#door.call(benchmark, request)
    const target = this.#options.run.targets.get(request.role)!
    const key = callKey(target, benchmark, request)
    const record = await this.#log.get(key)
    if (record) return toReply(record)
    const failed = await this.#log.failure(key)
    if (failed?.failure.kind === 'client') {
      this.givenUp += 1
      return toFailedReply(key, failed.failure)
    }
    this.#write(key, destination, target.id, benchmark, request)
    return toFailedReply(key, { kind: 'aborted', message: 'the call waits for the results of a batch' })
  }

  close(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#requests.close()
    closeSync(this.#pending)
  }

  #write(key: string, destination: BatchDestination, endpoint: string, benchmark: string, request: CallRequest): void {
    if (this.#written.has(key) || !this.#order.isDue(benchmark, request)) return
    this.#written.add(key)
    const file = this.#requests.write(key, destination, destination.batch.body(benchmark, request))
    const pending: PendingCall = {
      ...recordHead(key, endpoint, benchmark, request),
      sampling: request.sampling,
      templateHash: request.templateHash ?? null,
      ...(request.role === 'model' ? { messages: request.messages } : {}),
      file,
    }
    writeSync(this.#pending, `${JSON.stringify(pending)}\n`)
  }
}
