import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { CallRecord } from '../../runners/call-record.ts'
import { readRecords } from '../../runners/read-records.ts'
import type { FinishedRun } from '../../runners/read-run.ts'
import { runFiles } from '../../runners/run-folder.ts'
import { quantile } from '../../stats/quantile.ts'

/** Calls of one role for one benchmark of one run. */
export interface CallSummary {
  readonly run: string
  readonly benchmark: string
  readonly role: string
  readonly replies: number
  readonly failures: number
  /** Replies without a token count. */
  readonly unknown: number
  readonly inputTokens: number
  readonly outputTokens: number
  /** Part of the output tokens, where the provider says so. */
  readonly reasoningTokens: number
  /** Tokens of a reply: median and 95th percentile; null where none were counted. */
  readonly outputMedian: number | null
  readonly outputHigh: number | null
  /** Seconds from request to reply: median and 95th percentile. */
  readonly secondsMedian: number | null
  readonly secondsHigh: number | null
}

interface Tally {
  replies: number
  failures: number
  unknown: number
  inputTokens: number
  outputTokens: number
  reasoningTokens: number
  readonly outputs: number[]
  readonly seconds: number[]
}

/** Sums up the call log of a run, streamed once, per benchmark and role. */
export async function summariseCalls({ name, folder, scores }: FinishedRun): Promise<readonly CallSummary[]> {
  const file = join(folder, runFiles.calls)
  if (!existsSync(file)) return []
  const shown = new Set(scores.benchmarks.map(({ benchmark }) => benchmark))
  const tallies = new Map<string, Tally>()
  for await (const record of readRecords<CallRecord>(file)) {
    if (!shown.has(record.benchmark)) continue
    const key = `${record.benchmark}\u0000${record.role}`
    const tally = tallies.get(key) ?? emptyTally()
    tallies.set(key, tally)
    add(tally, record)
  }
  return [...tallies].map(([key, { outputs, seconds, ...sums }]) => {
    const [benchmark, role] = key.split('\u0000') as [string, string]
    return {
      run: name,
      benchmark,
      role,
      ...sums,
      outputMedian: quantile(outputs, 0.5),
      outputHigh: quantile(outputs, 0.95),
      secondsMedian: quantile(seconds, 0.5),
      secondsHigh: quantile(seconds, 0.95),
    }
  })
}

function emptyTally(): Tally {
  return {
    replies: 0,
    failures: 0,
    unknown: 0,
    inputTokens: 0,
    outputTokens: 0,
    reasoningTokens: 0,
    outputs: [],
    seconds: [],
  }
}

function add(tally: Tally, record: CallRecord): void {
  if (record.kind === 'failure') {
    tally.failures += 1
    return
  }
  tally.replies += 1
  if (record.ms !== null) tally.seconds.push(record.ms / 1000)
  const { usage } = record
  if (usage?.outputTokens == null) tally.unknown += 1
  else tally.outputs.push(usage.outputTokens)
  tally.inputTokens += usage?.inputTokens ?? 0
  tally.outputTokens += usage?.outputTokens ?? 0
  tally.reasoningTokens += usage?.reasoningTokens ?? 0
}
