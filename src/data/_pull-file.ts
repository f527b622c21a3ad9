import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { HeedError } from '../core/errors.ts'
import { explainWriteError, isWriteError } from './_write-errors.ts'
import { acceptContent, type FetchTarget } from './acceptance.ts'
import { converters } from './converters.ts'
import type { LockedDataset, LockedFile } from './data-lock.ts'
import type { FetchOutcome, FileSource } from './fetch-outcome.ts'
import { installFile } from './install-file.ts'
import type { PulledFile } from './pull-report.ts'

/**
 * Fetches one file, made by a converter where the source has only the file that it is made from, and installs it.
 * @throws DataError `disk-full`; UsageError `not-writable`, `not-a-folder`: the same for every other file
 */
export async function pullFile(
  dataset: LockedDataset,
  file: LockedFile,
  folder: string,
  source: FileSource,
): Promise<PulledFile> {
  const outcome = await fetchOrConvert(dataset, file, source, join(folder, `${file.name}.part`))
  const common = { dataset: dataset.id, file: file.name }
  if (outcome.kind === 'absent') {
    const state = outcome.errors.length === 0 ? 'missing' : 'failed'
    const { errors, reason } = outcome
    return { ...common, outcome: state, source: null, receipt: null, warning: null, reason, errors }
  }
  const { content, source: place, acceptance } = outcome
  const receipt = await installFile({ folder, name: file.name, content, source: place, acceptance })
  const warning = acceptance.warning ?? null
  return { ...common, outcome: 'installed', source: place, receipt, warning, reason: null, errors: [] }
}

async function fetchOrConvert(
  dataset: LockedDataset,
  file: LockedFile,
  source: FileSource,
  workFile: string,
): Promise<FetchOutcome> {
  const { derivedFrom } = file
  const target = targetOf(dataset, file)
  const ready = await source.fetch(target, workFile)
  if (ready.kind === 'found' || derivedFrom === null) return ready
  const original: FetchTarget = {
    ...derivedFrom,
    dataset: dataset.id,
    name: basename(derivedFrom.path),
    label: `${dataset.id}/${basename(derivedFrom.path)}`,
    onMismatch: 'refuse',
  }
  const raw = await source.fetch(original, `${workFile}-source`)
  if (raw.kind === 'absent') {
    const reason = `${raw.reason} (the file is made from ${original.label})`
    return { kind: 'absent', reason, errors: [...raw.errors, ...ready.errors] }
  }
  const place = `${raw.source} (converted)`
  try {
    const content = await convert(derivedFrom.converter, raw.content, `${workFile}-source`, `${workFile}-made`)
    const acceptance = acceptContent(target, content, { place, isPinned: true })
    return { kind: 'found', content, source: place, acceptance }
  } catch (error) {
    if (!HeedError.is(error) || isWriteError(error)) throw error
    return { kind: 'absent', reason: error.message, errors: [error] }
  }
}

async function convert(converter: string, original: Buffer, inputPath: string, outputPath: string): Promise<Buffer> {
  try {
    await mkdir(dirname(inputPath), { recursive: true })
    await writeFile(inputPath, original)
    await converters.get(converter)!(inputPath, outputPath)
    return await readFile(outputPath)
  } catch (error) {
    throw explainWriteError(error, outputPath)
  } finally {
    await rm(inputPath, { force: true })
    await rm(outputPath, { force: true })
  }
}

function targetOf(dataset: LockedDataset, file: LockedFile): FetchTarget {
  const { path, bytes, sha256, gitBlob, urls, name, onMismatch } = file
  return { path, bytes, sha256, gitBlob, urls, name, onMismatch, dataset: dataset.id, label: `${dataset.id}/${name}` }
}
