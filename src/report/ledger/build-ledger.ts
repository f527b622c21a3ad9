import { join } from 'node:path'
import { loadBenchmark } from '../../benchmarks/registry.ts'
import type { Metric } from '../../core/metric.ts'
import type { Status } from '../../core/status.ts'
import type { Protocol } from '../../core/verdict.ts'
import { readCallFacts } from '../../runners/read-call-facts.ts'
import { readRecords } from '../../runners/read-records.ts'
import type { FinishedRun } from '../../runners/read-run.ts'
import { runFiles } from '../../runners/run-folder.ts'
import type { BenchmarkScores } from '../../runners/scores.ts'
import type { VerdictRecord } from '../../runners/verdict-file.ts'

/** One response or verdict that did not end as `ok`. */
export interface LedgerEntry {
  readonly run: string
  readonly benchmark: string
  readonly kind: 'response' | 'verdict'
  readonly item: string
  readonly sample: number
  readonly constraint: string | null
  readonly status: Status
  readonly reason: string | null
}

/** What was left out of, or lost in, one benchmark of one run. */
export interface LedgerSummary {
  readonly run: string
  readonly benchmark: string
  readonly isSample: boolean
  readonly protocol: Protocol
  readonly items: number
  readonly samples: number
  readonly limit: number | null
  readonly labels: readonly string[]
  readonly responses: BenchmarkScores['responses']
  readonly verdicts: Readonly<Partial<Record<Status, number>>>
  /** Reasons of verdicts that did not end as `ok`, the most frequent first. */
  readonly reasons: readonly { readonly status: Status; readonly reason: string; readonly count: number }[]
  readonly complete: boolean
  readonly rewardModelPairs?: Exclude<BenchmarkScores['rewardModelPairs'], undefined>
  readonly warnings: BenchmarkScores['warnings']
  readonly label: string
  readonly scale: Metric['scale']
  readonly value: number | null
  readonly missing: number
  /** Headline if everything missing had failed, and if it had passed; null when nothing is missing. */
  readonly bounds: Metric['bounds']
}

export interface Ledger {
  readonly protocol: Protocol
  readonly summaries: readonly LedgerSummary[]
  readonly entries: readonly LedgerEntry[]
}

/** Everything that was not measured in some runs, one entry each, from the call logs and the verdicts. */
export async function buildLedger(runs: readonly FinishedRun[], protocol: Protocol): Promise<Ledger> {
  const entries: LedgerEntry[] = []
  const summaries: LedgerSummary[] = []
  for (const run of runs) {
    const own = [...(await lostResponses(run)), ...(await lostVerdicts(run, protocol))]
    entries.push(...own)
    for (const scores of run.scores.benchmarks) summaries.push(await summarise(run, scores, protocol, own))
  }
  return { protocol, summaries, entries }
}

async function lostResponses(run: FinishedRun): Promise<LedgerEntry[]> {
  const facts = await readCallFacts(run)
  return run.scores.benchmarks.flatMap(({ benchmark }) =>
    facts.lost(benchmark).map(({ item, sample, status }) => ({
      run: run.name,
      benchmark,
      kind: 'response' as const,
      item,
      sample,
      constraint: null,
      status,
      reason: null,
    })),
  )
}

async function lostVerdicts(run: FinishedRun, protocol: Protocol): Promise<LedgerEntry[]> {
  const shown = new Set(run.scores.benchmarks.map(({ benchmark }) => benchmark))
  const entries: LedgerEntry[] = []
  for await (const verdict of readRecords<VerdictRecord>(join(run.scoringFolder, runFiles.verdicts))) {
    const { benchmark, item, sample, constraint, status, reason = null } = verdict
    if (verdict.protocol !== protocol || status === 'ok' || !shown.has(benchmark)) continue
    entries.push({ run: run.name, benchmark, kind: 'verdict', item, sample, constraint, status, reason })
  }
  return entries
}

async function summarise(
  run: FinishedRun,
  scores: BenchmarkScores,
  protocol: Protocol,
  entries: readonly LedgerEntry[],
): Promise<LedgerSummary> {
  const { columns } = await loadBenchmark(scores.benchmark)
  const column = columns.find(({ primary }) => primary) ?? columns[0]!
  const metric = scores.metrics[protocol]?.find(({ id, group }) => id === column.metric && group === undefined)
  const head = run.manifest.identity.benchmarks.find(({ id }) => id === scores.benchmark)
  const { benchmark, isSample, items, samples, labels, responses, complete, warnings, rewardModelPairs } = scores
  return {
    run: run.name,
    benchmark,
    isSample,
    protocol,
    items,
    samples,
    limit: head?.limit ?? null,
    labels,
    responses,
    verdicts: scores.verdicts[protocol] ?? {},
    reasons: reasonsOf(entries.filter((entry) => entry.benchmark === benchmark && entry.kind === 'verdict')),
    complete,
    ...(rewardModelPairs ? { rewardModelPairs } : {}),
    warnings,
    label: column.label,
    scale: metric?.scale ?? 'fraction',
    value: metric?.value ?? null,
    missing: metric?.missing ?? 0,
    bounds: metric?.bounds ?? null,
  }
}

function reasonsOf(entries: readonly LedgerEntry[]): LedgerSummary['reasons'] {
  const counts = new Map<string, { status: Status; reason: string; count: number }>()
  for (const { status, reason } of entries) {
    const key = `${status}\u0000${reason ?? ''}`
    const known = counts.get(key)
    if (known) known.count += 1
    else counts.set(key, { status, reason: reason ?? 'no reason given', count: 1 })
  }
  return [...counts.values()].sort((one, other) => other.count - one.count)
}
