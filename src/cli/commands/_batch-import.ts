import { printable } from '../../core/printable.ts'
import { importBatch } from '../../runners/batch/import-batch.ts'
import { exitCodes } from '../exit-codes.ts'
import { print, printJson, say } from '../output.ts'

/** Takes files of results over and says what is still missing. */
export async function batchImport(
  folder: string,
  files: readonly string[],
  options: { readonly json?: boolean },
): Promise<void> {
  const result = await importBatch(folder, files)
  const { imported, known, failed, failure, foreign, waiting } = result
  process.exitCode = waiting > 0 ? exitCodes.incomplete : exitCodes.ok
  if (failure !== null) say(printable(`${failed} requests failed, the last one: ${failure}`))
  if (foreign > 0) say(`${foreign} lines belong to no request of the round and were passed over`)
  if (options.json) {
    printJson(result)
    return
  }
  const parts = [`${imported} replies imported`, ...(known > 0 ? [`${known} there already`] : [])]
  print(printable(`${folder}: ${parts.join(', ')}; ${waiting} of the round have no reply`))
  say('Next: bench batch export with the options of the run.')
}
