import { printable } from '../../core/printable.ts'
import { type DatasetStatus, openDataDirectory } from '../../data/data-directory.ts'
import { dataLocation } from '../../data/data-location.ts'
import { dataLock, expandNames, type LockedFile } from '../../data/data-lock.ts'
import type { InstalledFile } from '../../data/installed-file.ts'
import { print, printJson, say, terminalWidth } from '../output.ts'
import { byteSize } from './_byte-size.ts'
import { compactTable } from './_compact-table.ts'

/** `bench data list`. */
export function listData(
  names: readonly string[],
  options: { dataDir?: string; verbose?: boolean; json?: boolean },
): void {
  const lock = dataLock()
  const directory = openDataDirectory(dataLocation({ flag: options.dataDir }), {
    warn: (message) => say(`warning: ${message}`),
  })
  const all = expandNames(lock, names).map(({ id }) => directory.status(id))
  if (options.json) {
    printJson({
      dataDirectory: directory.root,
      datasets: all.map(statusJson),
      bundles: Object.fromEntries(lock.bundles),
    })
    return
  }
  const rows = all.map((status) => {
    const present = status.files.filter(({ state }) => state === 'ok').length
    const { id, licence } = status.dataset
    return [id, status.state, `${present}/${status.files.length}`, sizeOf(status), licence]
  })
  const licenceWidth = Math.max(30, terminalWidth() - 61)
  const table = compactTable(['data set', 'state', 'files', 'size', 'licence'], rows, [null, 11, 7, 10, licenceWidth])
  print(`data directory: ${printable(directory.root)}\n${table}`)
  if (options.verbose) for (const status of all) print(`\n${details(status)}`)
}

/** One data set with its files, for `--json`. */
export function statusJson({ dataset, folder, files, state }: DatasetStatus) {
  const { id, title, licence, repository, commit, notes } = dataset
  const byName = new Map(dataset.files.map((file) => [file.name, file]))
  return {
    ...{ id, title, licence, repository, commit, notes, folder, state },
    files: files.map((file) => fileJson(file, byName.get(file.name)!)),
  }
}

function fileJson(file: InstalledFile, locked: LockedFile) {
  const pinned = { bytes: locked.bytes, sha256: locked.sha256, gitBlob: locked.gitBlob }
  const { name, path, state } = file
  if (file.state === 'ok') {
    const { bytes, sha256, gitBlob, trust, source, installedAt } = file.receipt
    return { name, path, state, pinned, bytes, sha256, gitBlob, trust, source, installedAt }
  }
  if (file.state === 'wrong') {
    return { name, path, state, pinned, algorithm: file.algorithm, expected: file.expected, found: file.found }
  }
  return { name, path, state, pinned }
}

function sizeOf({ dataset, files }: DatasetStatus): string {
  const sizes = dataset.files.map(({ bytes }, index) => {
    const file = files[index]!
    return file.state === 'ok' ? file.receipt.bytes : bytes
  })
  const known = sizes.reduce<number>((sum, bytes) => sum + (bytes ?? 0), 0)
  if (!sizes.includes(null)) return byteSize(known)
  return known === 0 ? '?' : `> ${byteSize(known)}`
}

function details({ dataset, files }: DatasetStatus): string {
  return [
    `${dataset.id}: ${dataset.title}`,
    `  ${dataset.repository} at ${dataset.commit}`,
    ...dataset.notes.map((note) => `  note: ${note}`),
    ...files.map((file, index) => `  ${fileLine(file, dataset.files[index]!)}`),
  ].join('\n')
}

function fileLine(file: InstalledFile, locked: LockedFile): string {
  switch (file.state) {
    case 'ok': {
      const mark = file.receipt.trust === 'verified' ? '' : `, ${file.receipt.trust}`
      return `ok       ${file.name} (${byteSize(file.receipt.bytes)}, sha256 ${file.receipt.sha256}${mark})`
    }
    case 'missing': {
      const hash = locked.sha256
        ? `sha256 ${locked.sha256}`
        : locked.gitBlob
          ? `git blob ${locked.gitBlob}`
          : 'no hash known'
      return `missing  ${file.name} (${locked.bytes === null ? 'size unknown' : byteSize(locked.bytes)}, ${hash})`
    }
    case 'wrong':
      return `WRONG    ${file.name} (expected ${file.algorithm} ${file.expected}, found ${file.found})`
    default: {
      const never: never = file
      return never
    }
  }
}
