import { join } from 'node:path'
import { Command } from 'commander'
import { UsageError } from '../../core/errors.ts'
import { type PreparedRun, prepareRun } from '../../runners/prepare-run.ts'
import { readManifest, runFiles } from '../../runners/run-folder.ts'
import { printDryRun } from '../dry-run.ts'
import { exitCodes } from '../exit-codes.ts'
import { printJson, say } from '../output.ts'
import { resolveReferences } from '../resolve-references.ts'
import { addGenerationOptions, addSharedOptions, type GenerationOptions, type SharedOptions } from '../run-options.ts'
import { type RunOutcome, startRun } from '../start-run.ts'
import { toRunSpec } from '../to-run-spec.ts'
import { printProtocolDifferences } from './_protocol-differences.ts'
import { printTable } from './table.ts'

type RunCommandOptions = SharedOptions & GenerationOptions & { readonly config?: string }

/** The two recorded checkpoints that run when no model is named. */
const demoModels = ['demo/base', 'demo/tuned']

/** `bench run`: generate, verify, aggregate, print. */
export function createRunCommand(): Command {
  return addSharedOptions(
    addGenerationOptions(
      new Command('run').description(
        'Run a suite or benchmarks on one or more models. The same command resumes a run that was stopped.',
      ),
    ),
  )
    .option('--config <file>', 'run the matrix of a configuration file (bench.config.yaml)')
    .addHelpText(
      'after',
      `
Examples:
  bench run --suite ood                                   embedded sample, recorded demo checkpoints
  bench run --suite id --model http://localhost:8000/v1 --judge openai/gpt-4o
  bench run --bench ifeval --model openai/gpt-4o-mini --limit 50 --max-cost 0.50
  bench run --bench ifeval --model http://localhost:8000/v1 --samples 4 --temperature 0.7 --seed 1
  bench run --suite all --model anthropic/claude-sonnet-4-5 --dry-run
  bench run --config bench.config.yaml                    checkpoints x benchmarks x seeds

Exit codes: 0 done, 1 done but incomplete, 2 wrong input, 3 stopped and resumable.`,
    )
    .action(run)
}

async function run(options: RunCommandOptions, command: Command): Promise<void> {
  if (options.config !== undefined) {
    const { assertOnlyConfig, runMatrix } = await import('./_run-matrix.ts')
    assertOnlyConfig(command)
    return runMatrix({ ...options, config: options.config })
  }
  const references = await resolveReferences(options.suite, options.bench)
  const models = options.model ?? demoModels
  if (!options.model && !options.quiet)
    say('No --model given: running the recorded demo checkpoints on the embedded sample.')
  if (models.length > 1 && options.out) {
    throw new UsageError('one-folder', 'Expected one model with --out, got several: each needs a folder of its own', {
      hint: 'Leave --out away, or use --results <folder> for the folder of all runs.',
    })
  }
  const outcomes: RunOutcome[] = []
  const planned: PreparedRun[] = []
  const warned = new Set<string>()
  const warn = (message: string) => {
    if (!warned.has(message)) say(`note: ${message}`)
    warned.add(message)
  }
  for (const model of models) {
    const spec = toRunSpec(model, references, options)
    const prepared = await prepareRun(spec, warn)
    if (options.dryRun) {
      planned.push(prepared)
      continue
    }
    const outcome = await startRun(prepared, spec, options.quiet === true)
    outcomes.push(outcome)
    if (outcome.exitCode === exitCodes.stopped) break
  }
  if (options.dryRun) {
    await printDryRun(planned, options.json === true)
    for (const prepared of planned) await prepared.close()
    return
  }
  await printOutcomes(outcomes, options)
  process.exitCode = Math.max(exitCodes.ok, ...outcomes.map(({ exitCode }) => exitCode))
}

/** Prints the table of all runs that came to an end, or their scores as JSON. */
export async function printOutcomes(
  outcomes: readonly RunOutcome[],
  options: Pick<SharedOptions, 'json' | 'protocol' | 'quiet'>,
): Promise<void> {
  const finished = outcomes.flatMap(({ name, folder, scores }) =>
    scores ? [{ name, folder, scores, manifest: readManifest(folder) }] : [],
  )
  if (finished.length === 0) return
  const places = outcomes.filter(({ scores }) => scores !== null).map(placeOf)
  if (options.json) {
    const results = finished.map(({ manifest: _known, ...result }) => result)
    printJson(results.length === 1 ? { folder: results[0]!.folder, ...results[0]!.scores } : results)
    return
  }
  const protocol = options.protocol === 'both' ? 'official' : options.protocol
  await printTable(finished, { format: 'terminal', protocol, wide: false })
  await printProtocolDifferences(finished)
  if (!options.quiet) say(`More: bench table ${places.join(' ')} --wide`)
}

/** Path by which other commands open the scores of an outcome. */
function placeOf({ folder, scoring }: RunOutcome): string {
  return scoring == null ? folder : join(folder, runFiles.scorings, scoring)
}
