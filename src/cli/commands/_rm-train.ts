import { readFile } from 'node:fs/promises'
import { Command } from 'commander'
import { readLabelledPairs } from '../../checkers/reward-model/training/labelled-file.ts'
import type { LabelledPair } from '../../checkers/reward-model/training/labelled-pair.ts'
import { trainModel } from '../../checkers/reward-model/training/train-model.ts'
import { writeModel } from '../../checkers/reward-model/training/write-model.ts'
import { sha256 } from '../../core/hash.ts'
import { integer, list } from '../option-parsers.ts'
import { print, printJson, say } from '../output.ts'
import { qualityTable } from './_rm-quality-table.ts'
import { readTrainingData } from './_rm-training-data.ts'

interface TrainOptions {
  readonly out: string
  readonly golden: string
  readonly data: string
  readonly pairs?: string[]
  readonly pairsOnly?: boolean
  readonly trees: number
  readonly depth: number
  readonly seed: number
  readonly thorough?: boolean
  readonly json?: boolean
  readonly quiet?: boolean
}

/** `bench rm train`: trains an embedded reward model. */
export function createRmTrainCommand(): Command {
  return new Command('train')
    .description(
      'Train an embedded reward model on official verdicts, judged constraints and labelled pairs of your own; the same inputs give the same bytes',
    )
    .requiredOption('--out <folder>', 'where model.json, model.bin and quality.json are written')
    .option('--golden <folder>', 'official verdicts', '../shared/golden')
    .option('--data <folder>', 'benchmark data with published responses', '../shared/data')
    .option(
      '--pairs <file...>',
      'further labelled pairs: JSONL of {id, response, constraint, label, type?, group?}',
      list,
    )
    .option('--pairs-only', 'learn from --pairs alone')
    .option('--trees <n>', 'number of trees', integer(1), 200)
    .option('--depth <n>', 'depth of each tree', integer(1), 6)
    .option('--seed <n>', 'seed of drawn instructions, wordings and trees', integer(0), 1)
    .option('--thorough', 'cross-fit the judged pairs and hold out whole types, too: ten trainings')
    .option('--json', 'print the measured quality as JSON')
    .option('--quiet', 'no progress on stderr')
    .addHelpText(
      'after',
      `
Examples:
  bench rm train --out my-model --pairs judged.jsonl
  bench run --bench cfbench --model http://localhost:8000/v1 --rm embedded:my-model`,
    )
    .action(train)
}

async function train(options: TrainOptions): Promise<void> {
  const note = options.quiet ? () => {} : say
  const pairs: LabelledPair[] = []
  const hashes: Record<string, string> = {}
  if (!options.pairsOnly) {
    note('reading training data')
    const data = await readTrainingData(options.golden, options.data, options.seed)
    for (const pair of data.pairs) pairs.push(pair)
    Object.assign(hashes, data.hashes)
  }
  for (const file of options.pairs ?? []) {
    for (const pair of await readLabelledPairs(file)) pairs.push(pair)
    hashes[file] = sha256(await readFile(file))
  }
  const model = trainModel(pairs, {
    seed: options.seed,
    boosting: { trees: options.trees, depth: options.depth },
    isThorough: options.thorough === true,
    say: note,
  })
  writeModel(options.out, model, { seed: options.seed, trainingData: hashes })
  if (options.json) printJson(model.quality)
  else print(qualityTable(model.quality))
  note(`written to ${options.out}`)
}
