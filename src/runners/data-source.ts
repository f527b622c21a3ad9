import { existsSync } from 'node:fs'
import type { DataSource, Resources } from '../benchmarks/benchmark.ts'
import type { BenchmarkReference } from '../benchmarks/registry.ts'
import { DataError } from '../core/errors.ts'
import type { DataDirectory } from '../data/data-directory.ts'
import { samplePath } from '../data/samples.ts'

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
  if (edition.file !== undefined) return { source: ownFile(edition.id, edition.file), resources }
  const optionalPath = isSample
    ? (file: string) => samplePath(benchmark.id, file)
    : (file: string) => directory.optionalPath(edition.dataset, file)
  const path = isSample
    ? (file: string) => requiredSamplePath(benchmark.id, file)
    : (file: string) => directory.path(edition.dataset, file)
  return { source: { edition: edition.id, isSample, path, optionalPath }, resources }
}

/** A user's own file is real data, whatever runs on it. */
function ownFile(edition: string, file: string): DataSource {
  if (!existsSync(file)) {
    throw new DataError('no-set', `Expected a constraint set at ${file}, found no file`)
  }
  return { edition, isSample: false, path: () => file, optionalPath: () => file }
}

function requiredSamplePath(benchmark: string, file: string): string {
  const path = samplePath(benchmark, file)
  if (path !== null) return path
  throw new DataError('no-sample', `Expected ${file} in the embedded sample of ${benchmark}, this build has none`)
}
