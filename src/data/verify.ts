import { type DatasetStatus, openDataDirectory } from './data-directory.ts'
import { type DataLock, dataLock, expandNames } from './data-lock.ts'
import { proveTemplates, type TemplateProof } from './upstream-template/index.ts'

/** Result of a full check. */
export interface Verification {
  readonly datasets: readonly DatasetStatus[]
  /** Prompt templates of the installed upstream files. */
  readonly templates: readonly TemplateProof[]
}

/**
 * Hashes every installed file of the named data sets again and proves the prompt templates in them.
 * @param names data sets, benchmarks, suites; none means all of which something is installed
 * @throws UsageError `unknown-dataset`
 */
export async function verifyData(
  names: readonly string[],
  { dataDirectory, lock = dataLock() }: { dataDirectory: string; lock?: DataLock },
): Promise<Verification> {
  const directory = openDataDirectory(dataDirectory, { lock, isFull: true })
  const all = expandNames(lock, names).map(({ id }) => directory.status(id))
  const datasets = names.length > 0 ? all : all.filter(({ state }) => state !== 'missing')
  const templates: TemplateProof[] = []
  for (const { dataset, files } of datasets) {
    const pathOf = (_dataset: string, name: string) =>
      files.find((file) => file.name === name && file.state === 'ok')?.path ?? null
    templates.push(...(await proveTemplates(dataset.id, pathOf)))
  }
  return { datasets, templates }
}
