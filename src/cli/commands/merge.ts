import { Command } from 'commander'
import { type MergeSummary, mergeShards, wholeRunFolder } from '../../runners/merge-shards.ts'
import { prepareFromLog } from '../../runners/prepare-from-log.ts'
import { exitCodes } from '../exit-codes.ts'
import { say } from '../output.ts'
import { startRun } from '../start-run.ts'
import { printOutcomes } from './run.ts'

interface MergeOptions {
  readonly out?: string
  readonly partial?: boolean
  readonly dataDir?: string
  readonly json?: boolean
  readonly quiet?: boolean
}

/** `bench merge`: one run folder out of the shards of a run. */
export function createMergeCommand(): Command {
  return new Command('merge')
    .description(
      'Put the shards of one run (bench run --shard i/n) together: call logs are joined, scores computed again from them',
    )
    .argument('<shards...>', 'run folders of the shards; they are only read')
    .option('--out <folder>', 'run folder of the whole (default: the name of the shards without their number)')
    .option('--partial', 'merge although shards are missing: their items count as failed until they are run')
    .option('--data-dir <folder>', 'installed data (default: $BENCH_DATA_DIR or a per-user cache)')
    .option('--json', 'print the scores as JSON')
    .option('--quiet', 'no progress on stderr')
    .addHelpText(
      'after',
      `
Examples:
  bench run --suite id --model http://node7:8000/v1 --shard 1/8      on each of eight machines: 1/8 ... 8/8
  bench merge results/my-model-1a2b3c4d-shard-*

No endpoint is reached and no key is needed. Merging again adds what has come since. The command of the shards, run
without --shard, finds the merged folder and makes the calls that are still missing.
Exit codes: 0 done, 1 done but incomplete (calls are missing or failed), 2 wrong input.`,
    )
    .action(merge)
}

async function merge(folders: readonly string[], options: MergeOptions): Promise<void> {
  const out = options.out ?? wholeRunFolder(folders)
  const summary = await mergeShards(folders, out, options.partial === true)
  sayMerged(folders.length, summary, options.quiet === true)
  const prepared = await prepareFromLog(out, options.dataDir ?? null, (message) => say(`note: ${message}`))
  const outcome = await startRun(prepared, { maxCost: null }, true)
  await printOutcomes([outcome], { ...options, protocol: 'both' })
  process.exitCode = summary.missing.length > 0 ? exitCodes.incomplete : outcome.exitCode
}

function sayMerged(folders: number, summary: MergeSummary, isQuiet: boolean): void {
  const { folder, added, known, failed, missing, tornBytes } = summary
  if (tornBytes > 0) say(`passed over ${tornBytes} bytes of torn last lines`)
  if (missing.length > 0) say(`missing shards: ${missing.join(', ')}`)
  if (isQuiet) return
  say(
    `${folder}: ${added} calls of ${folders} folders added${known > 0 ? `, ${known} there already` : ''}` +
      `${failed > 0 ? `, ${failed} failed` : ''}`,
  )
}
