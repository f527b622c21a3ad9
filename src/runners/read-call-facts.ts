import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Status } from '../core/status.ts'
import type { CallRecord } from './call-record.ts'
import { readRecords } from './read-records.ts'
import type { FinishedRun } from './read-run.ts'
import { runFiles } from './run-folder.ts'

/** A response that did not end as `ok`. */
export interface LostResponse {
  readonly item: string
  readonly sample: number
  readonly status: Status
}

/** What the call log says of a run beside the texts. */
export interface CallFacts {
  /** How a response ended; `provider-error` where no reply was had. */
  status(benchmark: string, item: string, sample: number): Status
  /** Responses that did not end as `ok`, in the order of the log. */
  lost(benchmark: string): readonly LostResponse[]
  /** Model ids that judges and extractors said they were, per benchmark, sorted. */
  returnedJudges(benchmark: string): readonly string[]
}

/** Streams the call log once and keeps a status per response. */
export async function readCallFacts({ folder, scoring }: FinishedRun): Promise<CallFacts> {
  const statuses = new Map<string, Status>()
  const judges = new Map<string, Set<string>>()
  const file = join(folder, runFiles.calls)
  if (existsSync(file)) {
    for await (const record of readRecords<CallRecord>(file)) {
      if (record.kind !== 'reply') continue
      if (record.role === 'model') {
        statuses.set(responseKey(record.benchmark, record.item ?? '', record.sample), record.status)
      } else if (record.returnedModel && (record.endpoint === scoring.judge || record.endpoint === scoring.extractor)) {
        const seen = judges.get(record.benchmark) ?? new Set()
        judges.set(record.benchmark, seen.add(`${record.role} ${record.returnedModel}`))
      }
    }
  }
  return {
    status: (benchmark, item, sample) => statuses.get(responseKey(benchmark, item, sample)) ?? 'provider-error',
    lost: (benchmark) => lostOf(statuses, benchmark),
    returnedJudges: (benchmark) => [...(judges.get(benchmark) ?? [])].sort(),
  }
}

function lostOf(statuses: ReadonlyMap<string, Status>, benchmark: string): LostResponse[] {
  return [...statuses].flatMap(([key, status]) => {
    if (status === 'ok' || !key.startsWith(`${benchmark}\u0000`)) return []
    const [, sample, item] = key.split('\u0000') as [string, string, string]
    return [{ item, sample: Number(sample), status }]
  })
}

function responseKey(benchmark: string, item: string, sample: number): string {
  return `${benchmark}\u0000${sample}\u0000${item}`
}
