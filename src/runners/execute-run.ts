import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ScoringContext } from '../benchmarks/benchmark.ts'
import type { CallRole } from '../core/call.ts'
import { CallDoor } from './call-door.ts'
import { CallLog } from './call-log.ts'
import type { CallTarget } from './call-target.ts'
import { lockFolder } from './lock-file.ts'
import type { Manifest, ScoringIdentity } from './manifest.ts'
import { type BenchmarkPlan, type RunSettings, runBenchmark } from './run-benchmark.ts'
import { openRunFolder, runFiles, writeAtomically } from './run-folder.ts'
import type { RunMeter } from './run-meter.ts'
import type { BenchmarkScores, Scores } from './scores.ts'
import { RunStopped, type StopSwitch } from './stop.ts'
import { VerdictFile } from './verdict-file.ts'

/** Everything a run needs, resolved and checked. */
export interface ExecuteRunOptions {
  readonly folder: string
  readonly manifest: Manifest
  /** How this pass scores; the manifest's own scoring unless `scoring` names a further one. */
  readonly scoringIdentity: ScoringIdentity
  readonly plans: readonly BenchmarkPlan[]
  readonly settings: RunSettings
  readonly targets: ReadonlyMap<CallRole, CallTarget>
  readonly meter: RunMeter
  readonly stop: StopSwitch
  readonly offline: boolean
  readonly context: Omit<ScoringContext, 'call' | 'warn' | 'endpoint'>
  /** Name of a further scoring beside the run's own; null for the run's own. */
  readonly scoring: string | null
  /** Told what happened to the folder before any call is made. */
  readonly onOpen?: (facts: { resumed: boolean; replies: number; cutBytes: number }) => void
}

/**
 * Runs all benchmarks side by side over the shared queues and writes verdicts and scores.
 * @throws RunStopped when it stopped early; UsageError and DataError for a folder it must not touch
 */
export async function executeRun(options: ExecuteRunOptions): Promise<Scores> {
  const { folder, manifest } = options
  const opened = openRunFolder(folder, manifest, options.scoring === null)
  const lock = await lockFolder(join(folder, runFiles.lock))
  try {
    return await runLocked(options, opened.resumed)
  } finally {
    lock.release()
  }
}

async function runLocked(options: ExecuteRunOptions, resumed: boolean): Promise<Scores> {
  const { folder, meter, scoring, targets } = options
  const log = await CallLog.open(join(folder, runFiles.calls), (record) => {
    if (record.kind !== 'reply') return
    const target = targets.get(record.role)
    const cost = (target?.id === record.endpoint ? target.cost(record.usage) : 0) ?? 0
    target?.pay(cost)
    meter.addUsage(record.role, record.usage, cost)
  })
  options.onOpen?.({ resumed, replies: log.size, cutBytes: log.cutBytes })
  const outputFolder = scoring === null ? folder : join(folder, runFiles.scorings, scoring)
  mkdirSync(outputFolder, { recursive: true })
  const verdictFile = new VerdictFile(join(outputFolder, runFiles.verdicts))
  try {
    const benchmarks = await runAll(options, log, verdictFile)
    await verdictFile.finish()
    const scores = toScores(options, benchmarks)
    writeAtomically(join(outputFolder, runFiles.scores), `${JSON.stringify(scores, null, 2)}\n`)
    return scores
  } catch (error) {
    await verdictFile.abandon()
    throw error
  } finally {
    await log.close()
  }
}

async function runAll(
  options: ExecuteRunOptions,
  log: CallLog,
  verdictFile: VerdictFile,
): Promise<readonly BenchmarkScores[]> {
  const { plans, settings, targets, meter, stop, offline } = options
  const door = new CallDoor({ log, targets, stop, meter, offline })
  const context = {
    ...options.context,
    endpoint: (role: CallRole) => targets.get(role)?.name ?? null,
  }
  const outcomes = await Promise.allSettled(
    plans.map(async (plan) => {
      try {
        const call = (request: Parameters<ScoringContext['call']>[0]) => door.call(plan.benchmark.id, request)
        return await runBenchmark({ plan, settings, meter, verdictFile, context, call })
      } catch (error) {
        if (!(error instanceof RunStopped)) stop.drain('fatal', error)
        throw error
      }
    }),
  )
  if (stop.error) throw stop.error
  const failed = outcomes.find((outcome) => outcome.status === 'rejected')
  if (failed) throw failed.reason
  return outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
}

function toScores(options: ExecuteRunOptions, benchmarks: readonly BenchmarkScores[]): Scores {
  const { manifest, meter, scoringIdentity } = options
  return {
    format: 1,
    model: manifest.identity.model,
    modelName: manifest.identity.modelName,
    scoring: scoringIdentity,
    scoredAt: new Date().toISOString(),
    benchmarks,
    usage: Object.fromEntries(meter.usage),
  }
}
