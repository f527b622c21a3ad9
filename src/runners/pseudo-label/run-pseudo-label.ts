import { join } from 'node:path'
import type { LanguageTools } from '../../checkers/instructions/text-view.ts'
import type { CallRequest, CallRole } from '../../core/call.ts'
import type { Status } from '../../core/status.ts'
import { CallDoor } from '../call-door.ts'
import { CallLog } from '../call-log.ts'
import type { CallTarget } from '../call-target.ts'
import { lockFolder } from '../lock-file.ts'
import type { Manifest } from '../manifest.ts'
import { orderedWindow } from '../ordered-window.ts'
import { openRunFolder, runFiles, writeAtomically } from '../run-folder.ts'
import type { RunMeter } from '../run-meter.ts'
import type { StopSwitch } from '../stop.ts'
import { labelSeed } from './label-seed.ts'
import { type LevelCount, LevelCounter } from './level-counts.ts'
import { LineFile, removeDrafts } from './line-file.ts'
import { NoiseCounter, type NoiseReport } from './noise-report.ts'
import { pairsOf } from './pairs.ts'
import type { PseudoPair } from './pseudo-label.types.ts'
import { type RepeatedSeed, type Seed, withoutRepeats } from './seed.ts'
import type { PseudoLabelSettings } from './settings.ts'

/** Name under which the pipeline appears in call logs and progress. */
export const pseudoLabelName = 'pseudo-label'

/** Files that the pipeline writes beside the call log. */
export const pseudoLabelFiles = { pairs: 'pairs.jsonl', levels: 'levels.jsonl', noise: 'noise.json' } as const

/** Everything a pass needs, resolved and checked. */
export interface PseudoLabelOptions {
  readonly folder: string
  readonly manifest: Manifest
  readonly seeds: readonly Seed[]
  readonly settings: PseudoLabelSettings
  readonly targets: ReadonlyMap<CallRole, CallTarget>
  readonly tools: LanguageTools
  /** Most requests under way at once. */
  readonly concurrency: number
  readonly offline: boolean
  readonly meter: RunMeter
  readonly stop: StopSwitch
  readonly onOpen?: (facts: { readonly resumed: boolean; readonly replies: number }) => void
}

/** What a pass made. */
export interface PseudoLabelSummary {
  readonly seeds: number
  /** Seeds left out because an earlier one asks the same. */
  readonly repeatedSeeds: readonly RepeatedSeed[]
  /** Seeds whose constraints could not be had, with the reason. */
  readonly failedSeeds: readonly { readonly seed: string; readonly reason: string }[]
  /** What was asked, by level. */
  readonly levels: readonly LevelCount[]
  /** Responses by status. */
  readonly responses: Readonly<Partial<Record<Status, number>>>
  /** Why responses are missing, with how many, the most frequent reason first. */
  readonly failures: readonly { readonly reason: string; readonly count: number }[]
  /** Pairs written, by label. */
  readonly written: { readonly positive: number; readonly negative: number }
  /** Pairs made, but not asked for (`include`), and pairs that a rule contradicts and that were to be left out. */
  readonly leftOut: { readonly kind: number; readonly contradicted: number }
  readonly noise: NoiseReport
  /** False where a response or a usable reply of the generator is missing. */
  readonly complete: boolean
}

/**
 * Makes pseudo-labels: constraints, levels, responses, pairs, noise. All calls go through the call log of the folder, so
 * that the same command resumes, and so that a finished folder is made again without a call.
 * @throws RunStopped when it stopped early; UsageError `locked`, `resume-differs`; DataError for a folder it must not touch
 */
export async function runPseudoLabel(options: PseudoLabelOptions): Promise<PseudoLabelSummary> {
  const { folder, manifest } = options
  const { resumed } = openRunFolder(folder, manifest)
  const lock = await lockFolder(join(folder, runFiles.lock))
  try {
    return await runLocked(options, resumed)
  } finally {
    lock.release()
  }
}

