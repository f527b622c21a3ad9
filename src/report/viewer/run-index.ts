import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Status, statuses } from '../../core/status.ts'
import { type Protocol, protocols } from '../../core/verdict.ts'
import type { FinishedRun } from '../../runners/read-run.ts'
import { runFiles } from '../../runners/run-folder.ts'
import { GrowingColumn } from './_growing-column.ts'
import { type Hash, HashIndex, hashText } from './_hash-index.ts'
import { Catalogue } from './catalogue.ts'
import { scanFields } from './scan-fields.ts'
import { type LineVisitor, type ScanOptions, scanLines } from './scan-lines.ts'

/** A record's place in its file. */
export interface Span {
  readonly offset: number
  readonly length: number
}

/** Verdicts of one row under one protocol. */
export interface Outcome {
  readonly passed: number
  readonly failed: number
  readonly unmeasured: number
  /** Bits of the constraints that failed: see {@link Catalogue.bitOf}. */
  readonly failedMask: number
}

/** How far the index is, in bytes. */
export interface IndexProgress {
  readonly done: number
  readonly total: number
  readonly isComplete: boolean
  /** Lines that were too long or could not be read. */
  readonly skipped: number
  readonly rows: number
}

const callFields = ['kind', 'key', 'role', 'benchmark', 'item', 'sample', 'status'] as const
const verdictFields = ['benchmark', 'item', 'sample', 'protocol', 'status', 'value', 'constraint'] as const

/**
 * Where everything of one run stands: a row per response (benchmark, item, sample) and an entry per call, in typed arrays.
 * It is built in the background; what is indexed already can be asked for at any time.
 */
export class RunIndex {
  readonly run: FinishedRun
  readonly callsFile: string
  readonly verdictsFile: string
  readonly benchmarks: string[] = []
  catalogue = new Catalogue()
  readonly #rows = new HashIndex()
  readonly #calls = new HashIndex()
  readonly #callOffset = new GrowingColumn('f64')
  readonly #callLength = new GrowingColumn('u32')
  readonly #benchmark = new GrowingColumn('u8')
  readonly #item = new GrowingColumn('u32')
  /** Call of the response, + 1. */
  readonly #response = new GrowingColumn('u32')
  /** Status of the response, + 1. */
  readonly #status = new GrowingColumn('u8')
  readonly #verdictOffset = new GrowingColumn('f64')
  readonly #verdictLength = new GrowingColumn('u32')
  /** Further blocks of verdicts, where a row's verdicts do not all stand together. */
  readonly #furtherVerdicts = new Map<number, Span[]>()
  readonly #outcomes = new Map(protocols.map((protocol) => [protocol, new OutcomeColumns()]))
  readonly #failingBelow: ReadonlyMap<string, number>
  readonly #progress = { calls: 0, verdicts: 0, total: 0, skipped: 0, isComplete: false }

