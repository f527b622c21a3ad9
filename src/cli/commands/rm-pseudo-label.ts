import { Command, Option } from 'commander'
import { generationModes } from '../../runners/pseudo-label/generator-prompts.ts'
import { pairKinds } from '../../runners/pseudo-label/settings.ts'
import { integer, jsonObject, number, pair } from '../option-parsers.ts'
import type { PseudoLabelCommandOptions } from './_rm-pseudo-label-run.ts'

/** `bench rm pseudo-label`: training pairs for a constraint reward model, without labels from anybody. */
export function createPseudoLabelCommand(): Command {
  return new Command('pseudo-label')
    .description(
      'Make training pairs for a reward model from instructions alone: incremental levels, responses, labels',
    )
    .argument('[seeds]', 'JSONL of {id, instruction, constraints?: [{text, type?, rule?: {id, kwargs}}]}')
    .option('--sample', 'use the embedded seeds instead of a file')
    .requiredOption('--model <spec>', 'model spec of the policy that writes the responses')
    .option('--generator <spec>', 'model spec that makes constraints for seeds without any')
    .addOption(
      new Option(
        '--missing <mode>',
        'constraints of seeds without any: invent (extend) or take them from the text (split)',
      )
        .choices([...generationModes])
        .default('extend'),
    )
    .option('--levels <n>', 'highest level: constraints used of an instruction', integer(1), 5)
    .option('--level-zero', 'also answer the bare task, so that the first constraint gets a pair')
    .addOption(
      new Option('--include <kind>', 'pairs to write; hard: those that a rule can check')
        .choices([...pairKinds])
        .default('soft'),
    )
    .option('--drop-contradicted', 'leave out pairs whose label a rule contradicts')
    .addOption(
      new Option('--format <format>', 'what to export beside pairs.jsonl')
        .choices(['jsonl', 'hf', 'verl'])
        .default('jsonl'),
    )
    .option('--validation <share>', 'share of the seeds in validation.jsonl of --format hf', number(0, 1), 0.1)
    .option('--limit <n>', 'only the first n seeds', integer(1))
    .option('--temperature <t>', 'of the responses', number(0, 5))
    .option('--top-p <p>', 'of the responses', number(0, 1))
    .option('--max-tokens <n>', 'limit of a response', integer(1))
    .option('--seed <n>', 'sampling seed sent to the endpoint', integer(0))
    .option('--extra-body <json>', 'further fields of the request body', jsonObject)
    .option('--generator-temperature <t>', 'of the generator', number(0, 5))
    .option('--generator-max-tokens <n>', 'limit of a reply of the generator', integer(1))
    .option('--out <folder>', 'run folder; the same folder resumes')
    .option('--results <folder>', 'where run folders are made when --out is not given', 'results')
    .option('--data-dir <folder>', 'installed data (default: $BENCH_DATA_DIR or a per-user cache)')
    .option('--offline', 'make no new call: only what is in the call log')
    .option('--dry-run', 'print calls, tokens and cost, and spend nothing')
    .option('--max-cost <usd>', 'stop before more than this is spent; the same command resumes', number(0))
    .option('--prices <file>', 'JSON file with prices that override the built-in table')
    .option('--concurrency <n>', 'most requests under way at once, per endpoint', integer(1), 32)
    .option('--rpm <n>', 'most requests per minute, per endpoint', number(0))
    .option('--tpm <n>', 'most tokens per minute, per endpoint', number(0))
    .option('--timeout <seconds>', 'longest wait for one reply', number(0.001), 600)
    .option(
      '--header <name:value>',
      'extra request header of the model; ${NAME} is read from the environment',
      pair(':'),
    )
    .option('--api-key-env <name>', 'environment variable that holds the key of the model')
    .option('--json', 'print the summary as JSON')
    .option('--quiet', 'no progress on stderr')
    .addHelpText(
      'after',
      `
Writes pairs.jsonl, levels.jsonl and noise.json into the run folder, and with --format hf or verl files for training
into its folder export/. docs/pseudo-labels.md describes them.

Examples:
  bench rm pseudo-label --sample --model demo/tuned --generator demo/tuned --include all   (recorded: nothing is called)
  bench rm pseudo-label --sample --model http://localhost:8000/v1 --include all
  bench rm pseudo-label seeds.jsonl --model http://localhost:8000/v1 --generator openai/gpt-4o --max-cost 5 --format hf

Exit codes: 0 done, 1 some responses are missing (run again), 2 wrong input, 3 stopped and resumable.`,
    )
    .action(async (file: string | undefined, options: PseudoLabelCommandOptions) => {
      const { pseudoLabel } = await import('./_rm-pseudo-label-run.ts')
      await pseudoLabel(file, options)
    })
}
