import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { DataError, UsageError } from '../../core/errors.ts'
import { defaultEndpoint } from '../../runners/default-endpoint.ts'
import { prepareRescoring } from '../../runners/prepare-rescoring.ts'
import { prepareRun } from '../../runners/prepare-run.ts'
import { runFiles } from '../../runners/run-folder.ts'
import { integer } from '../option-parsers.ts'
import { say } from '../output.ts'
import { resolveReferences } from '../resolve-references.ts'
import { addSharedOptions, type SharedOptions } from '../run-options.ts'
import { startRun } from '../start-run.ts'
import { toRunSpec } from '../to-run-spec.ts'
import { printOutcomes } from './run.ts'

type ScoreOptions = SharedOptions & { readonly samples?: number; readonly scoring?: string }

/** `bench score`: verdicts for responses made elsewhere, or new verdicts for the responses of a run. */
export function createScoreCommand(): Command {
  return addSharedOptions(
    new Command('score')
      .description(
        'Score responses made elsewhere (a file), or score the responses of a run again (a run folder), without generating anything',
      )
      .argument('<responses>', 'JSONL file of responses, or a run folder')
      .option('--samples <n>', 'responses per item (default: as many as the file has)', integer(1))
      .option(
        '--answered',
        'only the items that the file answers (default: an item without a response counts as missing)',
      )
      .option('--scoring <name>', 'name of the further scoring of a run (default: made from the judge)'),
  )
    .addHelpText(
      'after',
      `
Examples:
  bench score responses.jsonl --bench ifeval
  bench score samples_ifeval.jsonl --bench ifeval --name my-checkpoint      an lm-evaluation-harness sample log
  bench score results/my-run --judge openai/gpt-4o-mini                     a second judge beside the first
  bench score m_eval.json --bench cfbench --judge replay:m_eval.json        judge replies that were recorded, too

A line holds the id of the item or its prompt, and the response: {"prompt": ..., "response": ...},
{"id": ..., "output": ...}. Several lines of one item are its samples.`,
    )
    .action(score)
}

/** Options that say which responses there are, how they were read, and where they are kept: a run has settled that. */
const settledByRun = [
  'bench',
  'sample',
  'samples',
  'answered',
  'thinking',
  'limit',
  'out',
  'results',
  'name',
  'tag',
] as const

async function score(path: string, options: ScoreOptions, command: Command): Promise<void> {
  if (!existsSync(path))
    throw new UsageError('no-file', `Expected a file of responses or a run folder at ${path}, found nothing`, {
      hint: 'A file of responses is JSONL, see bench score --help; run folders are made under results/.',
    })
  const warn = (message: string) => say(`note: ${message}`)
  const isFolder = statSync(path).isDirectory()
  if (isFolder && !existsSync(join(path, runFiles.manifest))) {
    throw new DataError('not-a-run-folder', `Expected a run folder with ${runFiles.manifest}, found none at ${path}`)
  }
  const settled = settledByRun.filter((name) => command.getOptionValueSource(name) === 'cli')
  if (isFolder && settled.length > 0) {
    throw new UsageError(
      'settled-by-run',
      `Expected no ${settled.map((name) => `--${name}`).join(', ')} with a run folder: its manifest has settled that`,
      { hint: 'A further scoring is named with --scoring, and lies in the folder of the run.' },
    )
  }
  if (!isFolder && options.scoring !== undefined) {
    throw new UsageError('scoring-of-file', `Expected no --scoring with a file of responses, got ${options.scoring}`, {
      hint: 'Score the file first; its run folder can then be scored again under another name.',
    })
  }
  const references = isFolder ? [] : await resolveReferences(undefined, options.bench)
  const spec = toRunSpec(`replay:${path}`, references, options)
  const prepared = isFolder
    ? await prepareRescoring(path, { ...spec, model: defaultEndpoint('') }, options.scoring ?? null, warn)
    : await prepareRun(spec, warn)
  const outcome = await startRun(prepared, spec, options.quiet === true)
  await printOutcomes([outcome], options)
  process.exitCode = outcome.exitCode
}
