import { printable } from '../../core/printable.ts'
import { dataLocation } from '../../data/data-location.ts'
import { pull } from '../../data/pull.ts'
import { hasWrongHash, type PulledFile, type PullReport } from '../../data/pull-report.ts'
import { exitCodes } from '../exit-codes.ts'
import { print, printJson, say } from '../output.ts'
import { byteSize } from './_byte-size.ts'
import { compactTable } from './_compact-table.ts'
import { pullProgress } from './_pull-progress.ts'

/** `bench data pull`. */
export async function pullData(
  names: readonly string[],
  options: { from?: string; dataDir?: string; offline?: boolean; json?: boolean },
): Promise<void> {
  const dataDirectory = dataLocation({ flag: options.dataDir })
  const stop = new AbortController()
  const interrupt = () => stop.abort()
  process.once('SIGINT', interrupt)
  const progress = pullProgress()
  try {
    const { from, offline: isOffline = false } = options
    const report = await pull(names, { dataDirectory, from, isOffline, signal: stop.signal, onEvent: progress.tell })
    progress.stop()
    process.exitCode = exitCodeOf(report)
    if (options.json) printJson(toJson(report))
    else printReport(report)
  } catch (error) {
    progress.stop()
    if (!stop.signal.aborted) throw error
    say('Stopped. What was installed stays; the same command goes on.')
    process.exitCode = exitCodes.stopped
  } finally {
    process.off('SIGINT', interrupt)
  }
}

function printReport({ dataDirectory, files }: PullReport): void {
  const datasets = [...new Set(files.map(({ dataset }) => dataset))]
  const rows = datasets.map((dataset) =>
    row(
      dataset,
      files.filter((file) => file.dataset === dataset),
    ),
  )
  const table = compactTable(['data set', 'files', 'installed', 'present', 'missing', 'failed', 'size'], rows)
  print(`data directory: ${printable(dataDirectory)}\n${table}`)
  for (const { dataset, file, outcome, reason } of files) {
    if (outcome === 'missing' || outcome === 'failed') print(printable(`${outcome}: ${dataset}/${file}: ${reason}`))
  }
  for (const { warning } of files) if (warning !== null) say(printable(`warning: ${warning}`))
  const hints = new Set(files.flatMap(({ errors }) => errors.flatMap(({ hint }) => hint ?? [])))
  for (const hint of hints) say(`  ${printable(hint)}`)
}

function row(dataset: string, files: readonly PulledFile[]): string[] {
  const count = (outcome: PulledFile['outcome']) => {
    const number = files.filter((file) => file.outcome === outcome).length
    return number === 0 ? '' : String(number)
  }
  const bytes = files.reduce((sum, { receipt }) => sum + (receipt?.bytes ?? 0), 0)
  const outcomes = ['installed', 'present', 'missing', 'failed'] as const
  return [dataset, String(files.length), ...outcomes.map(count), bytes === 0 ? '' : byteSize(bytes)]
}

function exitCodeOf({ files }: PullReport): number {
  if (files.some(hasWrongHash)) return exitCodes.usage
  const isComplete = files.every(({ outcome }) => outcome === 'installed' || outcome === 'present')
  return isComplete ? exitCodes.ok : exitCodes.incomplete
}

function toJson({ dataDirectory, files }: PullReport) {
  return {
    dataDirectory,
    files: files.map(({ receipt, errors, ...file }) => ({
      ...file,
      bytes: receipt?.bytes ?? null,
      sha256: receipt?.sha256 ?? null,
      gitBlob: receipt?.gitBlob ?? null,
      trust: receipt?.trust ?? null,
      errors: errors.map(({ code, message }) => ({ code, message })),
    })),
  }
}
