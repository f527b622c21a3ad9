import { Command } from 'commander'
import { integer, number, pair } from '../option-parsers.ts'
import { addGenerationOptions, addSharedOptions } from '../run-options.ts'
import type { BatchExportOptions } from './_batch-export.ts'
import type { BatchAccessOptions, BatchCollectOptions } from './_batch-submit.ts'

/** `bench batch`: a run whose calls are made by a batch runner. */
export function createBatchCommand(): Command {
  return new Command('batch')
    .description('Make the calls of a run in batch files: for batch APIs (half the price) and offline runners (vLLM)')
    .addCommand(exportCommand())
    .addCommand(importCommand())
    .addCommand(submitCommand())
    .addCommand(collectCommand())
}

function exportCommand(): Command {
  return addSharedOptions(
    addGenerationOptions(
      new Command('export').description(
        'Write the calls that can be made now and have no reply yet into batch files. Takes the options of bench run; those on speed and cost have no effect',
      ),
    ),
  )
    .option('--max-requests <n>', 'most requests in one file', integer(1), 50_000)
    .option('--max-mb <n>', 'most megabytes in one file', number(0.001), 190)
    .addHelpText(
      'after',
      `
A run needs several rounds: responses first, then the questions to the judge, and so on until no call is missing.

Example:
  until bench batch export --suite id --model http://localhost:8000/v1#Qwen/Qwen3-8B --out results/q; do
    vllm run-batch -i results/q/batch/requests-model-1.jsonl -o done.jsonl --model Qwen/Qwen3-8B
    bench batch import results/q done.jsonl
  done
  bench run --suite id --model http://localhost:8000/v1#Qwen/Qwen3-8B --out results/q --offline

Exit codes: 0 no call is missing, 3 requests were written and wait for replies, 2 wrong input.`,
    )
    .action(async (options: BatchExportOptions) => (await import('./_batch-export.ts')).batchExport(options))
}

function importCommand(): Command {
  return new Command('import')
    .description('Take the results of exported requests over into the call log of their run')
    .argument('<run>', 'run folder that the requests were exported from')
    .argument('<results...>', 'JSONL files of results, in any order; files that were imported before do no harm')
    .option('--json', 'print the counts as JSON')
    .addHelpText(
      'after',
      `
Example:
  bench batch import results/q done-1.jsonl done-2.jsonl

Exit codes: 0 every request of the round has a reply, 1 some have none, 2 wrong input.`,
    )
    .action(async (run: string, files: string[], options: { readonly json?: boolean }) =>
      (await import('./_batch-import.ts')).batchImport(run, files, options),
    )
}

function submitCommand(): Command {
  return addAccess(
    new Command('submit').description('Hand exported requests over to the batch API of OpenAI or Anthropic'),
  )
    .addHelpText(
      'after',
      `
Example:
  bench batch submit results/q

The key comes from the environment, as in bench run. Files that were handed over before are passed over.`,
    )
    .action(async (run: string, options: BatchAccessOptions) =>
      (await import('./_batch-submit.ts')).batchSubmit(run, options),
    )
}

function collectCommand(): Command {
  return addAccess(
    new Command('collect').description('Look after submitted batches and take over the results of those that ended'),
  )
    .option('--wait', 'look again until all have ended')
    .option('--every <seconds>', 'time between two looks, with --wait', number(0.05), 60)
    .addHelpText(
      'after',
      `
Example:
  bench batch collect results/q --wait

Exit codes: 0 the results of all batches are imported, 3 some are still to come, 2 wrong input.`,
    )
    .action(async (run: string, options: BatchCollectOptions) =>
      (await import('./_batch-submit.ts')).batchCollect(run, options),
    )
}

function addAccess(command: Command): Command {
  return command
    .argument('<run>', 'run folder that the requests were exported from')
    .option(
      '--header <name:value>',
      'extra request header; ${NAME} is read from the environment (repeatable)',
      pair(':'),
    )
    .option('--json', 'print the batches as JSON')
}
