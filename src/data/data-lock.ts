import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { knownNamesHint } from '../core/did-you-mean.ts'
import { DataError, UsageError } from '../core/errors.ts'
import { lockSchema, type RawLock } from './_lock-schema.ts'
import { converters } from './converters.ts'

/** A file that can be fetched and proven. */
export interface FetchableFile {
  /** Path inside the upstream repository at the pinned commit. */
  readonly path: string
  readonly bytes: number | null
  readonly sha256: string | null
  /** Git's object id, for files whose sha256 nobody could take. */
  readonly gitBlob: string | null
  /** Candidate addresses in order of preference. */
  readonly urls: readonly string[]
}

/** One file of a data set, named as adapters ask for it. */
export interface LockedFile extends FetchableFile {
  /** Name inside the data set: `input_data.jsonl`, `profiles/en.json`. */
  readonly name: string
  /** `warn`: another version from an unpinned address is taken with a warning that names both ids. */
  readonly onMismatch: 'refuse' | 'warn'
  /** The file is made from this one by a converter; it has no addresses of its own. */
  readonly derivedFrom: (FetchableFile & { readonly converter: string }) | null
}

/** A pinned set of files of one source. */
export interface LockedDataset {
  readonly id: string
  readonly title: string
  readonly licence: string
  readonly repository: string
  readonly commit: string
  readonly notes: readonly string[]
  readonly files: readonly LockedFile[]
}

/** What `data.lock.json` says. */
export interface DataLock {
  readonly datasets: ReadonlyMap<string, LockedDataset>
  /** Short names for several data sets: a benchmark with its language assets and judge prompts, a suite. */
  readonly bundles: ReadonlyMap<string, readonly string[]>
}

let embedded: DataLock | undefined

/** The lock file of this version, read and validated once. */
export function dataLock(): DataLock {
  embedded ??= readDataLock(fileURLToPath(new URL('./data.lock.json', import.meta.url)))
  return embedded
}

/**
 * Reads and validates a lock file.
 * @throws DataError `broken-lock` with file and place
 */
export function readDataLock(file: string): DataLock {
  let content: unknown
  try {
    content = JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new DataError('broken-lock', 'Expected a data lock file in JSON', { location: { file }, cause })
  }
  return parseDataLock(content, file)
}

/** The same for parsed JSON; `file` is named in errors. */
export function parseDataLock(content: unknown, file: string): DataLock {
  const result = lockSchema.safeParse(content)
  if (!result.success) {
    const [issue] = result.error.issues
    throw broken(file, `${issue?.path.map(String).join('.') || 'top level'}: ${issue?.message}`)
  }
  const datasets = new Map(result.data.datasets.map((dataset) => [dataset.id, toDataset(dataset, file)]))
  if (datasets.size < result.data.datasets.length) throw broken(file, 'Expected every data set id once')
  const bundles = new Map(Object.entries(result.data.bundles))
  for (const [bundle, members] of bundles) {
    const unknown = members.find((member) => !datasets.has(member) && !bundles.has(member))
    if (unknown !== undefined) throw broken(file, `bundle ${bundle}: Expected known data sets, got \`${unknown}\``)
  }
  return { datasets, bundles }
}

/** @throws UsageError `unknown-dataset` with the known ids */
export function lockedDataset(lock: DataLock, id: string): LockedDataset {
  const dataset = lock.datasets.get(id)
  if (dataset) return dataset
  throw new UsageError('unknown-dataset', `Expected a data set, got \`${id}\``, {
    hint: knownNamesHint(id, [...lock.datasets.keys()]),
  })
}

/** @throws DataError `unknown-data-file` with the known names */
export function lockedFile(dataset: LockedDataset, name: string): LockedFile {
  const file = dataset.files.find((candidate) => candidate.name === name)
  if (file) return file
  const known = dataset.files.map((candidate) => candidate.name)
  throw new DataError('unknown-data-file', `Expected a file of data set ${dataset.id}, got \`${name}\``, {
    hint: knownNamesHint(name, known),
  })
}

/**
 * Data sets behind names of data sets and bundles, each once, in the order of the lock; all of them for no name.
 * @throws UsageError `unknown-dataset` with a near name and the known ones
 */
export function expandNames(lock: DataLock, names: readonly string[]): LockedDataset[] {
  const wanted = new Set<string>()
  const visited = new Set<string>()
  const visit = (name: string): void => {
    const members = visited.has(name) ? undefined : lock.bundles.get(name)
    visited.add(name)
    if (members) for (const member of members) visit(member)
    else if (lock.datasets.has(name)) wanted.add(name)
    else {
      const known = [...new Set([...lock.bundles.keys(), ...lock.datasets.keys()])]
      throw new UsageError('unknown-dataset', `Expected a benchmark, a suite or a data set, got \`${name}\``, {
        hint: knownNamesHint(name, known),
      })
    }
  }
  for (const name of names.length === 0 || names.includes('all') ? lock.datasets.keys() : names) visit(name)
  return [...lock.datasets.values()].filter(({ id }) => wanted.has(id))
}

function toDataset(raw: RawLock['datasets'][number], lockFile: string): LockedDataset {
  const names = raw.files.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw broken(lockFile, `data set ${raw.id}: Expected every file once, got ${twice} twice`)
  const { id, title, licence, repository, commit, notes } = raw
  return { id, title, licence, repository, commit, notes, files: raw.files.map((file) => toFile(file, raw, lockFile)) }
}

function toFile(
  raw: RawLock['datasets'][number]['files'][number],
  dataset: RawLock['datasets'][number],
  lockFile: string,
): LockedFile {
  const addresses = (path: string, more: readonly string[]) => [
    ...dataset.sources.map((pattern) =>
      pattern.replace('{commit}', dataset.commit).replace('{path}', escapePath(path)),
    ),
    ...more,
  ]
  const { derivedFrom: source } = raw
  if (source && !converters.has(source.converter)) {
    throw broken(
      lockFile,
      `${dataset.id}/${raw.name}: Expected a known converter (${[...converters.keys()].join(', ')}), got \`${source.converter}\``,
    )
  }
  return {
    name: raw.name,
    path: raw.path,
    bytes: raw.bytes ?? null,
    sha256: raw.sha256 ?? null,
    gitBlob: raw.gitBlob ?? null,
    onMismatch: raw.onMismatch,
    urls: source ? [] : addresses(raw.path, raw.urls),
    derivedFrom: source
      ? {
          converter: source.converter,
          path: source.path,
          bytes: source.bytes ?? null,
          sha256: source.sha256,
          gitBlob: null,
          urls: addresses(source.path, source.urls),
        }
      : null,
  }
}

function escapePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}

function broken(file: string, message: string): DataError {
  return new DataError('broken-lock', message, { location: { file } })
}
