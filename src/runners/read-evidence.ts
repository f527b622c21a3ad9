import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Message } from '../core/message.ts'
import type { Status } from '../core/status.ts'
import type { Protocol } from '../core/verdict.ts'
import type { CallRecord, ReplyRecord } from './call-record.ts'
import { readRecords } from './read-records.ts'
import type { FinishedRun } from './read-run.ts'
import { runFiles } from './run-folder.ts'
import type { VerdictRecord } from './verdict-file.ts'

/** What a run has on one item: what was asked, what came back, and why it was judged as it was. */
export interface ItemEvidence {
  readonly prompt: readonly Message[]
  readonly responses: readonly { readonly sample: number; readonly status: Status; readonly text: string | null }[]
  readonly verdicts: readonly VerdictRecord[]
  /** Replies of judges and extractors by call key. */
  readonly replies: ReadonlyMap<string, string>
}

type DraftEvidence = {
  prompt: readonly Message[]
  responses: { sample: number; status: Status; text: string | null }[]
  verdicts: VerdictRecord[]
  replies: Map<string, string>
}

/** Reads the evidence of some items from the verdicts and the call log, both streamed once. */
export async function readEvidence(
  run: FinishedRun,
  benchmark: string,
  protocol: Protocol,
  items: Iterable<string>,
): Promise<ReadonlyMap<string, ItemEvidence>> {
  const found = new Map<string, DraftEvidence>()
  for (const item of items) found.set(item, { prompt: [], responses: [], verdicts: [], replies: new Map() })
  const owners = new Map<string, DraftEvidence[]>()
  const start = `{"benchmark":${JSON.stringify(benchmark)},`
  const verdicts = readRecords<VerdictRecord>(join(run.scoringFolder, runFiles.verdicts), (line) =>
    line.startsWith(start),
  )
  for await (const verdict of verdicts) {
    const evidence = verdict.protocol === protocol ? found.get(verdict.item) : undefined
    evidence?.verdicts.push(verdict)
    for (const key of evidence ? (verdict.calls ?? []) : []) owners.set(key, [...(owners.get(key) ?? []), evidence!])
  }
  const calls = join(run.folder, runFiles.calls)
  if (!existsSync(calls)) return found
  for await (const record of readRecords<CallRecord>(calls)) {
    if (record.kind !== 'reply' || record.benchmark !== benchmark) continue
    if (record.role === 'model') addResponse(found.get(record.item ?? ''), record)
    else for (const evidence of owners.get(record.key) ?? []) evidence.replies.set(record.key, record.text ?? '')
  }
  return found
}

function addResponse(evidence: DraftEvidence | undefined, { messages, sample, status, text }: ReplyRecord): void {
  if (!evidence) return
  evidence.prompt = messages ?? evidence.prompt
  evidence.responses.push({ sample, status, text })
}
