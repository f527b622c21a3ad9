import { basename } from 'node:path'
import { DataError, HeedError } from '../core/errors.ts'
import { acceptContent, type FetchTarget } from './acceptance.ts'
import type { DataLock } from './data-lock.ts'
import type { FetchOutcome, FileSource } from './fetch-outcome.ts'
import { compareWithLock, type Fingerprint } from './fingerprint.ts'
import { type FolderIndex, type IndexedFile, indexFolder, type NearMiss } from './folder-index.ts'

/**
 * Files out of a folder of any layout: found by content. A file that stands where the wanted one must stand
 * (`<data set>/<name>`, `<data set>/<upstream path>`, or one of both at the top) but has another content is a wrong hash; one
 * that merely has the same name is mentioned.
 */
export async function folderSource(root: string, lock: DataLock): Promise<FileSource> {
  const index = await indexFolder(root)
  const isOfLock = contentOfLock(lock)
  return { fetch: (target) => fetchFromFolder(index, target, isOfLock) }
}

async function fetchFromFolder(
  index: FolderIndex,
  target: FetchTarget,
  isOfLock: (print: Fingerprint) => boolean,
): Promise<FetchOutcome> {
  const match = await index.find(target)
  if (match) return accept(index, target, match)
  const nearMisses = (await index.named(target)).filter((near) => !near.fingerprint || !isOfLock(near.fingerprint))
  const [inPlace] = nearMisses.filter(({ file }) => isInPlace(file, target))
  if (inPlace?.fingerprint) return accept(index, target, inPlace.file)
  if (inPlace) return absent([unreadable(target, inPlace.file)], 'the file of that name cannot be read or unzipped')
  return absent([], nearMisses.length === 0 ? `not found in ${index.root}` : describeNear(nearMisses))
}

async function accept(index: FolderIndex, target: FetchTarget, file: IndexedFile): Promise<FetchOutcome> {
  try {
    const content = await index.read(file)
    const acceptance = acceptContent(target, content, { place: file.path, isPinned: false })
    return { kind: 'found', content, source: file.path, acceptance }
  } catch (error) {
    if (!HeedError.is(error)) return absent([unreadable(target, file, error)], 'the file cannot be read')
    return absent([error], error.message)
  }
}

function absent(errors: readonly HeedError[], reason: string): FetchOutcome {
  return { kind: 'absent', reason, errors }
}

function unreadable(target: FetchTarget, file: IndexedFile, cause?: unknown): DataError {
  return new DataError(
    'unreadable-file',
    `Expected ${target.label}${file.isZipped ? ', gzipped' : ''}, cannot read it`,
    {
      location: { file: file.path },
      hint: 'The file may be cut off. Copy or download it again.',
      cause,
    },
  )
}

/** True where only the wanted file can be meant: nothing but its place speaks for content that no hash vouches for. */
function isInPlace({ name }: IndexedFile, target: FetchTarget): boolean {
  if (name === basename(target.name) || name === target.path) return true
  const places = [`${target.dataset}/${target.name}`, `${target.dataset}/${target.path}`]
  return places.some((place) => `/${name}`.toLowerCase().endsWith(`/${place}`.toLowerCase()))
}

function describeNear(nearMisses: readonly NearMiss[]): string {
  const [{ file, fingerprint }, ...others] = nearMisses as [NearMiss, ...NearMiss[]]
  const what = fingerprint ? `sha256 ${fingerprint.sha256}` : 'no readable content'
  return `${file.path} has the name, but another content (${what})${others.length > 0 ? `; so do ${others.length} more` : ''}`
}

/** Tells content that belongs to some entry of the lock file: it is no damaged version of another entry. */
function contentOfLock(lock: DataLock): (print: Fingerprint) => boolean {
  const files = [...lock.datasets.values()].flatMap((dataset) => dataset.files)
  return (print) => files.some((file) => compareWithLock(file, print).kind === 'match')
}
