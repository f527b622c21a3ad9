import { printable } from '../../core/printable.ts'
import type { DatasetStatus } from '../../data/data-directory.ts'
import { dataLocation } from '../../data/data-location.ts'
import type { TemplateProof } from '../../data/upstream-template/index.ts'
import { type Verification, verifyData } from '../../data/verify.ts'
import { exitCodes } from '../exit-codes.ts'
import { print, printJson, say } from '../output.ts'
import { compactTable } from './_compact-table.ts'
import { statusJson } from './_data-list.ts'

/** `bench data verify`. */
export async function verifyCommandAction(
  names: readonly string[],
  options: { dataDir?: string; json?: boolean },
): Promise<void> {
  const dataDirectory = dataLocation({ flag: options.dataDir })
  const verification = await verifyData(names, { dataDirectory })
  process.exitCode = exitCodeOf(verification)
  if (options.json) {
    const templates = verification.templates.map(({ error, ...proof }) => ({ ...proof, error: error?.message ?? null }))
    printJson({ dataDirectory, datasets: verification.datasets.map(statusJson), templates })
    return
  }
  if (verification.datasets.length === 0) {
    print(`Nothing is installed in ${printable(dataDirectory)}.`)
    say('Run bench data pull.')
    return
  }
  const rows = verification.datasets.map((status) => row(status, verification.templates))
  const table = compactTable(['data set', 'right', 'wrong', 'missing', 'judge prompts'], rows)
  print(`data directory: ${printable(dataDirectory)}\n${table}`)
  for (const line of problems(verification)) print(printable(line))
}

function row({ dataset, files }: DatasetStatus, templates: readonly TemplateProof[]): string[] {
  const count = (state: string) => String(files.filter((file) => file.state === state).length)
  const own = templates.filter((proof) => proof.dataset === dataset.id)
  const proven = own.filter(({ error }) => error === null).length
  return [
    dataset.id,
    count('ok'),
    count('wrong'),
    count('missing'),
    own.length === 0 ? '' : `${proven}/${own.length} proven`,
  ]
}

function problems({ datasets, templates }: Verification): string[] {
  return [
    ...datasets.flatMap(({ dataset, files }) =>
      files.flatMap((file) => {
        if (file.state === 'missing') return [`missing: ${dataset.id}/${file.name}`]
        if (file.state === 'wrong') {
          return [`wrong: ${file.path}: expected ${file.algorithm} ${file.expected}, found ${file.found}`]
        }
        return file.receipt.trust === 'verified' ? [] : [`${file.receipt.trust}: ${dataset.id}/${file.name}`]
      }),
    ),
    ...templates.flatMap(({ id, error }) => (error === null ? [] : [`prompt ${id}: ${error.message}`])),
  ]
}

function exitCodeOf({ datasets, templates }: Verification): number {
  if (datasets.some(({ state }) => state === 'wrong') || templates.some(({ error }) => error !== null)) {
    return exitCodes.usage
  }
  const isComplete = datasets.length > 0 && datasets.every(({ state }) => state === 'installed')
  return isComplete ? exitCodes.ok : exitCodes.incomplete
}
