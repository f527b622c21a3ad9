import { existsSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { DataError, UsageError } from '../core/errors.ts'
import { readLines } from '../core/jsonl.ts'
import { CallLog } from './call-log.ts'
import type { CallRecord, FailureRecord } from './call-record.ts'
import { lockFolder } from './lock-file.ts'
import type { Manifest } from './manifest.ts'
import { identityDifferences } from './resume-gate.ts'
import { openRunFolder, readManifest, runFiles } from './run-folder.ts'
import { shardSuffix } from './run-name.ts'
import { shardName } from './shard.ts'

/** What a merge did. */
export interface MergeSummary {
  readonly folder: string
  /** Shards that none of the folders holds, such as `3/4`. */
  readonly missing: readonly string[]
  /** Replies that are new in the folder. */
  readonly added: number
  /** Replies that several folders, or the merged folder already, hold. */
  readonly known: number
  /** Calls that failed everywhere: the merged run makes them again. */
  readonly failed: number
  /** Bytes of torn last lines that were passed over. */
  readonly tornBytes: number
}

interface Part {
  readonly folder: string
  readonly manifest: Manifest
}

const recordsPerFlush = 512

/** Folder of the whole run that the shards belong to: their common name without the number. */
export function wholeRunFolder(folders: readonly string[]): string {
  const parts = folders.map((folder) => ({ folder: resolve(folder), manifest: readManifest(folder) }))
  for (const { folder, manifest } of parts) {
    const { shard } = manifest.identity
    const suffix = shard ? shardSuffix(shard) : ''
    if (suffix !== '' && folder.endsWith(suffix)) return folder.slice(0, -suffix.length)
  }
  throw new UsageError('no-out', 'Expected --out: the folders are not named like shards of one run', {
    hint: 'For example: bench merge a b --out results/whole',
  })
}

/**
 * Puts the call logs of the shards of one run together. The folders are only read; a call that several of them hold is
 * taken once, from the first. Merging again adds what has come since.
 * @param isPartial true to go on although a shard is missing
 * @throws UsageError `merge-differs`, `missing-shards`; DataError `broken-line`
 */
export async function mergeShards(folders: readonly string[], out: string, isPartial: boolean): Promise<MergeSummary> {
  const parts = inOrder(folders.map((folder) => ({ folder, manifest: readManifest(folder) })))
  if (parts.some(({ folder }) => resolve(folder) === resolve(out))) {
    throw new UsageError('merge-into-itself', `Expected --out to be none of the folders to merge, got ${out}`)
  }
  assertOneRun(parts)
  const missing = missingShards(parts)
  if (missing.length > 0 && !isPartial) {
    throw new UsageError('missing-shards', `Expected every shard of the run, missing: ${missing.join(', ')}`, {
      hint: 'Run what is missing, name its folder, or merge what there is with --partial.',
    })
  }
  openRunFolder(out, mergedManifest(parts))
  const lock = await lockFolder(join(out, runFiles.lock))
  const log = await CallLog.open(join(out, runFiles.calls))
  try {
    return { folder: out, missing, ...(await copyCalls(parts, log)) }
  } finally {
    await log.close()
    lock.release()
  }
}

function inOrder(parts: readonly Part[]): readonly Part[] {
  const index = ({ manifest }: Part) => manifest.identity.shard?.index ?? 0
  return [...parts].sort((a, b) => index(a) - index(b))
}

function assertOneRun(parts: readonly Part[]): void {
  const [first, ...others] = parts
  const part = ({ manifest: { identity, scoring } }: Part) => {
    const { shard, ...whole } = identity
    return { ...whole, shards: shard?.count, scoring }
  }
  for (const other of others) {
    const differences = identityDifferences(part(first!), part(other))
    if (differences.length === 0) continue
    const lines = differences.map(({ field, found, asked }) => `  ${field}: ${shown(found)} and ${shown(asked)}`)
    throw new UsageError(
      'merge-differs',
      `${first!.folder} and ${other.folder} are not parts of one run:\n${lines.slice(0, 8).join('\n')}`,
      { hint: 'Shards are made by one and the same command with --shard 1/n ... n/n.' },
    )
  }
}

function shown(value: unknown): string {
  return value === undefined ? 'not set' : JSON.stringify(value).slice(0, 80)
}

function missingShards(parts: readonly Part[]): string[] {
  const count = parts[0]?.manifest.identity.shard?.count
  if (count === undefined) return []
  const there = new Set(parts.map(({ manifest }) => manifest.identity.shard?.index))
  return Array.from({ length: count }, (_unused, at) => at + 1)
    .filter((index) => !there.has(index))
    .map((index) => shardName({ index, count }))
}

function mergedManifest(parts: readonly Part[]): Manifest {
  const { identity, command, ...rest } = parts[0]!.manifest
  const { shard: _part, ...whole } = identity
  const mergedFrom = parts.map(({ folder }) => basename(resolve(folder)))
  return { ...rest, identity: whole, command: withoutShard(command), mergedFrom }
}

function withoutShard(command: readonly string[]): string[] {
  return command.filter(
    (word, at) => !(word === '--shard' || word.startsWith('--shard=') || command[at - 1] === '--shard'),
  )
}

async function copyCalls(
  parts: readonly Part[],
  log: CallLog,
): Promise<Pick<MergeSummary, 'added' | 'known' | 'failed' | 'tornBytes'>> {
  const taken = new Set<string>()
  const failures = new Map<string, FailureRecord>()
  const counts = { added: 0, known: 0, tornBytes: 0 }
  let pending: Promise<void>[] = []
  for (const { folder } of parts) {
    const file = join(folder, runFiles.calls)
    if (!existsSync(file)) continue
    for await (const { record, tornBytes } of readCalls(file)) {
      counts.tornBytes += tornBytes
      if (!record) continue
      if (record.kind === 'failure') {
        failures.set(record.key, record)
      } else if (taken.has(record.key) || log.has(record.key)) {
        counts.known += 1
      } else {
        taken.add(record.key)
        counts.added += 1
        pending.push(log.add(record))
        if (pending.length < recordsPerFlush) continue
        await Promise.all(pending)
        pending = []
      }
    }
  }
  await Promise.all(pending)
  let failed = 0
  for (const [key, record] of failures) {
    if (log.has(key)) continue
    failed += 1
    if ((await log.failure(key)) === null) await log.addFailure(record)
  }
  return { ...counts, failed }
}

/** The records of a log that may still be written to, or that ends in a torn line. */
async function* readCalls(file: string): AsyncGenerator<{ record: CallRecord | null; tornBytes: number }> {
  let broken: { text: string; line: number; cause: unknown } | null = null
  for await (const { text, line } of readLines(file)) {
    if (broken) throw brokenLine(file, broken)
    let record: CallRecord
    try {
      record = JSON.parse(text) as CallRecord
      if (record.v !== 1) throw new Error(`record version ${String(record.v)}`)
    } catch (cause) {
      broken = { text, line, cause }
      continue
    }
    yield { record, tornBytes: 0 }
  }
  if (broken) yield { record: null, tornBytes: Buffer.byteLength(broken.text, 'utf8') }
}

function brokenLine(file: string, { text, line, cause }: { text: string; line: number; cause: unknown }): DataError {
  return new DataError('broken-line', `Expected a call record, got ${JSON.stringify(text.slice(0, 60))}`, {
    location: { file, line },
    hint: `Move the broken line out of the file; its call is made again. The folder is ${dirname(file)}.`,
    cause,
  })
}
