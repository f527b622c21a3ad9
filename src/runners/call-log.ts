import type { Usage } from '../core/call.ts'
import { DataError } from '../core/errors.ts'
import { readLines } from '../core/jsonl.ts'
import { AppendLog, type RecordPosition } from './append-log.ts'
import type { CallRecord, FailureRecord, ReplyRecord } from './call-record.ts'

/** Called for every record found when a log is opened, in file order. */
export type RecordVisitor = (record: CallRecord) => void

/**
 * The append-only log of all calls of a run. In memory it keeps the position of every reply, not the reply, so that a
 * long run and its resumption cost a few dozen bytes per call.
 */
export class CallLog {
  readonly #log: AppendLog
  readonly #positions = new Map<string, RecordPosition>()
  readonly #failures = new Map<string, RecordPosition>()

  private constructor(log: AppendLog) {
    this.#log = log
  }

  /**
   * Opens or creates the log, cuts a torn tail and indexes what is there.
   * @throws DataError `broken-line` when a line in the middle is not JSON
   */
  static async open(file: string, visit: RecordVisitor = () => undefined): Promise<CallLog> {
    const callLog = new CallLog(await AppendLog.open(file))
    let offset = 0
    for await (const { text, line } of readLines(file)) {
      const length = Buffer.byteLength(text, 'utf8')
      const record = parseRecord(text, file, line)
      visit(record)
      const index = record.kind === 'reply' ? callLog.#positions : callLog.#failures
      index.set(shortKey(record.key), { offset, length })
      offset += length + 1
    }
    return callLog
  }

  /** Bytes of a torn last line that were cut on opening. */
  get cutBytes(): number {
    return this.#log.cutBytes
  }

  /** Number of replies in the log. */
  get size(): number {
    return this.#positions.size
  }

  has(key: string): boolean {
    return this.#positions.has(shortKey(key))
  }

  async get(key: string): Promise<ReplyRecord | null> {
    const position = this.#positions.get(shortKey(key))
    return position ? ((await this.#log.read(position)) as ReplyRecord) : null
  }

  /** Appends a reply; resolves when it is on disk. */
  async add(record: ReplyRecord): Promise<void> {
    this.#positions.set(shortKey(record.key), await this.#log.append(record))
  }

  /** The last failure of a call that has no reply; null for a call that was never made. */
  async failure(key: string): Promise<FailureRecord | null> {
    const position = this.#failures.get(shortKey(key))
    return position ? ((await this.#log.read(position)) as FailureRecord) : null
  }

  async addFailure(record: FailureRecord): Promise<void> {
    this.#failures.set(shortKey(record.key), await this.#log.append(record))
  }

  close(): Promise<void> {
    return this.#log.close()
  }
}

/** 96 bits of the key, as few bytes as a string can be: collisions are out of reach for any number of calls. */
function shortKey(key: string): string {
  return Buffer.from(key.slice(0, 24), 'hex').toString('latin1')
}

function parseRecord(text: string, file: string, line: number): CallRecord {
  try {
    const record = JSON.parse(text) as CallRecord
    if (record.v !== 1) throw new Error(`record version ${String(record.v)}`)
    return record
  } catch (cause) {
    throw new DataError('broken-line', `Expected a call record, got ${JSON.stringify(text.slice(0, 60))}`, {
      location: { file, line },
      hint: 'The call log was changed by something else. Move the broken line out of the file; its call is made again.',
      cause,
    })
  }
}

/** Sum of tokens over records; null counts as 0 and is told apart by `unknown`. */
export interface UsageTotals {
  inputTokens: number
  outputTokens: number
  /** Replies without a token count. */
  unknown: number
}

/** Adds one reply's usage to running totals. */
export function addUsage(totals: UsageTotals, usage: Usage | null): void {
  if (!usage || usage.inputTokens === null || usage.outputTokens === null) totals.unknown += 1
  totals.inputTokens += usage?.inputTokens ?? 0
  totals.outputTokens += usage?.outputTokens ?? 0
}
