import { printable } from '../core/printable.ts'
import type { Protocol } from '../core/verdict.ts'
import { hasDecision } from '../report/describe-scorers.ts'
import { formatDifference } from '../report/format-difference.ts'
import { formatValue, unitOf } from '../report/format-value.ts'
import { executeRun } from '../runners/execute-run.ts'
import { assertPriced, type PreparedRun } from '../runners/prepare-run.ts'
import type { RunMeter } from '../runners/run-meter.ts'
import type { RunSpec } from '../runners/run-spec.ts'
import { type BenchmarkScores, failuresOf, hasFailedCalls, type Scores } from '../runners/scores.ts'
import { RunStopped } from '../runners/stop.ts'
import { exitCodes } from './exit-codes.ts'
import { onInterrupt } from './interrupt.ts'
import { say } from './output.ts'
import { type Progress, type QueueFigures, startProgress } from './progress.ts'

/** How a run ended. `scores` is null when it stopped early. */
export interface RunOutcome {
  readonly name: string
  readonly folder: string
  /** Name of the further scoring that was made. @default the run's own */
  readonly scoring?: string | null
  readonly scores: Scores | null
  readonly exitCode: number
}

/** Executes a prepared run with progress and interrupts, and says on stderr how it ended. */
export async function startRun(
  prepared: PreparedRun,
  spec: Pick<RunSpec, 'maxCost'>,
  isQuiet: boolean,
): Promise<RunOutcome> {
  assertPriced(spec, prepared.endpoints)
  const { options, name } = prepared
  const { folder, scoring, stop, meter, offline } = options
  if (!offline) await reachAll(prepared)
  let progress: Progress | null = null
  const interrupts = onInterrupt(stop, (text) => (progress ? progress.say(text) : say(text)))
  try {
    const scores = await executeRun({
      ...options,
      onOpen: (facts) => {
        if (!isQuiet) say(opening(name, folder, facts))
        else if (facts.cutBytes > 0)
          say(`cut ${facts.cutBytes} bytes of a torn last line from the call log of ${folder}`)
        if (!isQuiet) progress = startProgress(meter, () => sumQueues(prepared))
      },
    })
    progress = stopProgress(progress)
    sayEnding(scores, meter, isQuiet)
    const exitCode = endingCode(scores)
    if (exitCode === exitCodes.usage) say(`${name}: the endpoint gave no answer to any item. Nothing was measured.`)
    return { name, folder, scoring, scores, exitCode }
  } catch (error) {
    progress = stopProgress(progress)
    if (!(error instanceof RunStopped)) throw error
    say(stopped(prepared, error))
    return { name, folder, scoring, scores: null, exitCode: exitCodes.stopped }
  } finally {
    interrupts.release()
    await prepared.close()
  }
}

/** A run in which no response could be used is a wrong endpoint, not a weak model. */
export function endingCode(scores: Scores): number {
  const answered = scores.benchmarks.some(({ responses }) => (responses.ok ?? 0) + (responses.truncated ?? 0) > 0)
  if (!answered) return exitCodes.usage
  return scores.benchmarks.some(hasFailedCalls) ? exitCodes.incomplete : exitCodes.ok
}

async function reachAll({ endpoints, options }: PreparedRun): Promise<void> {
  for (const endpoint of endpoints) await endpoint.probe(options.stop.signal)
}

function opening(
  name: string,
  folder: string,
  { resumed, replies, cutBytes }: { resumed: boolean; replies: number; cutBytes: number },
): string {
  const torn = cutBytes > 0 ? `, cut ${cutBytes} bytes of a torn last line` : ''
  return printable(
    resumed ? `${name}: resuming ${folder} with ${replies} calls in the log${torn}` : `${name}: ${folder}`,
  )
}

/** What a run that stopped early has, and how it goes on. */
export function stopped({ options, name }: PreparedRun, { reason }: RunStopped): string {
  const { meter, folder } = options
  const done = meter.progress.map(({ benchmark, done, total }) => `${benchmark} ${done}/${total}`).join(', ')
  const why = reason === 'cost-limit' ? 'the next call could pass --max-cost' : 'interrupted'
  return printable(
    `${name}: stopped (${why}) at ${done}. Every paid call is in ${folder}; run the same command again to resume.`,
  )
}

