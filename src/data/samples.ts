import { existsSync, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { knownNamesHint } from '../core/did-you-mean.ts'
import { DataError, UsageError } from '../core/errors.ts'
import { readJsonl } from '../core/jsonl.ts'
import { dataLock, expandNames } from './data-lock.ts'

/** Folder of the embedded samples: one folder per benchmark, with its files named as in the lock file. */
export const samplesFolder = fileURLToPath(new URL('./samples/', import.meta.url))

/** Ids of the benchmarks that have an embedded sample. */
export function sampleBenchmarks(folder = samplesFolder): string[] {
  if (!existsSync(folder)) return []
  const entries = readdirSync(folder, { withFileTypes: true })
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort()
}

/**
 * Absolute path of a file of a benchmark's embedded sample, or null when the sample has no such file.
 * @throws UsageError `no-sample`
 */
export function samplePath(benchmark: string, file: string, folder = samplesFolder): string | null {
  const known = sampleBenchmarks(folder)
  if (!known.includes(benchmark)) {
    throw new UsageError('no-sample', `Expected a benchmark with an embedded sample, got \`${benchmark}\``, {
      hint: knownNamesHint(benchmark, known),
    })
  }
  const path = join(folder, benchmark, file)
  return existsSync(path) ? path : null
}

/** The items of an embedded sample. */
export interface SampleItems {
  readonly benchmark: string
  /** Absolute path. */
  readonly path: string
  /** First item as it stands in the file. */
  readonly first: unknown
}

/**
 * Where the items of a benchmark's sample are, and the first of them.
 * @throws UsageError `no-sample`; DataError `broken-sample`, `broken-line`
 */
export async function sampleItems(benchmark: string, folder = samplesFolder): Promise<SampleItems> {
  const { datasets, bundles } = dataLock()
  const isKnown = datasets.has(benchmark) || bundles.has(benchmark)
  const locked = isKnown ? expandNames(dataLock(), [benchmark]).flatMap(({ files }) => files) : []
  for (const name of ['items.jsonl', 'items.json', ...locked.map((file) => file.name)]) {
    const path = samplePath(benchmark, name, folder)
    if (path !== null) return { benchmark, path, first: await firstItem(path) }
  }
  throw new DataError('broken-sample', 'Expected the sample to hold a file of items', {
    location: { file: join(folder, benchmark) },
  })
}

async function firstItem(path: string): Promise<unknown> {
  if (path.endsWith('.jsonl')) {
    for await (const { value } of readJsonl(path)) return value
    return undefined
  }
  const content: unknown = JSON.parse(await readFile(path, 'utf8'))
  return Array.isArray(content) ? content[0] : content
}
