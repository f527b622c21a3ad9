import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DataSource, Resources } from '../benchmarks/benchmark.ts'
import type { BenchmarkReference } from '../benchmarks/registry.ts'
import { DataError } from '../core/errors.ts'
import type { DataDirectory } from '../data/data-directory.ts'

const samplesRoot = fileURLToPath(new URL('../data/samples/', import.meta.url))

/** Where one benchmark's data and assets are read from. */
export interface BenchmarkFiles {
  readonly source: DataSource
  readonly resources: Resources
}

/**
 * Files of a benchmark: the embedded sample, or the installed data set of the edition. Language assets and judge
 * templates come from the data directory in both cases, where they are installed.
 */
export function benchmarkFiles(
  { benchmark, edition }: BenchmarkReference,
  isSample: boolean,
  directory: DataDirectory,
): BenchmarkFiles {
  const resources: Resources = {
    edition: edition.id,
    isSample,
    asset: (dataset, file) => directory.optionalPath(dataset, file),
  }
  const optionalPath = isSample
    ? (file: string) => existing(join(samplesRoot, benchmark.id, file))
    : (file: string) => directory.optionalPath(edition.dataset, file)
  const path = isSample
    ? (file: string) => samplePath(benchmark.id, file)
    : (file: string) => directory.path(edition.dataset, file)
  return { source: { edition: edition.id, isSample, path, optionalPath }, resources }
}

function samplePath(benchmark: string, file: string): string {
  const path = join(samplesRoot, benchmark, file)
  if (existsSync(path)) return path
  throw new DataError(
    'no-sample',
    `Expected the embedded sample file ${benchmark}/${file}, it is not part of this build`,
  )
}

function existing(path: string): string | null {
  return existsSync(path) ? path : null
}
