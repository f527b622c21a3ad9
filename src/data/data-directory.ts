import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DataError } from '../core/errors.ts'
import { type DataLock, dataLock, type LockedDataset, lockedDataset, lockedFile } from './data-lock.ts'
import { checkInstalled, type InstalledFile, mismatchWarning, wrongHash } from './installed-file.ts'
import { pullLockName } from './pull-lock.ts'
import { fileStamp, type Receipt, readReceipts, receiptsName, writeReceipts } from './receipts.ts'

/** Installed and verified data files. */
export interface DataDirectory {
  /** Absolute path. */
  readonly root: string
  /**
   * Absolute path of an installed file whose content is the pinned one.
   * @throws UsageError `unknown-dataset`; DataError `unknown-data-file`, `not-installed`, `hash-mismatch`
   */
  path(dataset: string, file: string): string
  /** The same, but null when the file is not installed. A file with wrong content is an error here, too. */
  optionalPath(dataset: string, file: string): string | null
  /** What is there of a data set. */
  status(dataset: string): DatasetStatus
  /**
   * sha256 of the installed files of a data set by name, for manifests.
   * @throws DataError `hash-mismatch`
   */
  hashes(dataset: string): Readonly<Record<string, string>>
}

/** What is there of a data set. */
export interface DatasetStatus {
  readonly dataset: LockedDataset
  readonly folder: string
  readonly files: readonly InstalledFile[]
  readonly state: 'installed' | 'partial' | 'missing' | 'wrong'
}

/** How a data directory is opened. */
export interface OpenOptions {
  /** @default the lock file of this version */
  readonly lock?: DataLock
  /** Hash every file again instead of trusting size, modification time and inode. @default false */
  readonly isFull?: boolean
  /** Told once per file that is used although it is not the pinned version. */
  readonly warn?: (message: string) => void
}

/** Opens a data directory. It need not exist: then nothing is installed. */
export function openDataDirectory(root: string, options: OpenOptions = {}): DataDirectory {
  const { lock = dataLock(), isFull = false, warn } = options
  const cache = new Map<string, { stamp: string | null; receipts: Map<string, Receipt> }>()
  const warned = new Set<string>()

  const receiptsOf = (folder: string): Map<string, Receipt> => {
    const stamp = fileStamp(join(folder, receiptsName))
    const cached = cache.get(folder)
    if (cached && cached.stamp === stamp) return cached.receipts
    const receipts = readReceipts(folder)
    cache.set(folder, { stamp, receipts })
    return receipts
  }

  const check = (dataset: LockedDataset, names: readonly string[]): InstalledFile[] => {
    const folder = join(root, dataset.id)
    const files = explainUnreadable(folder, () => {
      const receipts = receiptsOf(folder)
      return names.map((name) => checkInstalled(folder, lockedFile(dataset, name), receipts.get(name), { isFull }))
    })
    keep(folder, files)
    for (const file of files) if (file.state === 'ok') tellMismatch(dataset, file)
    return files
  }

  const tellMismatch = (dataset: LockedDataset, { name, receipt }: InstalledFile & { state: 'ok' }): void => {
    const warning = mismatchWarning(`${dataset.id}/${name}`, receipt)
    if (warning === null || warned.has(warning)) return
    warned.add(warning)
    warn?.(warning)
  }

  const one = (datasetId: string, name: string) => {
    const dataset = lockedDataset(lock, datasetId)
    const [file] = check(dataset, [name])
    return { dataset, file: file! }
  }

  const optionalPath = (datasetId: string, name: string): string | null => {
    const { dataset, file } = one(datasetId, name)
    if (file.state === 'wrong') throw wrongHash(dataset, file)
    return file.state === 'ok' ? file.path : null
  }

  return {
    root,
    optionalPath,
    path(datasetId, name) {
      const path = optionalPath(datasetId, name)
      if (path !== null) return path
      throw new DataError('not-installed', `Expected ${datasetId}/${name} in ${root}, it is not installed`, {
        hint: `Run \`bench data pull ${datasetId}\` (add \`--from <folder or mirror>\` without network access).`,
      })
    },
    status(datasetId) {
      const dataset = lockedDataset(lock, datasetId)
      const files = check(
        dataset,
        dataset.files.map(({ name }) => name),
      )
      return { dataset, folder: join(root, dataset.id), files, state: stateOf(files) }
    },
    hashes(datasetId) {
      const { dataset, files } = this.status(datasetId)
      const wrong = files.find((file) => file.state === 'wrong')
      if (wrong) throw wrongHash(dataset, wrong)
      return Object.fromEntries(
        files.flatMap((file) => (file.state === 'ok' ? [[file.name, file.receipt.sha256]] : [])),
      )
    },
  }
}

function explainUnreadable<T>(folder: string, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    const { code = '' } = cause as NodeJS.ErrnoException
    if (!['EACCES', 'EPERM', 'EIO'].includes(code)) throw cause
    throw new DataError('unreadable-file', `Expected files that can be read, got ${code}`, {
      location: { file: folder },
      cause,
    })
  }
}

function stateOf(files: readonly InstalledFile[]): DatasetStatus['state'] {
  if (files.some(({ state }) => state === 'wrong')) return 'wrong'
  const present = files.filter(({ state }) => state === 'ok').length
  if (present === files.length) return 'installed'
  return present === 0 ? 'missing' : 'partial'
}

/** Remembers fresh checks. The directory may be read-only or being pulled into: then they are simply made again. */
function keep(folder: string, files: readonly InstalledFile[]): void {
  const fresh = files.flatMap((file) => (file.state === 'ok' && file.isNew ? [file.receipt] : []))
  if (fresh.length === 0 || existsSync(join(folder, pullLockName))) return
  try {
    writeReceipts(folder, fresh)
  } catch {
    // Nothing is lost: the content was verified just now and will be verified again.
  }
}
