import { open, readdir, readFile, realpath, stat } from 'node:fs/promises'
import { basename, join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { UsageError } from '../core/errors.ts'
import type { FetchTarget } from './acceptance.ts'
import { compareWithLock, type Fingerprint, fingerprint } from './fingerprint.ts'

const unzip = promisify(gunzip)

/** Largest file that is read to see what it is: no benchmark file comes near it. */
export const largestFile = 256 * 1024 * 1024

const skippedFolders = new Set(['.git', 'node_modules', '.hg', '.svn'])

/** A file of a searched folder, as it is or unzipped. */
export interface IndexedFile {
  readonly path: string
  /** Relative to the folder, `/` between parts, without `.gz`. */
  readonly name: string
  readonly isZipped: boolean
  readonly size: number
}

/** A file of the right name whose content is not the wanted one. */
export interface NearMiss {
  readonly file: IndexedFile
  /** Null when it cannot be read or unzipped. */
  readonly fingerprint: Fingerprint | null
}

/** The files below a folder, found by content. */
export interface FolderIndex {
  readonly root: string
  /** A file with the wanted content, whatever its name; null when there is none. */
  find(target: FetchTarget): Promise<IndexedFile | null>
  /** Files with the target's name. */
  named(target: FetchTarget): Promise<readonly NearMiss[]>
  /** Content of a file, unzipped. */
  read(file: IndexedFile): Promise<Buffer>
}

/**
 * Lists a folder with everything below it (links followed, version control and `node_modules` left out). Files are
 * opened only when their size, or for gzipped ones the size in their trailer, says that they may be wanted.
 * @throws UsageError `no-folder`
 */
export async function indexFolder(root: string): Promise<FolderIndex> {
  const files = await listFiles(root)
  const byName = await groupBy(files, ({ name }) => basename(name))
  const prints = new Map<string, Promise<Fingerprint | null>>()
  let bySize: Promise<ReadonlyMap<number, readonly IndexedFile[]>> | undefined

  const printOf = (file: IndexedFile): Promise<Fingerprint | null> => {
    let print = prints.get(file.path)
    if (!print) {
      print = readIndexed(file).then(fingerprint, () => null)
      prints.set(file.path, print)
    }
    return print
  }
  const named = (target: FetchTarget): IndexedFile[] =>
    [...new Set([basename(target.name), basename(target.path)])].flatMap((name) => byName.get(name) ?? [])
  const ofSize = async (bytes: number | null): Promise<readonly IndexedFile[]> => {
    if (bytes === null) return files
    bySize ??= groupBy(files, (file) => (file.isZipped ? zippedSize(file) : file.size))
    return (await bySize).get(bytes) ?? []
  }
  return {
    root,
    read: readIndexed,
    async named(target) {
      return Promise.all(named(target).map(async (file) => ({ file, fingerprint: await printOf(file) })))
    },
    async find(target) {
      if (target.sha256 === null && target.gitBlob === null) return null
      // Files of the right name come first, whatever their size: the trailer of a gzip file made of several members
      // tells the size of the last one only.
      for (const file of new Set([...named(target), ...(await ofSize(target.bytes))])) {
        const print = await printOf(file)
        if (print && compareWithLock(target, print).kind === 'match') return file
      }
      return null
    },
  }
}

async function listFiles(root: string): Promise<IndexedFile[]> {
  const files: IndexedFile[] = []
  const visited = new Set<string>()
  const visit = async (folder: string): Promise<void> => {
    const real = await realpath(folder)
    if (visited.has(real)) return
    visited.add(real)
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      const stats = entry.isSymbolicLink() || entry.isFile() ? await stat(path).catch(() => null) : null
      if (entry.isDirectory() || stats?.isDirectory()) {
        if (!skippedFolders.has(entry.name)) await visit(path).catch(ignoreUnreadable)
      } else if (stats?.isFile() && stats.size <= largestFile) files.push(toIndexed(root, path, stats.size))
    }
  }
  try {
    await visit(root)
  } catch (cause) {
    throw new UsageError('no-folder', `Expected a folder that can be read at ${root}`, { cause })
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1))
}

function toIndexed(root: string, path: string, size: number): IndexedFile {
  const isZipped = /\.gz(ip)?$/i.test(path)
  const name = relative(root, path).split(sep).join('/')
  return { path, name: isZipped ? name.replace(/\.gz(ip)?$/i, '') : name, isZipped, size }
}

async function groupBy<Key>(
  files: readonly IndexedFile[],
  keyOf: (file: IndexedFile) => Key | Promise<Key>,
): Promise<ReadonlyMap<Key, readonly IndexedFile[]>> {
  const groups = new Map<Key, IndexedFile[]>()
  for (const file of files) {
    const key = await keyOf(file)
    const group = groups.get(key)
    if (group) group.push(file)
    else groups.set(key, [file])
  }
  return groups
}

/** ISIZE of RFC 1952: the size of the unzipped content modulo 2^32, little endian, in the last four bytes. */
async function zippedSize({ path, size }: IndexedFile): Promise<number> {
  if (size < 18) return -1
  const handle = await open(path).catch(() => null)
  if (!handle) return -1
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, size - 4)
    return bytesRead === 4 ? buffer.readUInt32LE(0) : -1
  } finally {
    await handle.close()
  }
}

async function readIndexed({ path, isZipped }: IndexedFile): Promise<Buffer> {
  const content = await readFile(path)
  return isZipped ? unzip(content, { maxOutputLength: largestFile }) : content
}

function ignoreUnreadable(error: unknown): void {
  if (!['EACCES', 'EPERM', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
}
