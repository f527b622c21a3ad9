import { existsSync, statSync } from 'node:fs'
import { mkdir, rmdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import PQueue from 'p-queue'
import { UsageError } from '../core/errors.ts'
import { downloadDispatcher } from './_dispatcher.ts'
import { pullFile } from './_pull-file.ts'
import { explainWriteError } from './_write-errors.ts'
import { openDataDirectory } from './data-directory.ts'
import { type DataLock, dataLock, expandNames, type LockedDataset, lockedFile } from './data-lock.ts'
import type { FileSource } from './fetch-outcome.ts'
import { folderSource } from './folder-source.ts'
import { type InstalledFile, mismatchWarning, wrongHash } from './installed-file.ts'
import { defaultNetworkOptions, type NetworkOptions } from './network-options.ts'
import { lockSource, mirrorSource, type NetworkContext } from './network-source.ts'
import { lockForPull, type PullLock } from './pull-lock.ts'
import type { PullEvent, PulledFile, PullReport } from './pull-report.ts'

/** How data are pulled. */
export interface PullOptions {
  /** Absolute path of the data directory; made when it is not there. */
  readonly dataDirectory: string
  /** Folder or mirror URL to take files from. @default the addresses of the lock file */
  readonly from?: string | undefined
  /** Never ask the network. @default false */
  readonly isOffline?: boolean
  /** @default the lock file of this version */
  readonly lock?: DataLock
  readonly network?: Partial<NetworkOptions>
  readonly onEvent?: (event: PullEvent) => void
  readonly signal?: AbortSignal
}

/** Files of one data set that are fetched at the same time. */
const filesAtOnce = 4

/**
 * Installs data sets: what is there and right stays, what is missing or wrong is fetched, verified and put in place in
 * one step. A file that cannot be had does not stop the others; the report names it.
 * @param names data sets, benchmarks, suites; none means everything
 * @throws UsageError `unknown-dataset`, `no-folder`, `bad-mirror`, `not-writable`; DataError `disk-full`
 */
export async function pull(names: readonly string[], options: PullOptions): Promise<PullReport> {
  const { dataDirectory, lock = dataLock() } = options
  const datasets = expandNames(lock, names)
  const { source, close } = await openSource(options, lock)
  try {
    const files: PulledFile[] = []
    tellPlan(datasets, options)
    for (const dataset of datasets) files.push(...(await pullDataset(dataset, source, options)))
    return { dataDirectory, files }
  } finally {
    await close()
  }
}

async function pullDataset(dataset: LockedDataset, source: FileSource, options: PullOptions): Promise<PulledFile[]> {
  const { dataDirectory, lock, onEvent, signal } = options
  const directory = openDataDirectory(dataDirectory, lock ? { lock } : {})
  const finish = (file: PulledFile): PulledFile => {
    onEvent?.({ kind: 'done', file })
    return file
  }
  const before = directory.status(dataset.id)
  if (before.state === 'installed') return before.files.map((file) => finish(present(dataset, file)))
  const pullLock = await lockFolder(dataset, before.folder, options)
  try {
    const queue = new PQueue({ concurrency: filesAtOnce })
    const jobs = directory.status(dataset.id).files.map((file) => async () => {
      signal?.throwIfAborted()
      return finish(file.state === 'ok' ? present(dataset, file) : await pullOne(dataset, file, before.folder, source))
    })
    return await queue.addAll(jobs)
  } finally {
    pullLock.release()
    await rmdir(before.folder).catch(() => {})
  }
}

async function pullOne(
  dataset: LockedDataset,
  installed: InstalledFile,
  folder: string,
  source: FileSource,
): Promise<PulledFile> {
  const pulled = await pullFile(dataset, lockedFile(dataset, installed.name), folder, source)
  if (pulled.outcome === 'installed' || installed.state !== 'wrong') return pulled
  const error = wrongHash(dataset, installed)
  return {
    ...pulled,
    outcome: 'failed',
    reason: `${error.message}; ${pulled.reason}`,
    errors: [error, ...pulled.errors],
  }
}

function present(dataset: LockedDataset, file: InstalledFile): PulledFile {
  const receipt = file.state === 'ok' ? file.receipt : null
  const warning = receipt && mismatchWarning(`${dataset.id}/${file.name}`, receipt)
  const common = { dataset: dataset.id, file: file.name, source: receipt?.source ?? null, receipt, warning }
  return { ...common, outcome: 'present', reason: null, errors: [] }
}

async function openSource(
  options: PullOptions,
  lock: DataLock,
): Promise<{ source: FileSource; close: () => Promise<void> }> {
  const { from, isOffline = false, onEvent, signal } = options
  const idle = async () => {}
  if (from !== undefined && !/^https?:\/\//i.test(from)) {
    return { source: await folderSource(toFolder(from), lock), close: idle }
  }
  if (isOffline) {
    const reason = 'not installed, and --offline forbids to ask the network'
    return { source: { fetch: async () => ({ kind: 'absent', reason, errors: [] }) }, close: idle }
  }
  const network = { ...defaultNetworkOptions, ...options.network }
  const dispatcher = downloadDispatcher(network)
  const context: NetworkContext = {
    dispatcher,
    network,
    signal,
    onBytes: ({ label }, received, total) => onEvent?.({ kind: 'bytes', label, received, total }),
    onRetry: ({ label }, url, reason, delay) => onEvent?.({ kind: 'retry', label, url, reason, delay }),
  }
  const source =
    from === undefined
      ? lockSource(context, (dataset) => lock.datasets.get(dataset)!.commit)
      : mirrorSource(context, from)
  return { source, close: () => dispatcher.close() }
}

function toFolder(from: string): string {
  const folder = from.startsWith('file:') ? fileURLToPath(from) : resolve(from)
  if (existsSync(folder) && statSync(folder).isDirectory()) return folder
  throw new UsageError('no-folder', `Expected --from to be a folder or an http(s) URL, got \`${from}\``)
}

async function lockFolder(dataset: LockedDataset, folder: string, options: PullOptions): Promise<PullLock> {
  const { onEvent, signal } = options
  try {
    await mkdir(folder, { recursive: true })
    const onWait = (holder: string) => onEvent?.({ kind: 'waiting', dataset: dataset.id, holder })
    return await lockForPull(folder, { onWait, signal })
  } catch (error) {
    throw explainWriteError(error, folder)
  }
}

function tellPlan(datasets: readonly LockedDataset[], { onEvent }: PullOptions): void {
  const files = datasets.flatMap((dataset) => dataset.files)
  const bytes = files.reduce((sum, file) => sum + (file.bytes ?? 0), 0)
  onEvent?.({ kind: 'plan', files: files.length, bytes })
}