async function runLocked(options: PseudoLabelOptions, resumed: boolean): Promise<PseudoLabelSummary> {
  const { folder, targets, meter, stop, offline } = options
  const log = await CallLog.open(join(folder, runFiles.calls), (record) => {
    if (record.kind !== 'reply') return
    const target = targets.get(record.role)
    const cost = (target?.id === record.endpoint ? target.cost(record.usage) : 0) ?? 0
    target?.pay(cost)
    meter.addUsage(record.role, record.usage, cost)
  })
  options.onOpen?.({ resumed, replies: log.size })
  const door = new CallDoor({ log, targets, stop, meter, offline })
  for (const name of [pseudoLabelFiles.pairs, pseudoLabelFiles.levels]) removeDrafts(join(folder, name))
  const pairs = new LineFile(join(folder, pseudoLabelFiles.pairs))
  const levels = new LineFile(join(folder, pseudoLabelFiles.levels))
  try {
    const summary = await labelAll(options, (request) => door.call(pseudoLabelName, request), { pairs, levels })
    await levels.finish()
    await pairs.finish()
    writeAtomically(join(folder, pseudoLabelFiles.noise), `${JSON.stringify(summary.noise, null, 2)}\n`)
    return summary
  } catch (error) {
    await levels.abandon()
    await pairs.abandon()
    throw stop.error ?? error
  } finally {
    await log.close()
  }
}

async function labelAll(
  { seeds: given, settings, tools, concurrency, meter }: PseudoLabelOptions,
  call: (request: CallRequest) => ReturnType<CallDoor['call']>,
  files: { readonly pairs: LineFile; readonly levels: LineFile },
): Promise<PseudoLabelSummary> {
  const { seeds, repeated } = withoutRepeats(given)
  const progress = meter.of(pseudoLabelName)
  progress.total = seeds.length
  const failedSeeds: { seed: string; reason: string }[] = []
  let isIncomplete = false
  const responses: Partial<Record<Status, number>> = {}
  const failures = new Map<string, number>()
  const written = { positive: 0, negative: 0 }
  const leftOut = { kind: 0, contradicted: 0 }
  const noise = new NoiseCounter()
  const counter = new LevelCounter()
  await orderedWindow(
    source(seeds),
    // One seed keeps several requests under way.
    Math.max(8, concurrency),
    async (seed) => {
      const labelled = await labelSeed(seed, settings, call)
      progress.done += 1
      return { seed, labelled }
    },
    async ({ seed, labelled }) => {
      if (labelled.kind === 'failed') {
        failedSeeds.push({ seed: seed.id, reason: labelled.reason })
        isIncomplete ||= !labelled.isFinal
        return
      }
      for (const level of labelled.levels) {
        responses[level.status] = (responses[level.status] ?? 0) + 1
        if (level.failure !== null) failures.set(level.failure, (failures.get(level.failure) ?? 0) + 1)
        counter.add(level)
        await files.levels.write(level)
      }
      const { pairs, dropped } = pairsOf(labelled.levels, tools)
      for (const { reason } of dropped) noise.drop(reason)
      for (const pair of pairs) {
        noise.add(pair)
        const reason = reasonToLeaveOut(pair, settings)
        if (reason) leftOut[reason] += 1
        else {
          written[pair.label === 1 ? 'positive' : 'negative'] += 1
          await files.pairs.write(pair)
        }
      }
    },
  )
  return {
    seeds: given.length,
    repeatedSeeds: repeated,
    failedSeeds,
    levels: counter.counts(),
    responses,
    failures: [...failures].map(([reason, count]) => ({ reason, count })).sort((one, other) => other.count - one.count),
    written,
    leftOut,
    noise: noise.report(),
    complete: !isIncomplete && (responses['provider-error'] ?? 0) === 0,
  }
}

function reasonToLeaveOut(
  { kind, label, satisfied }: PseudoPair,
  { include, dropsContradicted }: PseudoLabelSettings,
): 'kind' | 'contradicted' | null {
  if (include !== 'all' && include !== kind) return 'kind'
  return dropsContradicted && satisfied !== null && satisfied !== (label === 1) ? 'contradicted' : null
}

async function* source<T>(values: readonly T[]): AsyncGenerator<T> {
  yield* values
}