/** Says on stderr what a person should know of a finished run. */
export function sayEnding(scores: Scores, meter: RunMeter, isQuiet: boolean): void {
  for (const [kind, { count, lastMessage }] of meter.failures) {
    const calls = count === 1 ? '1 failed call' : `${count} failed calls`
    say(printable(`${calls} (${kind}), the last one: ${lastMessage}`))
  }
  for (const entry of scores.benchmarks) {
    for (const [warning, count] of Object.entries(entry.warnings))
      say(printable(`${entry.benchmark}: ${warning} (${count}x)`))
    if (!entry.complete) say(incomplete(entry))
  }
  if (isQuiet) return
  for (const line of scores.benchmarks.flatMap(describeCascade)) say(printable(line))
  const cost = Object.values(scores.usage).reduce((sum, usage) => sum + usage.cost, 0)
  const tokens = Object.entries(scores.usage)
    .filter(([, { inputTokens, outputTokens }]) => inputTokens + outputTokens > 0)
    .map(
      ([role, { calls, inputTokens, outputTokens }]) =>
        `${role} ${calls} calls, ${inputTokens} + ${outputTokens} tokens`,
    )
  if (tokens.length > 0) say(`${tokens.join('; ')}${cost > 0 ? `; $${cost.toFixed(4)}` : ''}`)
}

function incomplete(entry: BenchmarkScores): string {
  const list = failuresOf(entry).map(
    ({ status, unit, count }) => `${count} ${count === 1 ? unit.slice(0, -1) : unit} ${status}`,
  )
  const advice = hasFailedCalls(entry)
    ? 'INCOMPLETE, run the same command again to retry the failed calls'
    : 'not measured, counted as the protocol says'
  return `${entry.benchmark}: ${list.join(', ')} (${advice})`
}

/** How a cascade went, in words; nothing for other policies. */
function describeCascade({ benchmark, cascade }: BenchmarkScores): string[] {
  if (!cascade) return []
  const { byModel, byBoth, agreeing, audited, auditedAgreeing } = cascade
  const share = (part: number, whole: number) =>
    whole === 0 ? 'none' : `${part} of ${whole} (${((100 * part) / whole).toFixed(1)} %)`
  return [
    `${benchmark}: cascade saved the judge ${share(byModel, byModel + byBoth)} decisions; ` +
      `agreement where the reward model was sure and the judge decided too: ${share(auditedAgreeing, audited)}; ` +
      `where it was not sure: ${share(agreeing - auditedAgreeing, byBoth - audited)}`,
  ]
}

/**
 * Difference between the two protocols of a benchmark's headline, in the unit of the table, for people.
 * @returns lines such as `ifeval Pr.(L) (%): official 79.7, fixed 80.4 (+0.7)`
 */
export function protocolDifferences(
  scores: Scores,
  headline: (benchmark: string) => { metric: string; label: string } | null,
): string[] {
  return scores.benchmarks.flatMap((entry) => {
    const { benchmark, metrics } = entry
    const head = headline(benchmark)
    const value = (protocol: Protocol) => {
      if (!hasDecision(entry, protocol)) return null
      const metric = metrics[protocol]?.find(({ id, group }) => id === head?.metric && group === undefined)
      return metric && metric.value !== null ? { value: metric.value, scale: metric.scale } : null
    }
    const official = value('official')
    const fixed = value('fixed')
    if (!head || !official || !fixed) return []
    const { scale } = official
    const unit = unitOf(scale)
    const difference = formatDifference(fixed.value - official.value, scale)
    return [
      `${benchmark} ${head.label}${unit ? ` (${unit})` : ''}: official ${formatValue(official.value, scale)}, fixed ${formatValue(fixed.value, scale)} (${difference})`,
    ]
  })
}

function sumQueues({ endpoints }: PreparedRun): QueueFigures {
  return endpoints
    .map((endpoint) => endpoint.figures())
    .reduce(
      (sum, { inFlight, concurrency, retries }) => ({
        inFlight: sum.inFlight + inFlight,
        concurrency: sum.concurrency + concurrency,
        retries: sum.retries + retries,
      }),
      { inFlight: 0, concurrency: 0, retries: 0 },
    )
}

function stopProgress(progress: Progress | null): null {
  progress?.stop()
  return null
}
