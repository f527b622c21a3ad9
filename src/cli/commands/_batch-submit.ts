import { printable } from '../../core/printable.ts'
import {
  type BatchAccess,
  type BatchCollection,
  collectBatch,
  submitBatch,
  waitForBatches,
} from '../../runners/batch/submit-batch.ts'
import { exitCodes } from '../exit-codes.ts'
import { print, printJson, say } from '../output.ts'

export interface BatchAccessOptions {
  readonly header?: Record<string, string>
  readonly json?: boolean
}

export interface BatchCollectOptions extends BatchAccessOptions {
  readonly wait?: boolean
  readonly every: number
}

/** Hands the request files of a run over to the batch API. */
export async function batchSubmit(folder: string, options: BatchAccessOptions): Promise<void> {
  await interruptible(options, async (access) => {
    const files = await submitBatch(folder, access, ({ file, requests, batchId }) => {
      if (!options.json) print(printable(`${file}: ${requests} requests are batch ${batchId}`))
    })
    if (options.json) printJson({ folder, files })
    say(printable(`Next: bench batch collect ${folder}`))
  })
}

/** Takes over what has ended. */
export async function batchCollect(folder: string, options: BatchCollectOptions): Promise<void> {
  await interruptible(options, async (access) => {
    let collection = await collectBatch(folder, access)
    while (options.wait && isRunning(collection) && !access.signal.aborted) {
      for (const line of describe(collection)) say(line)
      await waitForBatches(options.every, access.signal)
      if (!access.signal.aborted) collection = await collectBatch(folder, access)
    }
    if (options.json) printJson({ folder, ...collection })
    else for (const line of describe(collection)) print(line)
    const { imported, batches } = collection
    if (imported?.failure != null)
      say(printable(`${imported.failed} requests failed, the last one: ${imported.failure}`))
    const unsent = batches.filter(({ batchId }) => batchId === undefined).length
    if (unsent > 0) say(`${unsent} files are not submitted`)
    process.exitCode = isRunning(collection) || unsent > 0 ? exitCodes.stopped : exitCodes.ok
    if (process.exitCode === exitCodes.ok) say('Next: bench batch export with the options of the run.')
  })
}

function isRunning({ batches }: BatchCollection): boolean {
  return batches.some(({ state }) => state !== null && !state.ended)
}

function describe({ batches, imported }: BatchCollection): string[] {
  const lines = batches.flatMap(({ file, batchId, state }) => {
    if (!state) return []
    const share = state.total === null ? '' : `, ${state.done ?? 'some'} of ${state.total} requests`
    return [printable(`${file}: batch ${batchId} ${state.status}${share}`)]
  })
  return imported
    ? [...lines, `${imported.imported} replies imported, ${imported.waiting} of the round have none`]
    : lines
}

async function interruptible(
  { header }: BatchAccessOptions,
  work: (access: BatchAccess) => Promise<void>,
): Promise<void> {
  const controller = new AbortController()
  const stop = () => controller.abort()
  process.once('SIGINT', stop).once('SIGTERM', stop)
  try {
    await work({ headers: header ?? {}, signal: controller.signal })
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop)
  }
}
