import { join } from 'node:path'
import type { Protocol } from '../../core/verdict.ts'
import { readRecords } from '../../runners/read-records.ts'
import type { FinishedRun } from '../../runners/read-run.ts'
import { runFiles } from '../../runners/run-folder.ts'
import type { VerdictRecord } from '../../runners/verdict-file.ts'

/** One verdict of a scoring: who made it and what it says. */
export interface ScoredPlace {
  readonly item: string
  readonly constraint: string
  readonly scorer: string
  readonly value: number | null
}

/** Verdicts of one protocol by benchmark, then by place (item, sample, constraint, mode). */
export type ScoringValues = ReadonlyMap<string, ReadonlyMap<string, ScoredPlace>>

/** Reads the verdicts of one scoring. */
export async function readValues(run: FinishedRun, protocol: Protocol): Promise<ScoringValues> {
  const shown = new Set(run.scores.benchmarks.map(({ benchmark }) => benchmark))
  const found = new Map<string, Map<string, ScoredPlace>>()
  for await (const record of readRecords<VerdictRecord>(join(run.scoringFolder, runFiles.verdicts))) {
    const { benchmark, item, sample, constraint, mode = '', scorer, value } = record
    if (record.protocol !== protocol || !shown.has(benchmark)) continue
    const places = found.get(benchmark) ?? new Map<string, ScoredPlace>()
    found.set(benchmark, places)
    places.set(JSON.stringify([item, sample, constraint, mode]), { item, constraint, scorer, value })
  }
  return found
}
