import type { Command } from 'commander'
import { UsageError } from '../../core/errors.ts'
import { readConfigFile } from '../../runners/config-file.ts'
import { expandMatrix } from '../../runners/config-matrix.ts'
import type { BenchConfig } from '../../runners/config-schema.ts'
import { openFinishedRun } from '../../runners/read-run.ts'
import type { Shard } from '../../runners/shard.ts'
import { printDryRun } from '../dry-run.ts'
import { exitCodes } from '../exit-codes.ts'
import { printJson, say } from '../output.ts'
import { prepareMatrix, startMatrix } from '../start-matrix.ts'
import type { RunOutcome } from '../start-run.ts'
import { printProtocolDifferences } from './_protocol-differences.ts'
import { baselineTests, printTable } from './table.ts'

/** Options of `bench run` that go with `--config`. */
export interface MatrixCommandOptions {
  readonly config: string
  readonly offline?: boolean
  readonly shard?: Shard
  readonly dryRun?: boolean
  readonly json?: boolean
  readonly quiet?: boolean
}

const defaultParallel = 4

/** Runs the matrix of a configuration file and prints one table of all its runs. */
export async function runMatrix(options: MatrixCommandOptions): Promise<void> {
  const config = readConfigFile(options.config)
  const command = ['bench', ...process.argv.slice(2)]
  const specs = await expandMatrix(config, { offline: options.offline === true, shard: options.shard ?? null, command })
  const warned = new Set<string>()
  const matrix = await prepareMatrix(specs, (message) => {
    if (!warned.has(message)) say(`note: ${message}`)
    warned.add(message)
  })
  if (options.dryRun) {
    const planned = matrix.runs.map(({ prepared }) => prepared)
    await printDryRun(planned, options.json === true)
    for (const prepared of planned) await prepared.close()
    await matrix.close()
    return
  }
  const outcomes = await startMatrix(matrix, config.parallel ?? defaultParallel, options.quiet === true)
  await printMatrix(outcomes, config, options)
  process.exitCode = Math.max(exitCodes.ok, ...outcomes.map(({ exitCode }) => exitCode))
}

async function printMatrix(
  outcomes: readonly RunOutcome[],
  config: BenchConfig,
  { json, quiet }: MatrixCommandOptions,
): Promise<void> {
  const finished = outcomes.filter(({ scores }) => scores !== null)
  if (finished.length === 0) return
  if (json) {
    printJson(finished.map(({ name, folder, scores }) => ({ name, folder, ...scores })))
    return
  }
  const runs = finished.map(({ folder }) => openFinishedRun(folder))
  const protocol = config.protocols?.[0] ?? 'official'
  const settings = { protocol, replicates: 10_000, bootstrapSeed: config.bootstrapSeed ?? 0 }
  const baseline = runs.find(({ name }) => name === config.baseline)
  const dataDir = config.dataDir === undefined ? {} : { dataDir: config.dataDir }
  const tests = baseline ? await baselineTests(runs, baseline.folder, { ...settings, ...dataDir }) : undefined
  await printTable(runs, { format: 'terminal', protocol }, tests)
  await printProtocolDifferences(runs)
  if (!quiet) say(`More: bench table ${runs.map(({ folder }) => folder).join(' ')} --wide`)
}

const allowedBesideConfig = new Set(['config', 'offline', 'shard', 'dryRun', 'json', 'quiet'])

/**
 * A matrix takes its options from its file.
 * @throws UsageError `config-options` when another one is given beside `--config`
 */
export function assertOnlyConfig(command: Command): void {
  const extra = command.options.filter(
    (option) =>
      command.getOptionValueSource(option.attributeName()) === 'cli' &&
      !allowedBesideConfig.has(option.attributeName()),
  )
  if (extra.length === 0) return
  const names = extra.map(({ long }) => long).join(', ')
  throw new UsageError('config-options', `Expected no ${names} with --config: the file says it`)
}