  constructor(run: FinishedRun) {
    this.run = run
    this.callsFile = join(run.folder, runFiles.calls)
    this.verdictsFile = join(run.scoringFolder, runFiles.verdicts)
    this.#failingBelow = new Map(
      run.scores.benchmarks.map(({ benchmark, metrics }) => {
        const scale = metrics.official?.[0]?.scale ?? metrics.fixed?.[0]?.scale
        return [benchmark, scale === 'score-10' ? 5 : 1]
      }),
    )
    for (const file of [this.callsFile, this.verdictsFile]) {
      if (existsSync(file)) this.#progress.total += statSync(file).size
    }
  }

  get size(): number {
    return this.#rows.size
  }

  get progress(): IndexProgress {
    const { calls, verdicts, total, skipped, isComplete } = this.#progress
    return { done: calls + verdicts, total, isComplete, skipped, rows: this.size }
  }

  /** Reads both files through; the catalogue is waited for by the verdicts alone. */
  async build(catalogue: Promise<Catalogue>, options: Pick<ScanOptions, 'signal' | 'isBusy'> = {}): Promise<void> {
    const calls = this.#scan(this.callsFile, (...line) => this.#addCall(...line), {
      ...options,
      onProgress: (bytes) => {
        this.#progress.calls = bytes
      },
    })
    const verdicts = catalogue.then((loaded) => {
      this.catalogue = loaded
      return this.#scan(this.verdictsFile, (...line) => this.#addVerdict(...line), {
        ...options,
        onProgress: (bytes) => {
          this.#progress.verdicts = bytes
        },
      })
    })
    await Promise.all([calls, verdicts])
    this.#progress.isComplete = true
  }

  /** Row of a response; -1 when it is not indexed. */
  find(hash: Hash): number {
    return this.#rows.find(hash)
  }

  hashAt(row: number): Hash {
    return this.#rows.hashAt(row)
  }

  benchmarkAt(row: number): string {
    return this.benchmarks[this.#benchmark.get(row)]!
  }

  /** Number of the row's item in the catalogue; 0 for none. */
  itemAt(row: number): number {
    return this.#item.get(row)
  }

  /** How the response ended; null while its call is not indexed. */
  statusAt(row: number): Status | null {
    return statuses[this.#status.get(row) - 1] ?? null
  }

  outcomeAt(row: number, protocol: Protocol): Outcome {
    return this.#outcomes.get(protocol)!.at(row)
  }

  /** Record of the response in the call log; null while it is not indexed. */
  responseAt(row: number): Span | null {
    const call = this.#response.get(row) - 1
    return call === -1 ? null : this.#callAt(call)
  }

  /** Record of a call by its key; null for an unknown one. */
  callByKey(key: string): Span | null {
    const call = this.#calls.find(keyHash(key))
    return call === -1 ? null : this.#callAt(call)
  }

  /** Blocks of the row's verdicts. */
  verdictsAt(row: number): readonly Span[] {
    const length = this.#verdictLength.get(row)
    if (length === 0) return []
    return [{ offset: this.#verdictOffset.get(row), length }, ...(this.#furtherVerdicts.get(row) ?? [])]
  }

  #callAt(call: number): Span {
    return { offset: this.#callOffset.get(call), length: this.#callLength.get(call) }
  }

  async #scan(file: string, visit: LineVisitor, options: ScanOptions): Promise<void> {
    if (!existsSync(file)) return
    const jumped = await scanLines(file, visit, options)
    this.#progress.skipped += jumped
  }

  #addCall(bytes: Buffer, from: number, to: number, offset: number): void {
    const [kind, key, role, benchmark, item, sample, status] = scanFields(bytes, from, to, callFields)
    if (typeof key !== 'string' || typeof benchmark !== 'string') {
      this.#progress.skipped += 1
      return
    }
    const known = this.#calls.size
    const call = this.#calls.add(keyHash(key))
    // A failure never hides a reply that the log has of the same call.
    if (kind === 'reply' || call === known) {
      this.#callOffset.set(call, offset)
      this.#callLength.set(call, to - from)
    }
    if (role !== 'model' || typeof item !== 'string') return
    const row = this.#rowOf(benchmark, item, Number(sample ?? 0))
    const ended = kind === 'reply' ? statuses.indexOf(status as Status) + 1 : this.#status.get(row)
    this.#response.set(row, call + 1)
    this.#status.set(row, ended || statuses.indexOf('provider-error') + 1)
  }

  #addVerdict(bytes: Buffer, from: number, to: number, offset: number): void {
    const [benchmark, item, sample, protocol, status, value, constraint] = scanFields(bytes, from, to, verdictFields)
    const columns = this.#outcomes.get(protocol as Protocol)
    if (typeof benchmark !== 'string' || typeof item !== 'string' || !columns) {
      this.#progress.skipped += 1
      return
    }
    const row = this.#rowOf(benchmark, item, Number(sample ?? 0))
    this.#addSpan(row, offset, to - from)
    const isMeasured = status === 'ok' && typeof value === 'number'
    const hasFailed = isMeasured && value < (this.#failingBelow.get(benchmark) ?? 1)
    const bit = hasFailed ? this.catalogue.bitOf(this.#item.get(row), String(constraint)) : 0
    columns.add(row, hasFailed ? 'failed' : isMeasured ? 'passed' : 'unmeasured', bit)
  }

  #addSpan(row: number, offset: number, length: number): void {
    const known = this.#verdictLength.get(row)
    if (known === 0) {
      this.#verdictOffset.set(row, offset)
      this.#verdictLength.set(row, length)
      return
    }
    const first = { offset: this.#verdictOffset.get(row), length: known }
    const blocks = this.#furtherVerdicts.get(row)
    const last = blocks?.at(-1) ?? first
    const isNext = last.offset + last.length + 1 === offset
    const grown = { offset: last.offset, length: last.length + 1 + length }
    if (!isNext) this.#furtherVerdicts.set(row, [...(blocks ?? []), { offset, length }])
    else if (blocks) blocks[blocks.length - 1] = grown
    else this.#verdictLength.set(row, grown.length)
  }

  #rowOf(benchmark: string, item: string, sample: number): number {
    const known = this.#rows.size
    const row = this.#rows.add(rowHash(benchmark, item, sample))
    if (row === known) {
      let number = this.benchmarks.indexOf(benchmark)
      if (number === -1) number = this.benchmarks.push(benchmark) - 1
      this.#benchmark.set(row, number)
    }
    if (this.catalogue.size > 0 && this.#item.get(row) === 0)
      this.#item.set(row, this.catalogue.numberOf(benchmark, item))
    return row
  }
}

/** Key of a response, the same in every run. */
export function rowHash(benchmark: string, item: string, sample: number): Hash {
  return hashText(`${benchmark}\u0000${sample}\u0000${item}`)
}

/** Call keys are sha256 in hexadecimal: their first 64 bits are as good as any hash of them. */
function keyHash(key: string): Hash {
  if (!/^[0-9a-f]{16}/.test(key)) return hashText(key)
  return { low: Number.parseInt(key.slice(0, 8), 16), high: Number.parseInt(key.slice(8, 16), 16) }
}

/** Counts of one protocol by row. */
class OutcomeColumns {
  readonly #counts = {
    passed: new GrowingColumn('u16'),
    failed: new GrowingColumn('u16'),
    unmeasured: new GrowingColumn('u16'),
  }
  readonly #mask = new GrowingColumn('u32')

  add(row: number, kind: 'passed' | 'failed' | 'unmeasured', bit: number): void {
    const column = this.#counts[kind]
    column.set(row, Math.min(0xffff, column.get(row) + 1))
    if (bit !== 0) this.#mask.set(row, (this.#mask.get(row) | bit) >>> 0)
  }

  at(row: number): Outcome {
    const { passed, failed, unmeasured } = this.#counts
    return {
      passed: passed.get(row),
      failed: failed.get(row),
      unmeasured: unmeasured.get(row),
      failedMask: this.#mask.get(row),
    }
  }
}
