import { join } from 'node:path'
import { UsageError } from '../../core/errors.ts'
import { printable } from '../../core/printable.ts'
import { batchFiles } from '../../runners/batch/batch-folder.ts'
import { type BatchExport, exportBatch } from '../../runners/batch/export-batch.ts'
import { prepareRun } from '../../runners/prepare-run.ts'
import { printDryRun } from '../dry-run.ts'
import { exitCodes } from '../exit-codes.ts'
import { print, printJson, say } from '../output.ts'
import { resolveReferences } from '../resolve-references.ts'
import type { GenerationOptions, SharedOptions } from '../run-options.ts'
import { toRunSpec } from '../to-run-spec.ts'

export type BatchExportOptions = SharedOptions &
  GenerationOptions & { readonly maxRequests: number; readonly maxMb: number }

/** Writes the next round of a run. */
export async function batchExport(options: BatchExportOptions): Promise<void> {
  const [model, ...others] = options.model ?? []
  if (model === undefined || others.length > 0) {
    throw new UsageError('one-model', `Expected one --model, got ${others.length > 0 ? others.length + 1 : 'none'}`, {
      hint: 'A batch is about one run. For a server that does not run yet name the model: http://localhost:8000/v1#<model>',
    })
  }
  const references = await resolveReferences(options.suite, options.bench)
  const spec = toRunSpec(model, references, options)
  const prepared = await prepareRun(spec, (message) => say(`note: ${message}`))
  try {
    if (options.dryRun) return await printDryRun([prepared], options.json === true)
    if (prepared.endpoints.every(({ batch }) => batch === null)) {
      throw new UsageError('no-batch', `Expected a live endpoint, got ${model}: its replies are recorded`)
    }
    const result = await exportBatch({
      run: prepared.options,
      endpoints: prepared.endpoints,
      apiKeyEnv: options.apiKeyEnv ?? null,
      limits: { requests: options.maxRequests, bytes: options.maxMb * 1_000_000 },
    })
    show(result, options.json === true)
    process.exitCode = result.files.length === 0 ? exitCodes.ok : exitCodes.stopped
  } finally {
    await prepared.close()
  }
}

function show({ folder, files, replies, givenUp }: BatchExport, asJson: boolean): void {
  const paths = files.map(({ file, ...facts }) => ({ ...facts, file: join(folder, batchFiles.folder, file) }))
  if (givenUp > 0) say(`${givenUp} calls were refused as they are and are not written again; bench run tries them`)
  if (asJson) {
    printJson({ folder, replies, givenUp, files: paths })
    return
  }
  if (files.length === 0) {
    print(printable(`${folder}: no call is missing (${replies} replies). bench run with the same options scores it.`))
    return
  }
  for (const { file, requests, bytes, role, model } of paths)
    print(printable(`${file}: ${requests} requests, ${(bytes / 1e6).toFixed(1)} MB, to the ${role} ${model}`))
  say(printable(`When they are answered: bench batch import ${folder} <results...>, then export again.`))
}
