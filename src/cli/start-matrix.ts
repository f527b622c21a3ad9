import { UsageError } from '../core/errors.ts'
import { printable } from '../core/printable.ts'
import { Budget } from '../runners/budget.ts'
import { executeRun } from '../runners/execute-run.ts'
import { SharedSandbox } from '../runners/open-sandbox.ts'
import { assertPriced, type PreparedRun, prepareRun } from '../runners/prepare-run.ts'
import type { RunSpec } from '../runners/run-spec.ts'
import { SharedQueues } from '../runners/shared-queues.ts'
import { RunStopped } from '../runners/stop.ts'
import { exitCodes } from './exit-codes.ts'
import { onInterrupt } from './interrupt.ts'
import { startOverview } from './matrix-overview.ts'
import { say } from './output.ts'
import { endingCode, type RunOutcome, sayEnding, stopped } from './start-run.ts'

/** One run of a matrix, prepared. */
export interface MatrixRun {
  readonly spec: RunSpec
  readonly prepared: PreparedRun
}

/** A matrix that is ready to start. */
export interface PreparedMatrix {
  readonly runs: readonly MatrixRun[]
  readonly queues: SharedQueues
  /** Ends what the runs share. */
  close(): Promise<void>
}

/**
 * Prepares every run before the first one starts, so that a mistake in the last is found before money is spent.
 * @throws UsageError `same-run` when two runs of the matrix would be the same
 */
export async function prepareMatrix(
  specs: readonly RunSpec[],
  warn: (message: string) => void,
): Promise<PreparedMatrix> {
  const queues = new SharedQueues()
  const limit = specs[0]?.maxCost ?? null
  const sandbox = new SharedSandbox()
  const shares = { queues, sandbox, ...(limit === null ? {} : { budget: new Budget(limit) }) }
  const runs: MatrixRun[] = []
  const folders = new Map<string, string>()
  for (const spec of specs) {
    const prepared = await prepareRun(spec, warn, shares)
    assertPriced(spec, prepared.endpoints)
    const { folder } = prepared.options
    const other = folders.get(folder)
    if (other !== undefined) {
      throw new UsageError(
        'same-run',
        `Expected different runs, but ${other} and ${prepared.name} are one and the same`,
      )
    }
    folders.set(folder, prepared.name)
    runs.push({ spec, prepared })
  }
  return { runs, queues, close: () => sandbox.close() }
}

/** Executes the runs of a matrix, `parallel` at once, with one overview. Stopping one for its cost limit stops all. */
export async function startMatrix(
  { runs, queues, close }: PreparedMatrix,
  parallel: number,
  isQuiet: boolean,
): Promise<readonly RunOutcome[]> {
  const stops = runs.map(({ prepared }) => prepared.options.stop)
  const overview = isQuiet ? null : startOverview(runs, queues)
  const tell = (text: string) => (overview ? overview.say(text) : say(text))
  const interrupts = stops.map((stop, index) => onInterrupt(stop, index === 0 ? tell : () => undefined))
  const outcomes: RunOutcome[] = []
  let next = 0
  const worker = async () => {
    while (next < runs.length && stops.every(({ reason }) => reason === null)) {
      const run = runs[next++]!
      const outcome = await execute(run, tell)
      outcomes[runs.indexOf(run)] = outcome
      if (outcome.exitCode === exitCodes.stopped)
        for (const stop of stops) stop.drain(run.prepared.options.stop.reason!)
    }
  }
  try {
    await reachAll(runs)
    const workers = Array.from({ length: Math.min(parallel, runs.length) }, worker)
    const endings = await Promise.allSettled(
      workers.map((work) =>
        work.catch((error: unknown) => {
          for (const stop of stops) stop.drain('fatal')
          throw error
        }),
      ),
    )
    const failed = endings.find((ending) => ending.status === 'rejected')
    if (failed) throw failed.reason
  } finally {
    overview?.stop()
    for (const interrupt of interrupts) interrupt.release()
    await Promise.all(runs.map(({ prepared }) => prepared.close()))
    await close()
  }
  for (const [index, { prepared }] of runs.entries()) {
    const scores = outcomes[index]?.scores
    if (scores && !scores.benchmarks.every(({ complete }) => complete)) say(printable(`${prepared.name}:`))
    if (scores) sayEnding(scores, prepared.options.meter, true)
  }
  return outcomes.filter((outcome) => outcome !== undefined)
}

/** Reaches every endpoint once, however many runs go to it, before any run starts. */
async function reachAll(runs: readonly MatrixRun[]): Promise<void> {
  const reached = new Set<string>()
  for (const { prepared } of runs) {
    const { offline, stop } = prepared.options
    for (const { target, probe } of offline ? [] : prepared.endpoints) {
      if (reached.has(target.id)) continue
      reached.add(target.id)
      await probe(stop.signal)
    }
  }
}

async function execute({ prepared }: MatrixRun, tell: (text: string) => void): Promise<RunOutcome> {
  const { options, name } = prepared
  const { folder } = options
  try {
    const scores = await executeRun({
      ...options,
      onOpen: ({ resumed, replies }) =>
        tell(printable(`${name}: ${resumed ? `resuming ${folder} with ${replies} calls in the log` : folder}`)),
    })
    return { name, folder, scores, exitCode: endingCode(scores) }
  } catch (error) {
    if (!(error instanceof RunStopped)) throw error
    tell(stopped(prepared, error))
    return { name, folder, scores: null, exitCode: exitCodes.stopped }
  }
}
