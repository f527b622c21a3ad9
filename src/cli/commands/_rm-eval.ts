import { Command } from 'commander'
import { evaluate } from '../../checkers/reward-model/evaluation/evaluate.ts'
import { type LabelledLine, readLabelledLines } from '../../checkers/reward-model/evaluation/labelled-line.ts'
import { loadRewardModel } from '../../checkers/reward-model/index.ts'
import { integer, number } from '../option-parsers.ts'
import { print, printJson, say } from '../output.ts'
import { evaluationView } from './_rm-eval-view.ts'

interface EvalOptions {
  readonly rm?: string
  readonly threshold?: number
  readonly bins: number
  readonly resamples: number
  readonly seed: number
  readonly dataDir?: string
  readonly json?: boolean
}

/** Pairs given to a reward model at once. */
const batch = 1024

/** How fast a model scored. */
export interface Speed {
  readonly pairs: number
  readonly seconds: number
  /** User CPU time of this process: of little meaning for a server. */
  readonly cpuSeconds: number
}

/** `bench rm eval`: measures a reward model, or scores that are there already, against labels. */
export function createRmEvalCommand(): Command {
  return new Command('eval')
    .description('Measure a reward model against labels: agreement, ranking, calibration, label noise, speed')
    .argument('<labelled>', 'JSONL of {id, response, constraint, label, p?, type?, level?, group?, human?}')
    .option('--rm <spec>', 'reward model to score with (default: the p of the lines; embedded where they have none)')
    .option('--threshold <p>', "satisfied from this probability on (default: the model's, else 0.5)", number(0, 1))
    .option('--bins <n>', 'bins of the reliability table', integer(1), 10)
    .option('--resamples <n>', 'resamples of clusters behind the intervals', integer(0), 1000)
    .option('--seed <n>', 'seed of resampling and label noise', integer(0), 0)
    .option('--data-dir <folder>', 'installed data (default: $BENCH_DATA_DIR or a per-user cache)')
    .option('--json', 'print everything as JSON')
    .addHelpText(
      'after',
      `
Lines of one group are ranked by level and resampled together. A line with "human" compares its (pseudo-)label with a
person's.

Examples:
  bench rm eval judged.jsonl
  bench rm eval judged.jsonl --rm http://localhost:8000`,
    )
    .action(run)
}

async function run(file: string, options: EvalOptions): Promise<void> {
  const lines = await readLabelledLines(file)
  const hasScores = options.rm === undefined && lines.every(({ p }) => p != null)
  const scored = hasScores ? null : await score(lines, options)
  const probabilities = scored?.probabilities ?? lines.map(({ p }) => p ?? null)
  const evaluation = evaluate(lines, probabilities, {
    threshold: options.threshold ?? scored?.threshold ?? 0.5,
    seed: options.seed,
    bins: options.bins,
    resamples: options.resamples,
  })
  const scorer = scored?.id ?? 'p of the file'
  const speed = scored?.speed ?? null
  if (options.json) printJson({ file, scorer, speed, ...evaluation })
  else print(evaluationView(scorer, evaluation, speed))
}

async function score(lines: readonly LabelledLine[], { rm = 'embedded', dataDir }: EvalOptions) {
  const model = await loadRewardModel(rm, { dataDir, warn: (message) => say(`note: ${message}`) })
  try {
    const probabilities: (number | null)[] = new Array<number | null>(lines.length).fill(null)
    const started = performance.now()
    const cpu = process.cpuUsage()
    for (let from = 0; from < lines.length; from += batch) {
      const pairs = lines.slice(from, from + batch).map(({ response, constraint, type }, index) => ({
        id: String(from + index),
        response,
        constraint,
        ...(type ? { type } : {}),
      }))
      for (const { id, p } of await model.score(pairs)) probabilities[Number(id)] = p
    }
    const speed: Speed = {
      pairs: lines.length,
      seconds: (performance.now() - started) / 1000,
      cpuSeconds: process.cpuUsage(cpu).user / 1e6,
    }
    return { id: `rm:${model.id}`, threshold: model.threshold, probabilities, speed }
  } finally {
    await model.close()
  }
}
