import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { openDataDirectory } from '../../src/data/data-directory.ts'
import { dataLocation } from '../../src/data/data-location.ts'
import type { ConformanceFolders } from './suite.ts'

/**
 * Path of an upstream source file: installed in the data directory, or beside the golden data (`data/<folder>/<name>`).
 * Null when it is in neither place.
 */
export function upstreamFile(folders: ConformanceFolders, dataset: string, file: string): string | null {
  const installed = openDataDirectory(dataLocation()).optionalPath(dataset, file)
  if (installed !== null) return installed
  const folder = dataset.replace(/-upstream$/, '')
  return [join(folders.data, folder, file), join(folders.data, folder, basename(file))].find(existsSync) ?? null
}
