import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { askRow, type CalibrationSettings, type RowVerdict } from '../checkers/judge-calibration/ask-row.ts'
import type { Calibration } from '../checkers/judge-calibration/calibration.types.ts'
import { calibrationFigures } from '../checkers/judge-calibration/figures.ts'
import type { LabelledRow } from '../checkers/judge-calibration/labelled-set.ts'
import { questionHash } from '../checkers/judge-calibration/question.ts'
import type { CallRequest, Reply } from '../core/call.ts'
import type { BoundEndpoint } from './bind-endpoint.ts'
import { CallDoor } from './call-door.ts'
import { addUsage, CallLog } from './call-log.ts'
import { lockFolder } from './lock-file.ts'
import { orderedWindow } from './ordered-window.ts'
import { runFiles, writeAtomically } from './run-folder.ts'
import type { RunMeter } from './run-meter.ts'
import type { StopSwitch } from './stop.ts'

/** Name under which calibrations appear in call logs and progress. */
export const calibrationName = 'calibration'

/** Everything a calibration needs, resolved and checked. */
export interface CalibrateOptions {
  readonly rows: readonly LabelledRow[]
  readonly set: Calibration['set']
  readonly judge: BoundEndpoint
  readonly settings: CalibrationSettings
  /** Folder of the call log; the same folder resumes. */
  readonly folder: string
  /** Where the calibration is stored. */
  readonly file: string
  readonly offline: boolean
  readonly meter: RunMeter
  readonly stop: StopSwitch
  readonly warn: (message: string) => void
}

/** True when the judge replied at all: only then does a calibration say something about it. */
export function hasReplies({ unreadableReplies }: Calibration): boolean {
  return unreadableReplies.n > 0
}

/**
 * Runs a judge over a labelled set and stores its calibration, unless there was no reply at all: an endpoint that was
 * down must not replace what is known of the judge. Calls go through a call log of their own, so that the same command
 * resumes.
 * @throws RunStopped when it stopped early; UsageError `locked`
 */
export async function calibrateJudge(options: CalibrateOptions): Promise<Calibration> {
  const { folder, file } = options
  mkdirSync(folder, { recursive: true })
  mkdirSync(dirname(file), { recursive: true })
  const lock = await lockFolder(join(folder, runFiles.lock))
  try {
    const calibration = await calibrate(options)
    if (hasReplies(calibration)) writeAtomically(file, `${JSON.stringify(calibration, null, 2)}\n`)
    return calibration
  } finally {
    lock.release()
  }
}

async function calibrate(options: CalibrateOptions): Promise<Calibration> {
  const { rows, judge, settings, folder, offline, meter, stop, warn } = options
  const { target } = judge
  const log = await CallLog.open(join(folder, runFiles.calls), (record) => {
    if (record.kind === 'reply' && record.endpoint === target.id) target.pay(target.cost(record.usage) ?? 0)
  })
  try {
    const door = new CallDoor({ log, targets: new Map([['judge', target]]), stop, meter, offline })
    const seen = new SeenReplies()
    const context = {
      endpoint: () => target.name,
      warn,
      call: async (request: CallRequest) => seen.note(await door.call(calibrationName, request)),
    }
    const progress = meter.of(calibrationName)
    progress.total = rows.length * settings.repeats
    const verdicts: RowVerdict[] = []
    await orderedWindow(
      questions(rows, settings.repeats),
      Math.max(64, judge.concurrency * 4),
      async ({ row, repeat }) => {
        const verdict = await askRow(context, row, repeat, settings)
        progress.done += 1
        return verdict
      },
      (verdict) => {
        verdicts.push(verdict)
      },
    )
    return toCalibration(options, verdicts, seen)
  } catch (error) {
    // An endpoint that cannot be used at all says why; that it stopped the run is only the consequence.
    throw stop.error ?? error
  } finally {
    await log.close()
  }
}

/** All rows once, then all of them again: a run that is stopped early has seen the whole set first. */
async function* questions(rows: readonly LabelledRow[], repeats: number) {
  for (let repeat = 0; repeat < repeats; repeat++) for (const row of rows) yield { row, repeat }
}

/** What the replies cost, each call counted once, whether it was made now or found in the log. */
class SeenReplies {
  readonly totals = { inputTokens: 0, outputTokens: 0, unknown: 0 }
  readonly models = new Set<string>()
  readonly replies = new Map<string, Reply['usage']>()

  note(reply: Reply): Reply {
    if (reply.failure || this.replies.has(reply.key)) return reply
    this.replies.set(reply.key, reply.usage)
    addUsage(this.totals, reply.usage)
    if (reply.returnedModel) this.models.add(reply.returnedModel)
    return reply
  }
}

function toCalibration(
  { set, judge, settings }: CalibrateOptions,
  verdicts: readonly RowVerdict[],
  { totals, models, replies }: SeenReplies,
): Calibration {
  const costs = [...replies.values()].map((usage) => judge.target.cost(usage))
  const isPriced = judge.price !== null && costs.every((cost) => cost !== null)
  const cost = isPriced ? costs.reduce<number>((sum, each) => sum + each!, 0) : null
  const had = verdicts.filter(({ value }) => value !== null).length
  return {
    format: 1,
    judge: judge.target.id,
    judgeName: judge.target.name,
    returnedModels: [...models].sort(),
    calibratedAt: new Date().toISOString(),
    set,
    settings: { ...settings, template: questionHash },
    ...calibrationFigures(verdicts, settings.repeats),
    usage: {
      calls: replies.size,
      ...totals,
      cost,
      costPerThousand: cost === null || had === 0 ? null : (cost / had) * 1000,
    },
  }
}
